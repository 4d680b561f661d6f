import { Unplug } from "lucide-react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";

type Props = { account: string; disconnect: () => Promise<ActionResult<void>> };

export function DisconnectButton({ account, disconnect }: Props) {
  return (
    <ConfirmDialog
      title={`Disconnect ${account}?`}
      description="Its calendars no longer block bookings and receive none. What lets us in and our copies of its events are deleted; the calendars themselves stay as they are."
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Disconnect ${account}`}>
          <Unplug aria-hidden="true" />
          Disconnect
        </Button>
      }
      label="Disconnect account"
      act={disconnect}
      unanswered="The account is still connected."
    />
  );
}
