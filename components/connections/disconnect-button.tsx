"use client";

import { Unplug } from "lucide-react";
import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/action";

type Props = { account: string; disconnect: () => Promise<ActionResult<void>> };

export function DisconnectButton({ account, disconnect }: Props) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const confirm = () =>
    start(async () => {
      try {
        const result = await disconnect();
        if (!result.ok) setRefusal(result.message);
      } catch (error) {
        unstable_rethrow(error);
        setRefusal("The server did not answer. The account is still connected.");
      }
    });
  return (
    <Dialog
      title={`Disconnect ${account}?`}
      description="Its calendars no longer block bookings and receive none. The password and our copies of its events are deleted; the calendars themselves stay as they are."
      onOpenChange={() => setRefusal(null)}
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Disconnect ${account}`}>
          <Unplug aria-hidden="true" />
          Disconnect
        </Button>
      }
      footer={
        <>
          <DialogClose render={<Button>Keep it</Button>} />
          <Button variant="danger" loading={isPending} onClick={confirm}>
            Disconnect account
          </Button>
        </>
      }
    >
      {refusal && (
        <Banner tone="danger" live="alert">
          {refusal}
        </Banner>
      )}
    </Dialog>
  );
}
