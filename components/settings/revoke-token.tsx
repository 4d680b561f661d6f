import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Button } from "@/components/ui/button";
import type { ActionResult } from "@/lib/action";

type Props = { name: string; revoke: () => Promise<ActionResult<void>> };

export function RevokeToken({ name, revoke }: Props) {
  return (
    <ConfirmDialog
      title={`Revoke “${name}”?`}
      description="Whatever uses this token is signed out at once, and it cannot be brought back."
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Revoke: ${name}`}>
          Revoke
        </Button>
      }
      label="Revoke token"
      act={revoke}
      unanswered="It may be gone; look again."
    />
  );
}
