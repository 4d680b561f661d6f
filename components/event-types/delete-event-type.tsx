"use client";

import { Trash2 } from "lucide-react";
import { unstable_rethrow } from "next/navigation";
import { useState, useTransition } from "react";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose } from "@/components/ui/dialog";
import type { ActionResult } from "@/lib/action";

type Props = { title: string; remove: () => Promise<ActionResult<void>> };

export function DeleteEventType({ title, remove }: Props) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, start] = useTransition();
  const confirm = () =>
    start(async () => {
      try {
        const result = await remove();
        if (!result.ok) setRefusal(result.message);
      } catch (error) {
        unstable_rethrow(error);
        setRefusal("The server did not answer. Nothing was deleted.");
      }
    });
  return (
    <Dialog
      title={`Delete ${title}?`}
      description="Its address stops working. This cannot be undone."
      onOpenChange={() => setRefusal(null)}
      trigger={
        <Button variant="quiet">
          <Trash2 aria-hidden="true" />
          Delete
        </Button>
      }
      footer={
        <>
          <DialogClose render={<Button>Keep it</Button>} />
          <Button variant="danger" loading={isPending} onClick={confirm}>
            Delete event type
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
