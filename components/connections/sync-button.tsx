"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";

type Props = {
  name: string;
  /** Changes when a run has ended, well or not. */
  lastRun: string;
  sync: () => Promise<ActionResult<void>>;
};

const lookEveryMs = 1500;
const patienceMs = 45_000;

/** Queues a pull, then looks until its outcome shows on the page. */
export function SyncButton({ name, lastRun, sync }: Props) {
  const toast = useToast();
  const { refresh } = useRouter();
  /** The run before the one asked for; null while nobody waits. */
  const [before, setBefore] = useState<string | null>(null);
  const isWaiting = before !== null && before === lastRun;

  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(refresh, lookEveryMs);
    const end = setTimeout(() => setBefore(null), patienceMs);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [isWaiting, refresh]);

  const ask = async () => {
    setBefore(lastRun);
    const result = await sync().catch(() => ({ ok: false, message: "The server did not answer." }) as const);
    if (result.ok) return;
    setBefore(null);
    toast(result.message, "danger");
  };
  return (
    <Button size="sm" variant="quiet" loading={isWaiting} onClick={ask} aria-label={`Sync now: ${name}`}>
      <RefreshCw aria-hidden="true" />
      Sync now
    </Button>
  );
}
