import { setTimeout as sleep } from "node:timers/promises";
import { AppError, type ErrorCode } from "@/lib/errors";

export type RetryPolicy = {
  retries: number;
  /** Before the first retry; doubles each time, give or take half. */
  delayMs: number;
  /** A Retry-After beyond this is for the caller's schedule, not for waiting here. */
  longestWaitMs: number;
  signal: AbortSignal;
  /** What to try again after; both when it is left out. */
  after?: readonly ErrorCode[];
};

const passing: readonly ErrorCode[] = ["unavailable", "rate_limited"];

/** Runs `attempt` again while it throws something that passes: unavailable or rate_limited. */
export async function withRetries<T>(attempt: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  for (let tried = 0; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      const waitMs = tried < policy.retries ? waitBefore(error, tried, policy) : null;
      if (waitMs === null || !(await waited(waitMs, policy.signal))) throw error;
    }
  }
}

function waitBefore(error: unknown, tried: number, policy: RetryPolicy): number | null {
  if (!(error instanceof AppError)) return null;
  if (!(policy.after ?? passing).includes(error.code)) return null;
  const asked = (error.retryAfterSeconds ?? 0) * 1000;
  if (asked > policy.longestWaitMs) return null;
  return Math.max(asked, policy.delayMs * 2 ** tried * (0.5 + Math.random()));
}

/** False when the time for the whole request ran out first. */
async function waited(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
