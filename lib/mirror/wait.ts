import { AppError } from "@/lib/errors";

export const minuteMs = 60_000;
export const longestMs = 6 * 60 * minuteMs;
// What a server asks for beyond that is no longer a pause.
const longestAskedMs = 24 * 60 * minuteMs;

/** How long a copy waits that failed so many times in a row: a minute, then ever longer, or what the other side asks for. */
export function waitAfter(attempts: number, error: unknown): number {
  return Math.max(Math.min(longestMs, minuteMs * 2 ** Math.min(attempts - 1, 20)), askedMs(error));
}

export function askedMs(error: unknown): number {
  const seconds = error instanceof AppError ? (error.retryAfterSeconds ?? 0) : 0;
  return Math.min(longestAskedMs, seconds * 1000);
}
