import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import type { OccurrenceTime } from "@/lib/providers/provider";
import type { RecurrenceException } from "@/lib/providers/recurrence";
import { endOfSeries, expandRecurrence, findFirstTime, findPosition, listBefore } from "./expand-recurrence";

const zone = "Europe/Berlin";
const timed = (startsAt: string, endsAt: string): OccurrenceTime => ({
  kind: "timed",
  startsAt: new Date(startsAt),
  endsAt: new Date(endsAt),
});
const series = (time: OccurrenceTime, rule: string, exceptions: RecurrenceException[] = []) => ({
  ...{ time, timeZone: zone },
  recurrence: { rule, exceptions },
});
const window = { start: new Date("2027-01-01"), end: new Date("2028-01-01"), timeZone: zone };
const keys = (all: ReturnType<typeof expandRecurrence>) => all.map(({ key }) => key);

describe("a series at ten o'clock in Berlin", () => {
  const ten = timed("2027-03-27T09:00:00Z", "2027-03-27T10:00:00Z");

  test("stays at ten when the clocks change", () => {
    expect(keys(expandRecurrence(series(ten, "FREQ=DAILY;COUNT=3"), window))).toEqual([
      "2027-03-27T09:00:00.000Z",
      "2027-03-28T08:00:00.000Z",
      "2027-03-29T08:00:00.000Z",
    ]);
  });

  test("is off, or at another time, where an exception says so", () => {
    const says = {
      ...{ title: "Late", description: null, location: null },
      time: {
        kind: "timed" as const,
        startsAt: "2027-04-02T12:00:00.000Z",
        endsAt: "2027-04-02T13:00:00.000Z",
      },
    };
    const changed = series(ten, "FREQ=DAILY;COUNT=3", [
      { key: "2027-03-28T08:00:00.000Z", says: null },
      { key: "2027-03-29T08:00:00.000Z", says },
    ]);
    expect(expandRecurrence(changed, window)).toEqual([
      { key: "2027-03-27T09:00:00.000Z", time: ten },
      { key: "2027-03-29T08:00:00.000Z", time: timed(says.time.startsAt, says.time.endsAt) },
    ]);
    expect(endOfSeries(changed)).toEqual({ endsAt: new Date("2027-04-02T13:00:00Z"), isEmpty: false });
  });
});

test("an hour that the clock skips is taken an hour later, and found there", () => {
  const half = series(timed("2027-03-27T01:30:00Z", "2027-03-27T02:00:00Z"), "FREQ=DAILY;COUNT=3");
  const [, skipped] = keys(expandRecurrence(half, window));
  // 02:30 does not exist: 03:30 of summer time.
  expect(skipped).toBe("2027-03-28T01:30:00.000Z");
  expect(findPosition(half, skipped ?? "")).toBe(Date.UTC(2027, 2, 28, 2, 30));
  expect(listBefore(half, Date.UTC(2027, 2, 28, 2, 30))).toEqual({
    count: 1,
    last: Date.UTC(2027, 2, 27, 2, 30),
  });
});

test("days have days for keys, and end at midnight of their zone", () => {
  const days = series(
    { kind: "allDay", startDay: "2027-03-27", endDay: "2027-03-29" },
    "FREQ=WEEKLY;COUNT=2",
  );
  expect(expandRecurrence(days, window)).toEqual([
    { key: "2027-03-27", time: { kind: "allDay", startDay: "2027-03-27", endDay: "2027-03-29" } },
    { key: "2027-04-03", time: { kind: "allDay", startDay: "2027-04-03", endDay: "2027-04-05" } },
  ]);
  expect(endOfSeries(days).endsAt).toEqual(new Date("2027-04-04T22:00:00Z"));
});

test("whatever never ends has no end, and what is all off is empty", () => {
  const time = timed("2027-03-01T09:00:00Z", "2027-03-01T10:00:00Z");
  expect(endOfSeries(series(time, "FREQ=DAILY"))).toEqual({ endsAt: null, isEmpty: false });
  const off = [{ key: "2027-03-01T09:00:00.000Z", says: null }];
  expect(endOfSeries(series(time, "FREQ=DAILY;COUNT=1", off))).toEqual({ endsAt: null, isEmpty: true });
});

test("each occurrence is found by its key, in its place, and no other instant is", () => {
  const someSeries = fc.record({
    day: fc.integer({ min: 0, max: 700 }),
    minute: fc.integer({ min: 0, max: 1439 }),
    rule: fc.constantFrom(
      "FREQ=DAILY",
      "FREQ=DAILY;INTERVAL=5",
      "FREQ=WEEKLY;BYDAY=SU,TU",
      "FREQ=MONTHLY;BYMONTHDAY=31",
    ),
  });
  fc.assert(
    fc.property(
      someSeries,
      fc.constantFrom(zone, "Australia/Lord_Howe", "Asia/Kathmandu"),
      (some, timeZone) => {
        const date = Temporal.PlainDate.from("2027-01-01").add({ days: some.day });
        const local = date.toPlainDateTime(Temporal.PlainTime.from("00:00").add({ minutes: some.minute }));
        const at = local.toZonedDateTime(timeZone).epochMilliseconds;
        const wished = { kind: "timed", startsAt: new Date(at), endsAt: new Date(at + 1_800_000) } as const;
        const recurrence = { rule: some.rule, exceptions: [] };
        const first = findFirstTime({ time: wished, timeZone, recurrence });
        expect(first?.kind === "timed" && first.startsAt >= wished.startsAt).toBe(true);
        const own = { time: first ?? wished, timeZone, recurrence };
        const span = { start: new Date(at), end: new Date(at + 100 * 86_400_000), timeZone };
        expandRecurrence(own, span).forEach(({ key, time }, index) => {
          const position = findPosition(own, key);
          expect(position).not.toBeNull();
          expect(listBefore(own, position ?? 0).count).toBe(index);
          expect(time.kind === "timed" && time.startsAt.toISOString()).toBe(key);
          expect(findPosition(own, new Date(Date.parse(key) + 60_000).toISOString())).toBeNull();
        });
      },
    ),
    { numRuns: 60 },
  );
}, 20_000);
