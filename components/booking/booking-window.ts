import type { BookingPage } from "@/lib/booking/public";
import { addDays, type Day, dayOf, type Month, monthOf, weekdayOf } from "@/lib/time";

type Window = Pick<
  BookingPage["eventType"],
  "bookingWindowKind" | "bookingWindowDays" | "windowFirstDay" | "windowLastDay" | "timeZone"
>;

/** The months, as the visitor's calendar has them, that the booking window reaches into. */
export function bookingMonths(window: Window, now: Date, timeZone: string): { first: Month; last: Month } {
  const days = bookingDays(window, now);
  const opens = instantAt(days.first, "00:00:00", window.timeZone);
  const closes = instantAt(days.last, "23:59:59", window.timeZone);
  const first = monthOf(dayOf(opens < now ? now : opens, timeZone));
  return { first, last: monthOf(dayOf(closes < now ? now : closes, timeZone)) };
}

/** First and last day of the window, counted where its hours are (docs/availability.md, 8). */
function bookingDays(window: Window, now: Date): { first: Day; last: Day } {
  const today = dayOf(now, window.timeZone);
  const { bookingWindowKind, bookingWindowDays, windowFirstDay, windowLastDay } = window;
  if (bookingWindowKind === "date_range" && windowFirstDay && windowLastDay)
    return { first: windowFirstDay, last: windowLastDay };
  if (bookingWindowKind === "business_days")
    return { first: today, last: addBusinessDays(today, bookingWindowDays) };
  return { first: today, last: addDays(today, bookingWindowDays) };
}

function addBusinessDays(day: Day, count: number): Day {
  let [reached, left] = [day, count];
  while (left > 0) {
    reached = addDays(reached, 1);
    if (weekdayOf(reached) % 6 !== 0) left--;
  }
  return reached;
}

/** Right but for the hours around a change of the clocks, which is enough to tell a month. */
function instantAt(day: Day, time: string, timeZone: string): Date {
  const utc = Date.parse(`${day}T${time}Z`);
  const shown = new Date(utc).toLocaleString("sv-SE", { timeZone }).replace(" ", "T");
  return new Date(utc - (Date.parse(`${shown}Z`) - utc));
}
