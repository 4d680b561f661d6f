import type { Interval, Span } from "@/lib/availability/schema";
import type { DateRange, OverriddenDay } from "@/lib/schedules/schema";
import { addDays, type Day, formatDay, weekdayOf } from "@/lib/time";

export type Run = DateRange & { hours: Span[] };

/** Dates in a row with the same hours, as one. Those past midnight stand alone: each has a next day of its own. */
export function runsOf(overrides: OverriddenDay[]): Run[] {
  const runs: Run[] = [];
  for (const { day, hours } of overrides) {
    const last = runs.at(-1);
    if (last && addDays(last.lastDay, 1) === day && canJoin(last.hours, hours)) last.lastDay = day;
    else runs.push({ firstDay: day, lastDay: day, hours });
  }
  return runs;
}

/** The overrides once those dates have these hours; null: their weekly ones again. */
export function withHours(
  overrides: OverriddenDay[],
  { firstDay, lastDay }: DateRange,
  hours: Span[] | null,
): OverriddenDay[] {
  const others = overrides.filter(({ day }) => day < firstDay || day > lastDay);
  if (hours === null) return others;
  const added: OverriddenDay[] = [];
  for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) added.push({ day, hours });
  return [...others, ...added].sort((one, other) => (one.day < other.day ? -1 : 1));
}

export function weeklyOn(weekly: Interval[], day: Day): Interval[] {
  return weekly.filter(({ weekday }) => weekday === (weekdayOf(day) || 7));
}

/** Both ends in order, whichever was chosen first. */
export function rangeOf(one: Day, other: Day): DateRange {
  return one <= other ? { firstDay: one, lastDay: other } : { firstDay: other, lastDay: one };
}

/** `Monday 1 March 2027`, `Mon 1 Mar – Fri 5 Mar 2027`. */
export function rangeText({ firstDay, lastDay }: DateRange, locale: string): string {
  if (firstDay === lastDay) return formatDay(firstDay, locale);
  const short = { weekday: "short", day: "numeric", month: "short" } as const;
  const year = firstDay.slice(0, 4) === lastDay.slice(0, 4) ? {} : ({ year: "numeric" } as const);
  return `${formatDay(firstDay, locale, { ...short, ...year })} – ${formatDay(lastDay, locale, { ...short, year: "numeric" })}`;
}

function canJoin(one: Span[], other: Span[]): boolean {
  const isOneDay = [...one, ...other].every(({ endMinute }) => endMinute <= 1440);
  return isOneDay && JSON.stringify(one) === JSON.stringify(other);
}
