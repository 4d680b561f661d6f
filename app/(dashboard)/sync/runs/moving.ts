import type { RunRow } from "@/lib/runs/list";

const soonMs = 60_000;

/** Whether a run will look different in a moment, so that its page should keep looking. */
export function isMoving({ status, state, dueAt }: RunRow, now: Date): boolean {
  if (status !== "running") return false;
  return state === "running" || dueAt === null || dueAt.getTime() - now.getTime() < soonMs;
}
