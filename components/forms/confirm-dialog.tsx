"use client";

import { unstable_rethrow } from "next/navigation";
import { type ReactElement, useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/action";

type Props = {
  title: string;
  description: string;
  /** What opens it. */
  trigger: ReactElement;
  /** What it does, as its button says it. */
  label: string;
  act: () => Promise<ActionResult<void>>;
  /** How things stand when the server did not answer. */
  unanswered: string;
};

/** Asks before something that cannot be undone; stays open and says why when it was refused. */
export function ConfirmDialog({ title, description, trigger, label, act, unanswered }: Props) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const confirm = () =>
    start(async () => {
      try {
        const result = await act();
        if (!result.ok) setRefusal(result.message);
      } catch (error) {
        unstable_rethrow(error);
        setRefusal(`The server did not answer. ${unanswered}`);
      }
    });
  return (
    <Dialog
      title={title}
      description={description}
      onOpenChange={() => setRefusal(null)}
      trigger={trigger}
      footer={
        <>
          <DialogClose render={<Button>Keep it</Button>} />
          <Button variant="danger" loading={isPending} onClick={confirm}>
            {label}
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
