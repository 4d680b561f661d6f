import { expect, it } from "vitest";
import { bookingMonths } from "./booking-window";
import { offsetsOn } from "./day-times";

const window = {
  bookingWindowKind: "rolling_days" as const,
  bookingWindowDays: 10,
  windowFirstDay: null,
  windowLastDay: null,
  timeZone: "Europe/Brussels",
};
const now = new Date("2026-03-20T12:00:00Z");

it("days ahead are counted where the hours are", () => {
  expect(bookingMonths(window, now, "Europe/Brussels")).toEqual({ first: "2026-03", last: "2026-03" });
  const more = { ...window, bookingWindowDays: 11 };
  // The 31st ends at 22:00 UTC, when it is the 1st in Kathmandu already.
  expect(bookingMonths(more, now, "Asia/Kathmandu").last).toBe("2026-04");
  expect(bookingMonths(more, now, "Pacific/Honolulu").last).toBe("2026-03");
});

it("business days leave out the weekends", () => {
  const days = (bookingWindowDays: number) =>
    bookingMonths({ ...window, bookingWindowKind: "business_days", bookingWindowDays }, now, "UTC").last;
  // Friday the 20th; seven more business days end on Tuesday the 31st.
  expect([7, 8].map(days)).toEqual(["2026-03", "2026-04"]);
});

it("a range opens in its first month, and stays at today's when it is over", () => {
  const range = (windowFirstDay: string, windowLastDay: string) =>
    bookingMonths(
      { ...window, bookingWindowKind: "date_range", windowFirstDay, windowLastDay },
      now,
      "Pacific/Honolulu",
    );
  expect(range("2026-05-04", "2026-07-10")).toEqual({ first: "2026-05", last: "2026-07" });
  // Midnight of 1 May in Brussels is 30 April in Honolulu.
  expect(range("2026-05-01", "2026-05-31").first).toBe("2026-04");
  expect(range("2026-01-01", "2026-02-28")).toEqual({ first: "2026-03", last: "2026-03" });
});

it("a day has two offsets where the clocks change among its times", () => {
  const slots = (...starts: string[]) => starts.map((start) => ({ start, end: start }));
  const change = "2026-03-29";
  expect(offsetsOn(change, slots("2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"), "Europe/Brussels")).toEqual(
    ["GMT+1", "GMT+2"],
  );
  expect(offsetsOn(change, slots("2026-03-29T09:00:00Z"), "Europe/Brussels")).toEqual(["GMT+2"]);
  expect(offsetsOn(change, [], "Asia/Kathmandu")).toEqual(["GMT+5:45"]);
});
