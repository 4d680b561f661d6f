import { Trash2 } from "lucide-react";
import { countText } from "@/components/connections/words";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";
import type { Subscription } from "@/lib/subscriptions/view";

type Props = {
  subscription: Pick<Subscription, "name" | "eventCount" | "localChangeCount" | "blocksBookings">;
  remove: () => Promise<ActionResult<void>>;
};

export function RemoveButton({ subscription, remove }: Props) {
  const { name } = subscription;
  return (
    <ConfirmDialog
      title={`Unsubscribe from “${name}”?`}
      description={whatGoes(subscription)}
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Unsubscribe: ${name}`}>
          <Trash2 aria-hidden="true" />
          Unsubscribe
        </Button>
      }
      label="Unsubscribe"
      act={remove}
      unanswered="It may be gone; look again."
    />
  );
}

function whatGoes({ eventCount, localChangeCount, blocksBookings }: Props["subscription"]): string {
  const events = eventCount === 1 ? "Its one event goes" : `Its ${countText(eventCount, "event")} go`;
  const changes =
    localChangeCount === 0
      ? ""
      : `, and with ${eventCount === 1 ? "it" : "them"} ${countText(localChangeCount, "change")} you made`;
  return [
    `${events} from your calendar at once${changes}.`,
    blocksBookings && "The times that blocked bookings are free again.",
    "Where the calendar is published, nothing changes.",
  ]
    .filter(Boolean)
    .join(" ");
}
