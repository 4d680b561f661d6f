"use client";

import { type ComponentProps, useState } from "react";
import { ConfirmDialog } from "@/components/forms/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/input";
import type { ActionResult } from "@/lib/action";

type Dialog = Pick<
  ComponentProps<typeof ConfirmDialog>,
  "title" | "description" | "trigger" | "label" | "keep"
>;
type Props = Dialog & {
  /** Who reads what is written here. */
  reader: string;
  act: (reason: string) => Promise<ActionResult<void>>;
};

/** Asks before a visitor is told no, and what to tell them. */
export function ReasonDialog({ reader, act, ...dialog }: Props) {
  const [reason, setReason] = useState("");
  return (
    <ConfirmDialog {...dialog} act={() => act(reason)} unanswered="Nothing you typed is lost; try again.">
      <Field label={`A word to ${reader}`} hint="Goes into the e-mail they get." optional>
        <Textarea maxLength={1000} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ConfirmDialog>
  );
}
