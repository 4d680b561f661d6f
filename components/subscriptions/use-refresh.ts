"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { ask } from "@/components/forms/ask";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";
import type { Subscription } from "@/lib/subscriptions/view";

type Run = Pick<Subscription, "lastSyncedAt" | "errorCount" | "failingSince" | "status">;

const lookEveryMs = 1500;
/** Longer than a feed may take with its retries. Who is not answered by then sees it later, as the page stays fresh. */
const patienceMs = 90_000;

/** Asks for a refresh, then looks until its outcome shows on the page. */
export function useRefresh(run: Run, request: () => Promise<ActionResult<void>>) {
  const toast = useToast();
  const { refresh: readPage } = useRouter();
  /** How things stood when it was asked for; null while nobody waits. */
  const [before, setBefore] = useState<Run | null>(null);
  const isWaiting = before !== null && !hasEnded(run, before);

  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(readPage, lookEveryMs);
    const end = setTimeout(() => setBefore(null), patienceMs);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [isWaiting, readPage]);

  const refresh = async () => {
    setBefore(run);
    const result = await ask(request, "Try again.");
    if (result.ok) return;
    setBefore(null);
    toast(result.message, "danger");
  };
  return { isRefreshing: isWaiting || run.status === "pending", refresh };
}

/** A good reading has a later time; a bad one failures that were not there before. */
function hasEnded(run: Run, before: Run): boolean {
  if (run.lastSyncedAt?.getTime() !== before.lastSyncedAt?.getTime()) return true;
  if (run.errorCount === 0) return false;
  return (
    run.errorCount !== before.errorCount || run.failingSince?.getTime() !== before.failingSince?.getTime()
  );
}
