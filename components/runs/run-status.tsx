import { Clock, ListOrdered } from "lucide-react";
import { Badge, StatusBadge } from "@/components/ui/badge";
import type { RunState } from "@/lib/runs/state";

/** What a run is doing, in a word. */
export function RunStatus({ state }: { state: RunState }) {
  if (state === "waiting" || state === "queued") {
    const Icon = state === "waiting" ? Clock : ListOrdered;
    return (
      <Badge className="pl-2">
        <Icon aria-hidden="true" className="size-3.5" />
        {words[state]}
      </Badge>
    );
  }
  return <StatusBadge status={looks[state]}>{words[state]}</StatusBadge>;
}

const looks = {
  completed: "ok",
  failed: "failed",
  cancelled: "off",
  running: "working",
  retrying: "attention",
} as const;

const words: Record<RunState, string> = {
  completed: "Done",
  failed: "Failed",
  cancelled: "Cancelled",
  running: "Running",
  retrying: "Will retry",
  queued: "Queued",
  waiting: "Waiting",
};
