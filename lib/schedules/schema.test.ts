import { expect, test } from "vitest";
import type { Interval, Span } from "@/lib/availability/schema";
import { longestWindowMinutes, type OverriddenDay, overrideForm } from "./schema";

const span = (startMinute: number, endMinute: number): Span => ({ startMinute, endMinute });
const on = (weekday: number, startMinute: number, endMinute: number): Interval => ({
  weekday,
  startMinute,
  endMinute,
});
const longest = (hours: Interval[], overrides: OverriddenDay[] = []) =>
  longestWindowMinutes({ hours, overrides });
const issuesOf = (firstDay: string, lastDay: string, ...hours: Span[]) =>
  overrideForm
    .safeParse({ firstDay, lastDay, hours })
    .error?.issues.map(({ path, message }) => [path.join("."), message]);

test("the longest window: none, one, touching ones, across midnight and across the end of the week", () => {
  expect(longest([])).toBe(0);
  expect(longest([on(1, 540, 720), on(1, 780, 900)])).toBe(180);
  expect(longest([on(1, 540, 720), on(1, 720, 900)])).toBe(360);
  expect(longest([on(2, 1320, 1560)])).toBe(240);
  expect(longest([on(7, 1200, 1440), on(1, 0, 300)])).toBe(540);
  expect(longest([1, 2, 3, 4, 5, 6, 7].map((weekday) => on(weekday, 0, 1440)))).toBe(
    Number.POSITIVE_INFINITY,
  );
});

test("a date's own hours may make a longer window, join its neighbours', and cut what reaches into it", () => {
  const closed: Span[] = [];
  expect(longest([on(1, 540, 600)], [{ day: "2027-03-03", hours: [span(480, 1200)] }])).toBe(720);
  // Monday's night goes on into a Tuesday that has hours of its own.
  expect(longest([on(1, 1320, 1440)], [{ day: "2027-03-02", hours: [span(0, 120)] }])).toBe(240);
  expect(longest([], [{ day: "2027-03-01", hours: [span(1320, 1560)] }])).toBe(240);
  expect(
    longest(
      [],
      [
        { day: "2027-03-01", hours: [span(1320, 1560)] },
        { day: "2027-03-02", hours: closed },
      ],
    ),
  ).toBe(120);
});

test("other hours name what is wrong with them", () => {
  expect(issuesOf("2027-03-01", "2027-03-01", span(540, 720), span(1320, 1560))).toBeUndefined();
  expect(issuesOf("2027-03-02", "2027-03-01")).toEqual([["lastDay", "The last date is before the first."]]);
  expect(issuesOf("2027-03-01", "2029-03-01")).toEqual([["lastDay", "Choose at most a year at once."]]);
  expect(issuesOf("2027-13-01", "2027-03-01")?.[0]?.[0]).toBe("firstDay");
  expect(issuesOf("2027-03-01", "2027-03-01", span(540, 720), span(600, 660))).toEqual([
    ["hours.1.startMinute", "10:00–11:00 overlaps 09:00–12:00."],
  ]);
  expect(issuesOf("2027-03-01", "2027-03-02", span(1320, 1560))).toEqual([
    ["hours.0.endMinute", "Of dates in a row each keeps to its own day: end at 24:00."],
  ]);
});

test("a date no calendar has is refused before PostgreSQL does", () => {
  expect(issuesOf("0000-01-01", "0000-01-01")).toEqual([
    ["firstDay", "Choose a date between 2000 and 2199."],
    ["lastDay", "Choose a date between 2000 and 2199."],
  ]);
  expect(issuesOf("2026-02-30", "tomorrow")).toEqual([
    ["firstDay", "Choose a date."],
    ["lastDay", "Choose a date."],
  ]);
});
