import { Temporal } from "temporal-polyfill";

// Clocks of the oracle, which serves tests only. Instants are milliseconds since 1970.

export type Range = { start: number; end: number };

export const minuteMs = 60_000;
const dayMinutes = 1440;

/** Temporal's "compatible" is the page's rule: the first of two occurrences, in a gap the offset before it. */
export function instantOf(local: Temporal.PlainDateTime, timeZone: string): number {
  return local.toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds;
}

/** What the clock shows. */
export function localOf(instant: number, timeZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

export function dateOf(instant: number, timeZone: string): Temporal.PlainDate {
  return localOf(instant, timeZone).toPlainDate();
}

export function midnightOf(date: Temporal.PlainDate, timeZone: string): number {
  return instantOf(date.toPlainDateTime("00:00"), timeZone);
}

/** From `startMinute` to `endMinute` after midnight on the wall clock, each turned into an instant by itself. */
export function wallClockRange(
  date: Temporal.PlainDate,
  { startMinute, endMinute }: { startMinute: number; endMinute: number },
  timeZone: string,
): Range {
  const at = (minute: number) => {
    const days = Math.floor(minute / dayMinutes);
    const local = date.add({ days }).toPlainDateTime("00:00");
    return instantOf(local.add({ minutes: minute - days * dayMinutes }), timeZone);
  };
  return { start: at(startMinute), end: at(endMinute) };
}

/** The local day, from 00:00 to 24:00. */
export function dayRange(date: Temporal.PlainDate, timeZone: string): Range {
  return wallClockRange(date, { startMinute: 0, endMinute: dayMinutes }, timeZone);
}

/** All dates from the one `days` before `range` to the one `days` after it. */
export function datesAround(range: Range, days: number, timeZone: string): Temporal.PlainDate[] {
  const last = dateOf(range.end, timeZone).add({ days });
  const dates = [dateOf(range.start, timeZone).subtract({ days })];
  for (let date = dates[0]; date && isBefore(date, last); dates.push(date)) date = date.add({ days: 1 });
  return dates;
}

export function isBefore(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) < 0;
}

export function mondayOf(date: Temporal.PlainDate): Temporal.PlainDate {
  return date.subtract({ days: date.dayOfWeek - 1 });
}

export function overlaps(one: Range, other: Range): boolean {
  return one.start < other.end && other.start < one.end;
}

export function isRange({ start, end }: Range): boolean {
  return start < end;
}
