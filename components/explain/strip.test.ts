import { expect, test } from "vitest";
import type { BusyItem } from "@/lib/availability/explain";
import { groupStarts, hoursOf, marksOf, placeIn, trackItems } from "./strip";

const at = (clock: string) => new Date(`2027-03-01T${clock}:00Z`);
const range = (from: string, to: string) => ({ startsAt: at(from), endsAt: at(to) });
const day = { startsAt: at("00:00"), endsAt: new Date("2027-03-02T00:00:00Z") };
const start = (from: string, to: string, ...texts: string[]) => ({
  ...range(from, to),
  reasons: texts.map((text) => ({ kind: "busy" as const, text })),
});
const item = (from: string, to: string, buffer = 0): BusyItem => ({
  ...range(from, to),
  kind: "booking",
  title: "Meeting",
  calendar: null,
  readAt: null,
  isAllDay: false,
  bufferBeforeMinutes: buffer,
  bufferAfterMinutes: buffer,
});

test("places lie within the day", () => {
  expect(placeIn(day, range("06:00", "12:00"))).toEqual({ from: 25, size: 25 });
  const over = { startsAt: new Date("2027-02-28T18:00:00Z"), endsAt: at("12:00") };
  expect(placeIn(day, over)).toEqual({ from: 0, size: 50 });
});

test("days of 23 hours have as many", () => {
  expect(hoursOf({ startsAt: at("00:00"), endsAt: at("23:00") })).toHaveLength(23);
});

test("what overlaps with its buffers stands side by side, what touches does not", () => {
  expect(trackItems([item("09:00", "10:00"), item("10:00", "11:00")]).tracks).toBe(1);
  const crowd = trackItems([item("09:00", "10:00", 15), item("10:00", "11:00", 15), item("12:00", "13:00")]);
  expect(crowd.tracks).toBe(2);
  expect(crowd.tracked.map(({ track }) => track)).toEqual([0, 1, 0]);
});

test("marks reach to the next start, or as far as the meeting", () => {
  const starts = [start("09:00", "09:30"), start("09:15", "09:45"), start("11:00", "11:30")];
  expect(marksOf(starts).map(({ endsAt }) => endsAt)).toEqual([at("09:15"), at("09:45"), at("11:30")]);
});

test("starts in a row with the same answer are one", () => {
  const groups = groupStarts([
    start("09:00", "09:30"),
    start("09:30", "10:00"),
    start("10:00", "10:30", "Lunch"),
    start("10:30", "11:00"),
  ]);
  expect(groups.map(({ count, reasons }) => [count, reasons])).toEqual([
    [2, []],
    [1, ["Lunch"]],
    [1, []],
  ]);
});
