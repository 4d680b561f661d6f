"use client";

import { RefreshCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import type { ActionResult } from "@/lib/action";

type Props = {
  label?: string;
  /** What is synced, for whoever hears the button alone. */
  name: string;
  /** Of each calendar something that changes when a run has ended, well or not. */
  lastRuns: string[];
  sync: () => Promise<ActionResult<void>>;
};

const lookEveryMs = 1500;
const patienceMs = 45_000;

/** Queues pulls, then looks until the outcome of each shows on the page. */
export function SyncButton({ label = "Sync now", name, lastRuns, sync }: Props) {
  const toast = useToast();
  const { refresh } = useRouter();
  /** The runs before those asked for; null while nobody waits. */
  const [before, setBefore] = useState<string[] | null>(null);
  const isWaiting = before?.some((run, place) => run === lastRuns[place]) ?? false;

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
    setBefore(lastRuns);
    const result = await sync().catch(() => ({ ok: false, message: "The server did not answer." }) as const);
    if (result.ok) return;
    setBefore(null);
    toast(result.message, "danger");
  };
  return (
    <Button size="sm" variant="quiet" loading={isWaiting} onClick={ask} aria-label={`${label}: ${name}`}>
      <RefreshCw aria-hidden="true" />
      {label}
    </Button>
  );
}
