import fc from "fast-check";
import { expect, test } from "vitest";
import { instantOf, later, minutesBetween, offsetsOf, wallAt } from "./wall";

const zones = fc.constantFrom(
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "Pacific/Apia",
  "UTC",
);
const minutes = fc.integer({ min: Date.UTC(2012, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 });

test("a time on the wall is the first instant that shows it", () => {
  fc.assert(
    fc.property(zones, minutes, (zone, minute) => {
      const instant = new Date(minute * 60_000);
      const wall = wallAt(instant, zone);
      const back = instantOf(wall, zone);
      expect(wallAt(back, zone)).toEqual(wall);
      expect(back.getTime()).toBeLessThanOrEqual(instant.getTime());
      // Later by what clocks are put back by, or the same.
      expect(instant.getTime() - back.getTime()).toBeLessThanOrEqual(3_600_000);
    }),
  );
});

test("a skipped time is as far from midnight as clocks would have counted, a repeated one the first", () => {
  const berlin = (day: string, time: string) => instantOf({ day, time }, "Europe/Berlin").toISOString();
  expect(berlin("2027-03-28", "02:30")).toBe("2027-03-28T01:30:00.000Z");
  expect(berlin("2027-10-31", "02:30")).toBe("2027-10-31T00:30:00.000Z");
  expect(berlin("2027-07-01", "09:00")).toBe("2027-07-01T07:00:00.000Z");
});

test("later and back again is the same wall", () => {
  const step = fc.integer({ min: -100_000, max: 100_000 });
  fc.assert(
    fc.property(minutes, step, (minute, by) => {
      const wall = wallAt(new Date(minute * 60_000), "UTC");
      expect(minutesBetween(wall, later(wall, by))).toBe(by);
    }),
  );
});

test("the offset is that of the days one looks at, and both where it changes among them", () => {
  expect(offsetsOf({ from: "2027-08-09", to: "2027-08-16" }, "Europe/Berlin")).toBe("GMT+2");
  expect(offsetsOf({ from: "2027-01-01", to: "2027-02-01" }, "Europe/Berlin")).toBe("GMT+1");
  expect(offsetsOf({ from: "2027-03-01", to: "2027-04-01" }, "Europe/Berlin")).toBe("GMT+1, then GMT+2");
});
