import { AppError } from "@/lib/errors";
import type { Naive } from "./naive";
import { parseDateTime } from "./values";

export const frequencies = [
  "YEARLY",
  "MONTHLY",
  "WEEKLY",
  "DAILY",
  "HOURLY",
  "MINUTELY",
  "SECONDLY",
] as const;
export type Frequency = (typeof frequencies)[number];

/** `ordinal` 0 is every such weekday; -1 the last one of the month or year. Monday is 0. */
export type WeekdayRule = { weekday: number; ordinal: number };

/** A recurrence rule (RFC 5545 §3.3.10) whose values are in range. A part the rule does not name is absent. */
export type Rule = {
  frequency: Frequency;
  interval: number;
  count?: number;
  until?: Until;
  /** 0 is Monday, the default. */
  weekStart: number;
  bySecond?: number[];
  byMinute?: number[];
  byHour?: number[];
  byDay?: WeekdayRule[];
  byMonthDay?: number[];
  byYearDay?: number[];
  byWeekNumber?: number[];
  byMonth?: number[];
  bySetPosition?: number[];
};

/** `utc` must still be moved to the event's wall clock; `day` includes that whole day. */
export type Until = { kind: "utc" | "local" | "day"; naive: Naive };

type NumberPart = Exclude<keyof Rule, "frequency" | "interval" | "count" | "until" | "weekStart" | "byDay">;
const numberParts: Record<string, { part: NumberPart; min: number; max: number; signed: boolean }> = {
  BYSECOND: { part: "bySecond", min: 0, max: 60, signed: false },
  BYMINUTE: { part: "byMinute", min: 0, max: 59, signed: false },
  BYHOUR: { part: "byHour", min: 0, max: 23, signed: false },
  BYMONTHDAY: { part: "byMonthDay", min: 1, max: 31, signed: true },
  BYYEARDAY: { part: "byYearDay", min: 1, max: 366, signed: true },
  BYWEEKNO: { part: "byWeekNumber", min: 1, max: 53, signed: true },
  BYMONTH: { part: "byMonth", min: 1, max: 12, signed: false },
  BYSETPOS: { part: "bySetPosition", min: 1, max: 366, signed: true },
};
const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** Tolerates case, spaces, empty and unknown parts. @throws AppError invalid for a value outside its range */
export function parseRule(text: string): Rule {
  const parts = splitParts(text);
  const frequency = frequencies.find((name) => name === parts.get("FREQ"));
  if (!frequency) throw new AppError("invalid", `The repeat rule "${text}" has no known frequency.`);
  refuseOtherCalendars(parts);

  const rule: Rule = {
    frequency,
    // 0 breaks the RFC but is out there; libical and ical.js read it as 1 too.
    interval: Math.max(1, parseNumber("INTERVAL", parts.get("INTERVAL") ?? "1")),
    weekStart: parts.has("WKST") ? parseWeekday(parts.get("WKST") ?? "") : 0,
  };
  const count = parts.get("COUNT");
  if (count) rule.count = parseNumber("COUNT", count);
  if (rule.count === 0) throw new AppError("invalid", "The repeat rule has COUNT=0.");
  const until = parts.get("UNTIL");
  if (until) rule.until = parseUntil(until);
  const byDay = parts.get("BYDAY");
  if (byDay) rule.byDay = splitList(byDay).map(parseWeekdayRule);
  for (const [name, { part, min, max, signed }] of Object.entries(numberParts)) {
    const value = parts.get(name);
    if (value) rule[part] = splitList(value).map((item) => parseInRange(name, item, min, max, signed));
  }
  return rule;
}

function splitParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.toUpperCase().replace(/\s+/g, "").split(";")) {
    const [name = "", value = ""] = part.split("=");
    if (value) parts.set(name, value);
  }
  return parts;
}

function splitList(value: string): string[] {
  return [...new Set(value.split(","))].filter((item) => item !== "");
}

// RFC 7529. Gregorian without SKIP is what we do anyway; anything else would silently give wrong days.
function refuseOtherCalendars(parts: Map<string, string>): void {
  const scale = parts.get("RSCALE") ?? "GREGORIAN";
  const skip = parts.get("SKIP") ?? "OMIT";
  if (scale !== "GREGORIAN" || skip !== "OMIT") {
    throw new AppError("invalid", `The repeat rule uses RSCALE=${scale};SKIP=${skip}, which we do not read.`);
  }
}

function parseNumber(name: string, value: string): number {
  if (!/^\+?\d{1,9}$/.test(value)) {
    throw new AppError("invalid", `The repeat rule has ${name}=${value}, which is no number.`);
  }
  return Number(value);
}

function parseInRange(name: string, value: string, min: number, max: number, signed: boolean): number {
  const number = /^[+-]?\d{1,3}$/.test(value) ? Number(value) : Number.NaN;
  const size = signed ? Math.abs(number) : number;
  if (size >= min && size <= max) return number;
  throw new AppError("invalid", `The repeat rule has ${name}=${value}, which never happens.`);
}

function parseWeekday(value: string): number {
  const weekday = weekdays.indexOf(value);
  if (weekday < 0) throw new AppError("invalid", `The repeat rule names "${value}" as a weekday.`);
  return weekday;
}

function parseWeekdayRule(value: string): WeekdayRule {
  const ordinal = value.slice(0, -2);
  return {
    weekday: parseWeekday(value.slice(-2)),
    ordinal: ordinal === "" ? 0 : parseInRange("BYDAY", ordinal, 1, 53, true),
  };
}

function parseUntil(value: string): Until {
  const until = parseDateTime(value);
  if (!until) throw new AppError("invalid", `The repeat rule ends at "${value}", which is no date.`);
  if (until.isDate) return { kind: "day", naive: until.naive };
  return { kind: until.isUtc ? "utc" : "local", naive: until.naive };
}
