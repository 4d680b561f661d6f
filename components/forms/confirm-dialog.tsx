"use client";

import { unstable_rethrow } from "next/navigation";
import { type ReactElement, type ReactNode, useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/action";

type Props = {
  title: string;
  description: string;
  /** What opens it; something else does where `open` is given. */
  trigger?: ReactElement;
  open?: boolean;
  onOpenChange?: (isOpen: boolean) => void;
  /** What it does, as its button says it. */
  label: string;
  /** What leaves everything as it is. */
  keep?: string;
  variant?: "danger" | "primary";
  act: () => Promise<ActionResult<void>>;
  /** How things stand when the server did not answer. */
  unanswered: string;
  /** What is asked before it is done. */
  children?: ReactNode;
};

/** Asks before something that cannot be undone; stays open and says why when it was refused. */
export function ConfirmDialog(props: Props) {
  const { title, description, trigger, label, keep = "Keep it", variant = "danger", children } = props;
  const [isOpenItself, setOpenItself] = useState(false);
  const { open: isOpen = isOpenItself, onOpenChange: setOpen = setOpenItself } = props;
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const confirm = () =>
    start(async () => {
      try {
        const result = await props.act();
        if (result.ok) setOpen(false);
        else setRefusal(result.message);
      } catch (error) {
        unstable_rethrow(error);
        setRefusal(`The server did not answer. ${props.unanswered}`);
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
      {...(trigger && { trigger })}
      footer={
        <>
          <DialogClose render={<Button>{keep}</Button>} />
          <Button variant={variant} loading={isPending} onClick={confirm}>
            {label}
          </Button>
        </>
      }
    >
      {(refusal || children) && (
        <div className="flex flex-col gap-4">
          {refusal && (
            <Banner tone="danger" live="alert">
              {refusal}
            </Banner>
          )}
          {children}
        </div>
      )}
    </Dialog>
  );
}
