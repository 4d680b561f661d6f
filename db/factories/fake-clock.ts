import { afterEach, beforeEach, vi } from "vitest";

/** Each test of the file begins at `start`. Only the date is pretended: what waits does so for real. */
export function startClockAt(start: Date): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: start });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

type Timers = typeof import("node:timers/promises");

/** Waits for a retry are real, the clock is not: with these none lasts longer than a moment. */
export const briefly = (timers: Timers): Timers => ({
  ...timers,
  setTimeout: (ms, ...rest) => timers.setTimeout(Math.min(ms ?? 1, 1), ...rest),
});
