import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, daysBetween, type Weekday, weekdayOf } from "@/lib/time";
import { daysOf, titleOf, turn, views } from "./views";

const days = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays("2010-01-01", count));
const weekStarts = fc.constantFrom<Weekday>(0, 1, 6);

test("a view shows its day, in whole weeks where it shows weeks, and turning leaves none out", () => {
  fc.assert(
    fc.property(fc.constantFrom(...views), days, weekStarts, (view, day, weekStart) => {
      const { from, to } = daysOf(view, day, weekStart);
      expect(from <= day && day < to).toBe(true);
      const isInWeeks = view === "month" || view === "week";
      if (isInWeeks) {
        expect(weekdayOf(from)).toBe(weekStart);
        expect(daysBetween(from, to) % 7).toBe(0);
      }
      const next = daysOf(view, turn(view, day, 1), weekStart);
      const previous = daysOf(view, turn(view, day, -1), weekStart);
      expect(next.from <= to && next.from > from).toBe(true);
      expect(previous.to >= from && previous.to < to).toBe(true);
    }),
  );
});

test.each([
  ["month", "November 2026"],
  ["week", "16 – 22 November 2026"],
  ["day", "Wed 18 November 2026"],
  ["list", "18 Nov – 15 Dec 2026"],
] as const)("the title of a %s", (view, title) => {
  expect(titleOf(view, "2026-11-18", 1, "en-GB").replace(/[\u2009\u202f\u00a0]/g, " ")).toBe(title);
});
