import { findIanaZone } from "@/lib/ical/iana";
import { formatNaive, type Naive } from "@/lib/ical/naive";
import { readCopy } from "@/lib/ical/read-copy";
import { clockOf, writeRule } from "@/lib/ical/write-event";
import { toInstant, toNaive, type Zone } from "@/lib/ical/zone";
import type { EventDraft, OccurrenceTime } from "@/lib/providers/provider";
import type { StoredRecurrence } from "@/lib/providers/recurrence";

/** The rule, and the occurrences that are off; those that say something else are instances of their own. */
export function linesOf(draft: EventDraft, { rule, exceptions }: StoredRecurrence): string[] {
  const zone = clockOf(draft);
  const off = exceptions.filter(({ says }) => says === null).map(({ key }) => exdateOf(key, zone));
  return [`RRULE:${writeRule(rule, draft.time.kind, zone)}`, ...off];
}

function exdateOf(key: string, zone: Zone): string {
  if (key.length === 10) return `EXDATE;VALUE=DATE:${key.replaceAll("-", "")}`;
  const instant = Date.parse(key);
  const wall = toNaive(zone, instant);
  // The second pass of an hour that the clock shows twice has no name but in UTC.
  if (zone.id === "UTC" || toInstant(zone, wall) !== instant) return `EXDATE:${compact(instant)}Z`;
  return `EXDATE;TZID=${zone.id}:${compact(wall)}`;
}

/**
 * How a series repeats, as Google has it in lines of iCalendar without DTSTART; with the occurrences that those call
 * off. Null where one rule with exceptions cannot say it.
 */
export function readLines(
  lines: string[],
  time: OccurrenceTime,
  timeZone: string | null,
): StoredRecurrence | null {
  const zone = timeZone === null ? null : findIanaZone(timeZone);
  if ((time.kind === "timed" && !zone) || lines.some((line) => /[\r\n]/.test(line))) return null;
  const event = ["UID:series", "DTSTAMP:20000101T000000Z", ...startAndEnd(time, zone, timeZone), ...lines];
  const text = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", ...event, "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
  return readCopy(text, timeZone ?? "UTC")?.recurrence ?? null;
}

function startAndEnd(time: OccurrenceTime, zone: Zone | null, timeZone: string | null): string[] {
  if (time.kind === "allDay" || !zone) {
    const days = time.kind === "allDay" ? [time.startDay, time.endDay] : [];
    return days.map((day, n) => `${n ? "DTEND" : "DTSTART"};VALUE=DATE:${day.replaceAll("-", "")}`);
  }
  const at = (instant: Date) => compact(toNaive(zone, instant.getTime()));
  return [`DTSTART;TZID=${timeZone}:${at(time.startsAt)}`, `DTEND;TZID=${timeZone}:${at(time.endsAt)}`];
}

/** `20260316T100000` */
export const compact = (at: Naive | number): string => formatNaive(at).replace(/[-:]/g, "");
