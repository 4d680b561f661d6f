"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";

type Props = {
  label: ReactNode;
  title: string;
  description: string;
  keep: string;
  /** What it does, on the button that does it. */
  doIt: string;
  done: string;
  variant: ComponentProps<typeof Button>["variant"];
  /** May answer with the page to go on to. */
  act: () => Promise<ActionResult<Route | undefined>>;
};

/** A button that asks first, then says in a toast what was done. */
export function ConfirmButton({ label, title, description, keep, doIt, done, variant, act }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const toast = useToast();
  const router = useRouter();

  const confirm = () =>
    start(async () => {
      const result = await act().catch(
        () =>
          ({
            ok: false,
            message: "The server did not answer. Look at the run before you try again.",
          }) as const,
      );
      if (!result.ok) return setRefusal(result.message);
      setOpen(false);
      toast(done);
      if (result.data) router.push(result.data);
      else router.refresh();
    });
  return (
    <Dialog
      title={title}
      description={description}
      open={isOpen}
      onOpenChange={(next) => {
        setOpen(next);
        setRefusal(null);
      }}
      trigger={<Button>{label}</Button>}
      footer={
        <>
          <DialogClose render={<Button>{keep}</Button>} />
          <Button variant={variant} loading={isPending} onClick={confirm}>
            {doIt}
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
