"use client";

import { Check } from "lucide-react";
import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/action";

type Props = {
  accept: (options: { evenIfBusy: boolean }) => Promise<ActionResult<void>>;
  label?: string;
  size?: "sm" | "lg";
};

/**
 * Says yes to a visitor. The calendars are read once more; when one has something at that time, or cannot be read,
 * the host hears what, and may accept all the same.
 */
export function AcceptButton({ accept, label = "Accept", size = "sm" }: Props) {
  const [obstacle, setObstacle] = useState<{ message: string; canOverrule: boolean } | null>(null);
  const [isPending, start] = useTransition();
  const send = (evenIfBusy: boolean) =>
    start(async () => {
      try {
        const result = await accept({ evenIfBusy });
        if (result.ok) setObstacle(null);
        else {
          const canOverrule = !evenIfBusy && (result.code === "conflict" || result.code === "unavailable");
          setObstacle({ message: result.message, canOverrule });
        }
      } catch (error) {
        unstable_rethrow(error);
        setObstacle({ message: "The server did not answer. Try again.", canOverrule: false });
      }
    });
  return (
    <>
      <Button variant="primary" size={size} loading={isPending && !obstacle} onClick={() => send(false)}>
        <Check aria-hidden="true" />
        {label}
      </Button>
      <Dialog
        title={obstacle?.canOverrule ? "Accept it all the same?" : "This cannot be accepted now"}
        open={obstacle !== null}
        onOpenChange={(isOpen) => !isOpen && setObstacle(null)}
        footer={
          <>
            <DialogClose render={<Button>Not now</Button>} />
            {obstacle?.canOverrule && (
              <Button variant="primary" loading={isPending} onClick={() => send(true)}>
                Accept anyway
              </Button>
            )}
          </>
        }
      >
        <p role="alert">{obstacle?.message}</p>
      </Dialog>
    </>
  );
}
