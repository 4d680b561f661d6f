"use client";

import type { ReactElement } from "react";
import { type DialogFormProps, FormDialog } from "@/components/forms/form-dialog";
import { useToast } from "@/components/ui/toast";
import { BlockedTimeForm, type FormProps } from "./blocked-time-form";

type Props = { title: string; trigger: ReactElement } & Omit<FormProps, keyof DialogFormProps>;

/** Blocks a time, or changes one that is blocked. */
export function BlockedTimeDialog({ title, trigger, ...form }: Props) {
  const toast = useToast();
  return (
    <FormDialog
      title={title}
      trigger={trigger}
      label={form.block ? "Save changes" : "Block this time"}
      onDone={() => toast(form.block ? "Blocked time saved" : "Time blocked")}
    >
      {(dialog) => <BlockedTimeForm {...form} {...dialog} />}
    </FormDialog>
  );
}
