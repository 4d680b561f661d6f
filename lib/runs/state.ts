import type { inngestRuns } from "@/db/schema";

/** What is queued for a run, taken together; null when nothing is. */
export type Queue = {
  isLeased: boolean;
  isParked: boolean;
  /** Of the call that failed most often. */
  attempt: number;
  dueAt: Date | null;
};
export type RunState = Exclude<(typeof inngestRuns.$inferSelect)["status"], "running"> | ActiveState;
type ActiveState = "running" | "retrying" | "queued" | "waiting";

/**
 * What an active run is doing: a step runs, has failed and will be tried again, wants its turn, or nothing is to be
 * done before a time or an event.
 */
export function stateOf(
  status: (typeof inngestRuns.$inferSelect)["status"],
  { isLeased, isParked, attempt, dueAt }: Queue,
  now: Date,
): RunState {
  if (status !== "running") return status;
  if (isLeased) return "running";
  if (attempt > 0) return "retrying";
  if (isParked || dueAt === null || dueAt <= now) return "queued";
  return "waiting";
}
