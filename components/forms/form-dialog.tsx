"use client";

import { type ReactElement, type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";

/** What a form inside a dialog is given: its buttons stand outside of it. */
export type DialogFormProps = {
  id: string;
  onPending: (isPending: boolean) => void;
  onDone: () => void;
};

type Props = {
  title: string;
  description?: string | undefined;
  /** What opens it; something else does where `open` is given. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** What its submit button says. */
  label: string;
  onDone?: () => void;
  children: (form: DialogFormProps) => ReactNode;
};

/** A dialog that is a form: it stays open while that is sent or refused, and closes when it is done. */
export function FormDialog({ title, description, trigger, label, onDone, children, ...control }: Props) {
  const id = useId();
  const [isOpenItself, setOpenItself] = useState(false);
  const { open: isOpen = isOpenItself, onOpenChange: setOpen = setOpenItself } = control;
  const [isPending, setPending] = useState(false);
  return (
    <Dialog
      title={title}
      description={description}
      {...(trigger && { trigger })}
      open={isOpen}
      onOpenChange={setOpen}
      footer={
        <>
          <DialogClose render={<Button>Cancel</Button>} />
          <Button type="submit" form={id} variant="primary" loading={isPending}>
            {label}
          </Button>
        </>
      }
    >
      {children({
        id,
        onPending: setPending,
        onDone: () => {
          setOpen(false);
          onDone?.();
        },
      })}
    </Dialog>
  );
}
