import {
  addDays,
  addMonths,
  type Day,
  dayOfWeek,
  daysIn,
  firstDayOf,
  formatDay,
  formatMonth,
  monthOf,
  type Weekday,
} from "@/lib/time";

export const views = ["month", "week", "day", "list"] as const;
export type View = (typeof views)[number];

/** How far the list looks ahead. */
const listDays = 28;

/** The days a view shows around `day`, the end exclusive. */
export function daysOf(view: View, day: Day, weekStart: Weekday): { from: Day; to: Day } {
  if (view === "day") return { from: day, to: addDays(day, 1) };
  if (view === "list") return { from: day, to: addDays(day, listDays) };
  const monday = (each: Day) => addDays(each, -dayOfWeek(each, weekStart));
  if (view === "week") return { from: monday(day), to: addDays(monday(day), 7) };
  const month = monthOf(day);
  const last = addDays(firstDayOf(month), daysIn(month) - 1);
  return { from: monday(firstDayOf(month)), to: addDays(monday(last), 7) };
}

/** Where the arrows lead. */
export function turn(view: View, day: Day, by: 1 | -1): Day {
  if (view === "month") return firstDayOf(addMonths(monthOf(day), by));
  if (view === "list") return addDays(day, by * listDays);
  return addDays(day, by * (view === "week" ? 7 : 1));
}

/** What is looked at, in words. */
export function titleOf(view: View, day: Day, weekStart: Weekday, locale: string): string {
  if (view === "month") return formatMonth(monthOf(day), locale);
  if (view === "day")
    return formatDay(day, locale, { weekday: "short", day: "numeric", month: "long", year: "numeric" });
  const { from, to } = daysOf(view, day, weekStart);
  return spanText(from, addDays(to, -1), locale);
}

/** `16 – 22 November 2026`, `30 Nov – 6 Dec 2026`, in the order of the locale. */
export function spanText(first: Day, last: Day, locale: string): string {
  const style = { day: "numeric", month: monthOf(first) === monthOf(last) ? "long" : "short" } as const;
  const at = (day: Day) => new Date(`${day}T12:00:00Z`);
  return new Intl.DateTimeFormat(locale, { ...style, year: "numeric", timeZone: "UTC" }).formatRange(
    at(first),
    at(last),
  );
}
