"use client";

import { Send } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";

/** Queues a failed mail again and says so. */
export function ResendButton({ resend }: { resend: () => Promise<ActionResult<undefined>> }) {
  const [isPending, start] = useTransition();
  const toast = useToast();
  const router = useRouter();
  const send = () =>
    start(async () => {
      const result = await resend().catch(
        () => ({ ok: false, message: "The server did not answer. Try again." }) as const,
      );
      toast(result.ok ? "The mail is queued again" : result.message);
      router.refresh();
    });
  return (
    <Button loading={isPending} onClick={send}>
      <Send aria-hidden="true" />
      Send again
    </Button>
  );
}
