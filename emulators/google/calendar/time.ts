import { invalid, required } from "../errors";
import type { EventTime, GoogleEvent } from "../state";
import { formatIn, isZone, toInstant } from "./zone";

const withOffset = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/i;
const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?$/;
const date = /^\d{4}-\d\d-\d\d$/;

/** An instant with its offset, or null for anything else. Milliseconds are ignored, as Google does. */
export function parseInstant(text: string): number | null {
  if (!withOffset.test(text)) return null;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? null : Math.floor(instant / 1000) * 1000;
}

/** Half-open; an all-day event begins at midnight of the calendar's zone. */
export type Span = { from: number; to: number };
/** `horizon` ends series that nothing else ends; single events stand beyond it. */
export type Window = Span & { horizon?: number };

export function spanOf(event: Pick<GoogleEvent, "start" | "end">, zone: string): Span {
  return { from: instantOf(event.start, zone), to: instantOf(event.end, zone) };
}

export function instantOf(time: EventTime, zone: string): number {
  if (time.date) return toInstant(Date.parse(time.date), zone);
  return Date.parse(time.dateTime ?? "");
}

/** Both bounds are exclusive: an event that ends at `from` or starts at `to` is outside. */
export function isInside(span: Span, window: Span): boolean {
  return span.to > window.from && span.from < window.to;
}

/** A start or end as it is kept, with an offset. @throws Refusal as Google does for what is missing or wrong */
export function readTime(time: unknown, { name, zone, repeats }: Reading): EventTime {
  if (typeof time !== "object" || time === null) throw required(`Missing ${name} time.`);
  const given = time as EventTime;
  if (given.date != null && given.dateTime != null) throw invalid(`Invalid ${name} time.`);
  if (given.date != null) return readDate(given.date, name);
  if (given.dateTime == null) throw required(`Missing ${name} time.`);
  if (given.timeZone != null && !isZone(given.timeZone)) {
    throw invalid(`Invalid time zone definition for ${name} time.`);
  }
  if (repeats && given.timeZone == null) throw required(`Missing time zone definition for ${name} time.`);
  const instant = readInstant(given, name);
  const timeZone = given.timeZone ?? zone;
  return { dateTime: formatIn(instant, timeZone), timeZone };
}

type Reading = { name: "start" | "end"; zone: string; repeats: boolean };

function readDate(text: string, name: string): EventTime {
  const isReal = date.test(text) && new Date(Date.parse(text)).toISOString().slice(0, 10) === text;
  if (!isReal) throw invalid(`Invalid value for: Invalid format: "${text}" (${name}.date)`);
  return { date: text };
}

function readInstant(time: EventTime, name: string): number {
  const text = time.dateTime ?? "";
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  if (!local.test(text) || Number.isNaN(Date.parse(`${text}Z`))) {
    throw invalid(`Invalid value for: Invalid format: "${text}" (${name}.dateTime)`);
  }
  if (time.timeZone == null) throw required(`Missing time zone definition for ${name} time.`);
  return toInstant(Date.parse(`${text}Z`), time.timeZone);
}
