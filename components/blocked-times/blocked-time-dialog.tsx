"use client";

import { type ReactElement, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import { BlockedTimeForm, type FormProps } from "./blocked-time-form";

type Props = { title: string; trigger: ReactElement } & Pick<
  FormProps,
  "block" | "today" | "timeZone" | "now" | "save"
>;

/** Blocks a time, or changes one that is blocked. */
export function BlockedTimeDialog({ title, trigger, ...form }: Props) {
  const toast = useToast();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isPending, setPending] = useState(false);
  return (
    <Dialog
      title={title}
      trigger={trigger}
      open={isOpen}
      onOpenChange={setOpen}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button type="submit" form={id} variant="primary" loading={isPending}>
            {form.block ? "Save changes" : "Block this time"}
          </Button>
        </>
      }
    >
      <BlockedTimeForm
        {...form}
        id={id}
        onPending={setPending}
        onDone={() => {
          setOpen(false);
          toast(form.block ? "Blocked time saved" : "Time blocked");
        }}
      />
    </Dialog>
  );
}
