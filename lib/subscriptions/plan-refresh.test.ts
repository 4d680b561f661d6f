import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorCodes } from "@/lib/errors";
import { type FailedRefresh, planAfterFailure } from "./plan-refresh";

const now = new Date("2027-01-04T12:00:00Z");
const day = 1440;

const plan = (failed: Partial<FailedRefresh>, spread = 0) => {
  const { isEnabled, nextSyncAt } = planAfterFailure(
    { failures: 1, maxFailures: 5, intervalMinutes: 60, ...failed },
    now,
    spread,
  );
  return { isEnabled, minutes: (nextSyncAt.getTime() - now.getTime()) / 60_000 };
};

test.each([
  [15, [15, 60, 240, 960, day]],
  [60, [60, 240, 960, day, day]],
  [1440, [day, day, day, day, day]],
  [7 * 1440, [day, day, day, day, day]],
])("a feed of %i minutes is tried again later and later, after a day at most", (intervalMinutes, waits) => {
  expect([1, 2, 3, 4, 5].map((failures) => plan({ failures, intervalMinutes }).minutes)).toEqual(waits);
});

test("the fifth failure is one too many", () => {
  expect([1, 4, 5, 6].map((failures) => plan({ failures }).isEnabled)).toEqual([true, true, false, false]);
  expect(plan({ failures: 1, maxFailures: 1 }).isEnabled).toBe(false);
});

test("one that is gone for good is given up at once, and nothing else is", () => {
  const kept = errorCodes.filter((code) => plan({ code }).isEnabled);
  expect(kept).toEqual(errorCodes.filter((code) => code !== "not_found"));
  expect(plan({ code: undefined }).isEnabled).toBe(true);
});

test("a feed that would be away for a night is not given up by then", () => {
  for (const intervalMinutes of [15, 30, 60, 360, 720, 1440]) {
    const tried = [1, 2, 3, 4].map((failures) => plan({ failures, intervalMinutes }, 1).minutes);
    expect(tried.reduce((sum, minutes) => sum + minutes)).toBeGreaterThan(16 * 60);
  }
});

describe("whatever fails", () => {
  const failed = fc.record({
    failures: fc.integer({ min: 1, max: 200 }),
    maxFailures: fc.integer({ min: 1, max: 100 }),
    intervalMinutes: fc.integer({ min: 15, max: 7 * day }),
    code: fc.constantFrom(undefined, ...errorCodes),
    retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 2 ** 31 }), { nil: undefined }),
  });
  const spread = fc.double({ min: 0, max: 1, noNaN: true });

  test("the next try is not at once, not before it was asked for, and within a week", () => {
    fc.assert(
      fc.property(failed, spread, (one, by) => {
        const { minutes } = plan(one, by);
        expect(minutes).toBeGreaterThanOrEqual(Math.min(one.intervalMinutes, day) * 0.9 - 0.001);
        expect(minutes).toBeGreaterThanOrEqual(Math.min((one.retryAfterSeconds ?? 0) / 60, 7 * day));
        expect(minutes).toBeLessThanOrEqual(7 * day);
      }),
    );
  });

  test("one failure more never makes it sooner, nor takes it back", () => {
    fc.assert(
      fc.property(failed, spread, (one, by) => {
        const [first, next] = [plan(one, by), plan({ ...one, failures: one.failures + 1 }, by)];
        expect(next.minutes).toBeGreaterThanOrEqual(first.minutes);
        expect(first.isEnabled || !next.isEnabled).toBe(true);
      }),
    );
  });
});
