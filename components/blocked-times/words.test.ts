import { expect, test } from "vitest";
import { whenText } from "./words";

const once = { weekdays: null, everyWeeks: 1, untilDay: null };
const text = (startsAt: string, endsAt: string, more: object = {}) =>
  // Versions of Node disagree over the comma after a short weekday.
  whenText(
    { startsAt: `${startsAt}:00`, endsAt: `${endsAt}:00`, ...once, ...more },
    { locale: "en-GB", hour12: false },
  ).replace(/(Mon|Tue|Wed|Thu|Fri|Sat|Sun),/g, "$1");

test("a time once, across midnight, a day and several", () => {
  expect(text("2027-03-03 09:30", "2027-03-03 10:15")).toBe("Wednesday 3 March 2027, 09:30–10:15");
  expect(text("2027-03-03 22:00", "2027-03-04 02:00")).toBe("Wed 3 Mar 2027, 22:00 – Thu 4 Mar 2027, 02:00");
  expect(text("2027-03-03 00:00", "2027-03-04 00:00")).toBe("Wednesday 3 March 2027, all day");
  expect(text("2027-03-03 00:00", "2027-03-06 00:00")).toBe("Wed 3 Mar 2027 – Fri 5 Mar 2027, all day");
});

test("what recurs says on which days, how often and until when", () => {
  expect(text("2027-03-01 12:00", "2027-03-01 13:00", { weekdays: [1, 2, 5] })).toBe(
    "Every Monday, Tuesday and Friday, 12:00–13:00, from Mon 1 Mar 2027",
  );
  expect(
    text("2027-03-01 00:00", "2027-03-02 00:00", { weekdays: [1], everyWeeks: 2, untilDay: "2027-06-28" }),
  ).toBe("Every 2 weeks on Monday, all day, from Mon 1 Mar 2027 until Mon 28 Jun 2027");
  expect(text("2027-03-01 22:00", "2027-03-02 06:00", { weekdays: [1, 2, 3, 4, 5, 6, 7] })).toBe(
    "Every day, 22:00–06:00 next day, from Mon 1 Mar 2027",
  );
});
