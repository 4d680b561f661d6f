import {
  type DayNumber,
  dayNumber,
  dayNumberOf,
  dayParts,
  type Naive,
  weekdayOf,
  weekYearOf,
  weekYearStart,
} from "./naive";
import type { Rule, WeekdayRule } from "./rule";

/** Says whether the rule's BY… parts let a day through. What the rule leaves open, DTSTART fills in. */
export function dayFilter(rule: Rule, start: Naive): (day: DayNumber) => boolean {
  const { byMonth, byMonthDay, byYearDay, byWeekNumber, byDay } = withDefaults(rule, start);
  return (day) => {
    const { year, month, day: dayOfMonth } = dayParts(day);
    if (byMonth && !byMonth.includes(month)) return false;
    if (byMonthDay && !includesPosition(byMonthDay, dayOfMonth, daysIn(year, month))) return false;
    if (byYearDay) {
      const first = dayNumber(year, 1, 1);
      if (!includesPosition(byYearDay, day - first + 1, dayNumber(year + 1, 1, 1) - first)) return false;
    }
    if (byWeekNumber && !isInWeek(byWeekNumber, day, rule.weekStart)) return false;
    if (!byDay) return true;
    const span = spanOfOrdinals(rule, year, month);
    return byDay.some((wanted) => isWeekday(wanted, day, span));
  };
}

type DayParts = Pick<Rule, "byMonth" | "byMonthDay" | "byYearDay" | "byWeekNumber" | "byDay">;

/** RFC 5545 §3.3.10: information missing from the rule is taken from DTSTART. */
function withDefaults(rule: Rule, start: Naive): DayParts {
  const { byMonth, byMonthDay, byYearDay, byWeekNumber, byDay } = rule;
  if (byMonthDay || byYearDay || byDay) return rule;
  const day = dayNumberOf(start);
  const sameWeekday = [{ weekday: weekdayOf(day), ordinal: 0 }];
  const parts = dayParts(day);
  if (rule.frequency === "WEEKLY" || byWeekNumber) return { ...rule, byDay: sameWeekday };
  if (rule.frequency === "MONTHLY") return { ...rule, byMonthDay: [parts.day] };
  if (rule.frequency === "YEARLY") {
    return { ...rule, byMonth: byMonth ?? [parts.month], byMonthDay: [parts.day] };
  }
  return rule;
}

type Span = { first: DayNumber; end: DayNumber };

/** Where "the second Monday" is counted: in the month, in the year, or (null) not at all. */
function spanOfOrdinals(rule: Rule, year: number, month: number): Span | null {
  const isMonthly = rule.frequency === "MONTHLY" || (rule.frequency === "YEARLY" && rule.byMonth);
  if (isMonthly) return { first: dayNumber(year, month, 1), end: dayNumber(year, month + 1, 1) };
  if (rule.frequency !== "YEARLY" || rule.byWeekNumber) return null;
  return { first: dayNumber(year, 1, 1), end: dayNumber(year + 1, 1, 1) };
}

function isWeekday({ weekday, ordinal }: WeekdayRule, day: DayNumber, span: Span | null): boolean {
  if (weekdayOf(day) !== weekday) return false;
  // An ordinal where the RFC forbids one (a weekly "2MO") is ignored, as most engines do.
  if (ordinal === 0 || !span) return true;
  if (ordinal > 0) return Math.floor((day - span.first) / 7) + 1 === ordinal;
  return Math.floor((span.end - 1 - day) / 7) + 1 === -ordinal;
}

function isInWeek(wanted: number[], day: DayNumber, weekStart: number): boolean {
  const weekYear = weekYearOf(day, weekStart);
  const first = weekYearStart(weekYear, weekStart);
  const weeks = (weekYearStart(weekYear + 1, weekStart) - first) / 7;
  return includesPosition(wanted, Math.floor((day - first) / 7) + 1, weeks);
}

/** `position` from 1; wanted -1 means the last of `length`. */
function includesPosition(wanted: number[], position: number, length: number): boolean {
  return wanted.includes(position) || wanted.includes(position - length - 1);
}

function daysIn(year: number, month: number): number {
  return dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);
}
