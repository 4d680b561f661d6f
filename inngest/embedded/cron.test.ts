import { expect, test } from "vitest";
import { nextTick } from "./cron";

test.each([
  ["*/5 * * * *", "2026-11-21T07:22:10Z", "2026-11-21T07:25:00.000Z"],
  ["*/5 * * * *", "2026-11-21T07:25:00Z", "2026-11-21T07:30:00.000Z"],
  ["@daily", "2026-11-21T07:22:10Z", "2026-11-22T00:00:00.000Z"],
  ["TZ=Europe/London 0 9 * * 1-5", "2026-07-17T12:00:00Z", "2026-07-20T08:00:00.000Z"],
  ["CRON_TZ=America/New_York 30 2 * * *", "2026-01-10T00:00:00Z", "2026-01-10T07:30:00.000Z"],
  // The clocks go back: one day, one tick, at the first 2:30.
  ["TZ=Europe/Berlin 30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00.000Z"],
  ["TZ=Europe/Berlin 30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00.000Z"],
  ["TZ=Europe/Berlin 30 2 * * *", "2026-10-25T01:10:00Z", "2026-10-26T01:30:00.000Z"],
  ["TZ=Europe/London 30 1 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00.000Z"],
  // What ticks in every hour does so in both.
  ["TZ=Europe/London 0 * * * *", "2026-10-24T23:00:00Z", "2026-10-25T00:00:00.000Z"],
  ["TZ=Europe/London 0 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00.000Z"],
  ["TZ=Europe/London */20 * * * *", "2026-10-25T00:40:00Z", "2026-10-25T01:00:00.000Z"],
  ["TZ=America/St_Johns @hourly", "2026-11-01T04:00:00Z", "2026-11-01T04:30:00.000Z"],
  // The clocks go forward over 2:30: as if they had not yet.
  ["TZ=Europe/Berlin 30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:30:00.000Z"],
  ["TZ=Europe/Berlin 30 2 * * *", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00.000Z"],
  ["TZ=Europe/Berlin */30 * * * *", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00.000Z"],
])("%s after %s is %s", (expression, after, expected) => {
  expect(nextTick(expression, new Date(after)).toISOString()).toBe(expected);
});
