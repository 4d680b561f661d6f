"use client";

import { unstable_rethrow } from "next/navigation";
import { type ReactElement, useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";

type Props = {
  title: string;
  description: string;
  trigger: ReactElement;
  /** What it does, as its button says it. */
  label: string;
  /** Who reads what is written here. */
  reader: string;
  act: (reason: string) => Promise<ActionResult<void>>;
};

/** Asks before a visitor is told no, and what to tell them. Stays open and says why when it was refused. */
export function ReasonDialog({ title, description, trigger, label, reader, act }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const send = () =>
    start(async () => {
      try {
        const result = await act(reason);
        if (result.ok) setOpen(false);
        else setRefusal(result.message);
      } catch (error) {
        unstable_rethrow(error);
        setRefusal("The server did not answer. Nothing you typed is lost; try again.");
      }
    });
  return (
    <Dialog
      title={title}
      description={description}
      open={isOpen}
      onOpenChange={(next) => {
        setRefusal(null);
        setOpen(next);
      }}
      trigger={trigger}
      footer={
        <>
          <DialogClose render={<Button>Keep it</Button>} />
          <Button variant="danger" loading={isPending} onClick={send}>
            {label}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {refusal && (
          <Banner tone="danger" live="alert">
            {refusal}
          </Banner>
        )}
        <Field label={`A word to ${reader}`} hint="Goes into the e-mail they get." optional>
          <Textarea maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
