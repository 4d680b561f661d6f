"use client";

import { Files } from "lucide-react";
import { unstable_rethrow } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";

type Props = { title: string; duplicate: () => Promise<ActionResult<void>> };

/** Makes a copy, which opens for editing. */
export function DuplicateButton({ title, duplicate }: Props) {
  const toast = useToast();
  const [isPending, start] = useTransition();
  const press = () =>
    start(async () => {
      try {
        const result = await duplicate();
        if (!result.ok) toast(result.message, "danger");
      } catch (error) {
        unstable_rethrow(error);
        toast("The server did not answer. Look whether there is a copy before you try again.", "danger");
      }
    });
  return (
    <Button size="sm" variant="quiet" loading={isPending} onClick={press} aria-label={`Duplicate ${title}`}>
      <Files aria-hidden="true" />
      Duplicate
    </Button>
  );
}
