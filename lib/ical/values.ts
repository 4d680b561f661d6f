import { DAY, dayNumber, dayParts, HOUR, MINUTE, type Naive, SECOND } from "./naive";

export type ParsedDateTime = { naive: Naive; isDate: boolean; isUtc: boolean };

const dateTimePattern =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?(Z)?)?$/i;

/** A DATE or DATE-TIME, also in the dashed form some exports use; null when it names no day of any calendar. */
export function parseDateTime(text: string): ParsedDateTime | null {
  const match = dateTimePattern.exec(text.trim());
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map((digits) => Number(digits ?? 0));
  const number = dayNumber(year ?? 0, month ?? 0, day ?? 0);
  const parts = dayParts(number);
  if (!year || parts.month !== month || parts.day !== day) return null;
  const isDate = match[4] === undefined;
  if ((hour ?? 0) > 24 || (minute ?? 0) > 59 || (second ?? 0) > 60) return null;
  // A leap second has no place on our clock: the second before it stands in.
  const time = (hour ?? 0) * HOUR + (minute ?? 0) * MINUTE + Math.min(second ?? 0, 59) * SECOND;
  return { naive: number * DAY + time, isDate, isUtc: match[7] !== undefined };
}

/** Days are nominal, kept on the wall clock across DST; the rest is exact (RFC 5545 §3.3.6). */
export type Length = { days: number; exact: number };

const durationPattern =
  /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)?$/i;

/** Null when the text is no DURATION. */
export function parseDuration(text: string): Length | null {
  const match = durationPattern.exec(text.trim());
  if (!match || !/\d/.test(text)) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(2, 7).map((digits) => Number(digits ?? 0));
  const sign = match[1] === "-" ? -1 : 1;
  return {
    days: sign * ((weeks ?? 0) * 7 + (days ?? 0)),
    exact: sign * ((hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE + (seconds ?? 0) * SECOND),
  };
}
