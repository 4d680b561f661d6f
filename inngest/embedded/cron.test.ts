import { expect, test } from "vitest";
import { nextTick } from "./cron";

test.each([
  ["*/5 * * * *", "2026-11-21T07:22:10Z", "2026-11-21T07:25:00.000Z"],
  ["*/5 * * * *", "2026-11-21T07:25:00Z", "2026-11-21T07:30:00.000Z"],
  ["@daily", "2026-11-21T07:22:10Z", "2026-11-22T00:00:00.000Z"],
  ["TZ=Europe/London 0 9 * * 1-5", "2026-07-17T12:00:00Z", "2026-07-20T08:00:00.000Z"],
  ["CRON_TZ=America/New_York 30 2 * * *", "2026-01-10T00:00:00Z", "2026-01-10T07:30:00.000Z"],
  // The clocks go back: one day, one tick.
  ["TZ=Europe/Berlin 30 2 * * *", "2026-10-25T00:31:00Z", "2026-10-26T01:30:00.000Z"],
])("%s after %s is %s", (expression, after, expected) => {
  expect(nextTick(expression, new Date(after)).toISOString()).toBe(expected);
});
