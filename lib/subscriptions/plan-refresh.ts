import type { ErrorCode } from "@/lib/errors";

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** What a server asks for is heard up to a week: further ahead is the mark of a wrong clock (lib/sync/due). */
const longestAskedMs = 7 * dayMs;

export type FailedRefresh = {
  /** How many refreshes in a row have failed, with this one. */
  failures: number;
  /** After which a feed is given up. */
  maxFailures: number;
  /** How often it is read while it works. */
  intervalMinutes: number;
  /** What went wrong; unset for what nobody foresaw. */
  code?: ErrorCode | undefined;
  /** When its server says to come back. */
  retryAfterSeconds?: number | undefined;
};

export type AfterFailure = { isEnabled: boolean; nextSyncAt: Date };

/**
 * When a feed that could not be read is read next, if it is at all (docs/subscriptions.md): after four times as long with
 * each failure, a day at most, so that one away for a night is not given up. One that is gone for good is, at once.
 * @param spread 0 to 1: feeds that failed together are not all read again together
 */
export function planAfterFailure(failed: FailedRefresh, now: Date, spread: number): AfterFailure {
  const { failures, maxFailures, intervalMinutes, code, retryAfterSeconds = 0 } = failed;
  const backoffMs = Math.min(intervalMinutes * minuteMs * 4 ** (failures - 1), dayMs) * (1 - spread / 10);
  const askedMs = Math.min(retryAfterSeconds * 1000, longestAskedMs);
  return {
    isEnabled: code !== "not_found" && failures < maxFailures,
    nextSyncAt: new Date(now.getTime() + Math.max(backoffMs, askedMs)),
  };
}
