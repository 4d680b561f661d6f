import type { Repeating } from "@/lib/ical/expand-recurrence";
import { wallClockOf } from "@/lib/ical/expand-recurrence";
import { getIanaZone } from "@/lib/ical/iana";
import { DAY, type DayNumber, dayNumber, dayNumberOf, dayParts, weekdayOf } from "@/lib/ical/naive";
import { parseRule } from "@/lib/ical/rule";
import { toInstant, toNaive } from "@/lib/ical/zone";

// A rule as text, part by part; those nobody touches stay as they were written.

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

function withParts(rule: string, changes: Record<string, string | null>): string {
  const parts = new Map(rule.split(";").map((part) => splitPart(part)));
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) parts.delete(name);
    else parts.set(name, value);
  }
  return [...parts].flatMap(([name, value]) => (name && value ? [`${name}=${value}`] : [])).join(";");
}

function splitPart(part: string): [string, string] {
  const [name = "", ...value] = part.toUpperCase().replace(/\s+/g, "").split("=");
  return [name, value.join("=")];
}

const known = new Set(
  "FREQ INTERVAL COUNT UNTIL WKST BYSECOND BYMINUTE BYHOUR BYDAY BYMONTHDAY BYYEARDAY BYWEEKNO BYMONTH BYSETPOS".split(
    " ",
  ),
);

/**
 * A rule that somebody typed, in the one spelling that every server takes and gives back; null where it says what
 * nobody knows, or something twice.
 */
export function tidyRule(rule: string): string | null {
  const parts = rule
    .replace(/^\s*RRULE:/i, "")
    .split(";")
    .map((part) => splitPart(part))
    .filter(([name]) => name !== "");
  const isKnown = ([name, value]: [string, string]) =>
    known.has(name) &&
    /^[A-Z0-9+-]+(,[A-Z0-9+-]+)*$/.test(value) &&
    !(name === "INTERVAL" && Number(value) === 0);
  if (new Set(parts.map(([name]) => name)).size < parts.length || !parts.every(isKnown)) return null;
  return parts.map((part) => part.join("=")).join(";");
}

export const withCount = (rule: string, count: number): string => withParts(rule, { COUNT: String(count) });

/** The rule with that day as its last: an end of a kind with the start, as RFC 5545 §3.3.10 wants it. */
export function endingOn(
  rule: string,
  day: DayNumber,
  { time, timeZone }: Omit<Repeating, "recurrence">,
): string {
  const until =
    time.kind === "allDay"
      ? compact(day * DAY).slice(0, 8)
      : `${compact(toInstant(getIanaZone(timeZone), (day + 1) * DAY - 1000))}Z`;
  return withParts(rule, { COUNT: null, UNTIL: until });
}

const compact = (at: number) => new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, "");

/** The last day the rule may have an occurrence on, if it names one. It has one a day at most. */
export function lastDayOf({ time, timeZone, recurrence }: Repeating): DayNumber | null {
  const { until } = parseRule(recurrence.rule);
  if (!until) return null;
  const isTimed = time.kind === "timed";
  const end = until.kind === "utc" && isTimed ? toNaive(getIanaZone(timeZone), until.naive) : until.naive;
  const day = dayNumberOf(end);
  if (until.kind === "day" || !isTimed) return day;
  const start = wallClockOf(time, timeZone);
  const timeOfDay = start - dayNumberOf(start) * DAY;
  return end - day * DAY >= timeOfDay ? day : day - 1;
}

/**
 * What somebody means who takes an occurrence to another day and the whole series with it: a weekly Monday becomes a
 * Tuesday, the 15th the 17th, the second Monday the second Tuesday. Where that is not to be guessed, the rule stays,
 * and does not fit its start any more.
 */
export function movedRule(rule: string, from: DayNumber, to: DayNumber): string {
  if (from === to) return rule;
  const { frequency, interval, byDay, byMonthDay, byMonth, bySetPosition, weekStart } = parseRule(rule);
  if (frequency === "WEEKLY" || frequency === "DAILY") {
    const rotate = (weekday: number) => weekdays[(((weekday + to - from) % 7) + 7) % 7] ?? "";
    return withParts(rule, {
      ...(byDay && { BYDAY: byDay.map(({ weekday }) => rotate(weekday)).join(",") }),
      // Which weeks count hangs on where they begin.
      ...(byDay && frequency === "WEEKLY" && interval > 1 && { WKST: rotate(weekStart) }),
    });
  }
  const { year, month, day } = dayParts(to);
  const fromEnd = dayNumber(year, month + 1, 1) - to;
  const [weekday] = byDay ?? [];
  const [dayOfMonth] = byMonthDay ?? [];
  return withParts(rule, {
    ...(byMonth?.length === 1 && { BYMONTH: String(month) }),
    ...(byMonthDay?.length === 1 && { BYMONTHDAY: String((dayOfMonth ?? 0) > 0 ? day : -fromEnd) }),
    ...(byDay?.length === 1 &&
      !bySetPosition &&
      weekday && { BYDAY: `${ordinalOf(weekday.ordinal, day, fromEnd)}${weekdays[weekdayOf(to)]}` }),
  });
}

function ordinalOf(before: number, day: number, fromEnd: number): string {
  if (before === 0) return "";
  return String(before > 0 ? Math.ceil(day / 7) : -Math.ceil(fromEnd / 7));
}
