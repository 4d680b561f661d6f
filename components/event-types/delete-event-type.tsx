import { Trash2 } from "lucide-react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";

type Props = { title: string; remove: () => Promise<ActionResult<void>> };

export function DeleteEventType({ title, remove }: Props) {
  return (
    <ConfirmDialog
      title={`Delete ${title}?`}
      description="Its address stops working. This cannot be undone."
      trigger={
        <Button variant="quiet">
          <Trash2 aria-hidden="true" />
          Delete
        </Button>
      }
      label="Delete event type"
      act={remove}
      unanswered="Nothing was deleted."
    />
  );
}
