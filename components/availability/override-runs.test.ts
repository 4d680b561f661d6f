import { expect, test } from "vitest";
import { rangeText, runsOf, withHours } from "./override-runs";

const day = { startMinute: 540, endMinute: 720 };
const night = { startMinute: 1320, endMinute: 1560 };

test("dates in a row with the same hours are one, nights stay apart", () => {
  const dates = ["2027-02-28", "2027-03-01", "2027-03-03"].map((date) => ({ day: date, hours: [day] }));
  expect(runsOf(dates)).toEqual([
    { firstDay: "2027-02-28", lastDay: "2027-03-01", hours: [day] },
    { firstDay: "2027-03-03", lastDay: "2027-03-03", hours: [day] },
  ]);
  expect(runsOf(["2027-03-01", "2027-03-02"].map((date) => ({ day: date, hours: [night] })))).toHaveLength(2);
});

test("hours are put on dates and taken off again", () => {
  const range = { firstDay: "2027-03-01", lastDay: "2027-03-02" };
  const known = [
    { day: "2027-03-02", hours: [day] },
    { day: "2027-03-05", hours: [] },
  ];
  expect(withHours(known, range, [])).toEqual([
    { day: "2027-03-01", hours: [] },
    { day: "2027-03-02", hours: [] },
    { day: "2027-03-05", hours: [] },
  ]);
  expect(withHours(known, range, null)).toEqual([{ day: "2027-03-05", hours: [] }]);
});

test("ranges are written once around", () => {
  expect(rangeText({ firstDay: "2027-03-01", lastDay: "2027-03-01" }, "en-GB")).toBe("Monday 1 March 2027");
  expect(rangeText({ firstDay: "2026-12-31", lastDay: "2027-01-02" }, "en-GB")).toMatch(
    /^Thu,? 31 Dec 2026 – Sat,? 2 Jan 2027$/,
  );
});
