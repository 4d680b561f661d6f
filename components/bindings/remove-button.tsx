import { Trash2 } from "lucide-react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";
import type { Binding } from "@/lib/bindings/list";
import { scopeText } from "./words";

type Props = {
  binding: Binding;
  /** Other bindings of the same calendar may want some of its copies. */
  hasNeighbours: boolean;
  remove: () => Promise<ActionResult<void>>;
};

export function RemoveButton({ binding, hasNeighbours, remove }: Props) {
  const { calendar, copies } = binding;
  const name = `${scopeText(binding).name} in ${calendar.name}`;
  const made = copies.inCalendar + copies.pending + copies.failing;
  const copiesGo =
    made === 0
      ? "It has made no copies."
      : `${made === 1 ? "The copy it made is" : `The ${made.toLocaleString("en")} copies it made are`} taken out of ${calendar.name}, as soon as that can be reached${hasNeighbours ? "; what another binding wants there stays" : ""}.`;
  return (
    <ConfirmDialog
      title={`Delete “${name}”?`}
      description={`${copiesGo} Your appointments stay as they are, and so does whatever else lies in the calendar.`}
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Delete: ${name}`}>
          <Trash2 aria-hidden="true" />
          Delete
        </Button>
      }
      label="Delete binding"
      act={remove}
      unanswered="It may be gone; look again."
    />
  );
}
