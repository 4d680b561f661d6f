import { expect, test } from "vitest";
import { formatMinute, weeklyHours } from "./schema";

const issuesOf = (...hours: [number, number, number][]) =>
  weeklyHours
    .safeParse({
      hours: hours.map(([weekday, startMinute, endMinute]) => ({ weekday, startMinute, endMinute })),
    })
    .error?.issues.map(({ path, message }) => [path.join("."), message]);

test("several intervals a day, touching ones and 24:00 are fine", () => {
  expect(issuesOf([1, 540, 720], [1, 720, 1440], [2, 0, 1440], [2 + 1, 540, 720])).toBeUndefined();
  expect(issuesOf()).toBeUndefined();
});

test("an overlap names the later interval and both times", () => {
  expect(issuesOf([1, 540, 840], [2, 540, 840], [1, 780, 900])).toEqual([
    ["hours.2.startMinute", "Monday: 13:00–15:00 overlaps 09:00–14:00."],
  ]);
});

test("hours past midnight are fine, and overlap those of the next day, also around the week's end", () => {
  expect(issuesOf([1, 1320, 1560], [2, 120, 300])).toBeUndefined();
  expect(issuesOf([1, 1320, 1560], [2, 60, 300])).toEqual([
    ["hours.1.startMinute", "Tuesday: 01:00–05:00 overlaps Monday 22:00–02:00 next day."],
  ]);
  expect(issuesOf([1, 0, 60], [7, 1320, 1470])).toEqual([
    ["hours.1.startMinute", "Sunday: 22:00–00:30 next day overlaps Monday 00:00–01:00."],
  ]);
});

test("an interval that ends before it starts names its end", () => {
  expect(issuesOf([5, 600, 600])).toEqual([["hours.0.endMinute", "Friday: 10:00 is not after 10:00."]]);
});

test("times outside the day are refused", () => {
  expect(issuesOf([1, -5, 600])).toHaveLength(1);
  expect(issuesOf([1, 600, 2041])).toEqual([
    ["hours.0.endMinute", "Monday: 10:00–10:01 next day is longer than a day."],
  ]);
  expect(issuesOf([8, 600, 660])).toHaveLength(1);
  expect(issuesOf([1, 600, 2 ** 53])).toEqual([["hours.0.endMinute", "Choose a time."]]);
});

test("prints minutes as a clock does", () => {
  expect([0, 545, 1440, 1505].map(formatMinute)).toEqual(["00:00", "09:05", "24:00", "01:05 next day"]);
});
