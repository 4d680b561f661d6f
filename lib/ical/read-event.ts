import { AppError } from "@/lib/errors";
import { type Component, type Property, readProperties } from "./content";
import { type CalEvent, type CalTime, type ExtraDate, pointOf } from "./model";
import { DAY, dayNumberOf } from "./naive";
import { parseRule } from "./rule";
import { type Length, parseDateTime, parseDuration } from "./values";
import { utc } from "./zone";
import type { FindZone } from "./zones";

const names = new Set([
  "UID",
  "SEQUENCE",
  "SUMMARY",
  "STATUS",
  "TRANSP",
  "X-MICROSOFT-CDO-BUSYSTATUS",
  "DTSTART",
  "DTEND",
  "DURATION",
  "RRULE",
  "EXRULE",
  "RDATE",
  "EXDATE",
  "RECURRENCE-ID",
]);

/**
 * What could hide an occurrence (start, rules, RDATE, RECURRENCE-ID) must be right; what could only add one or
 * misplace an end (EXDATE, DTEND, DURATION) is left out when it is not.
 * @throws AppError invalid
 */
export function readEvent(component: Component, findZone: FindZone): CalEvent {
  if (!component.isClosed) throw new AppError("invalid", "The event has no end in the file.");
  const properties = readProperties(component, names);
  const all = (name: string) => properties.filter((property) => property.name === name);
  const text = (name: string) => all(name)[0]?.value ?? "";
  const recurrenceId = all("RECURRENCE-ID")[0];
  const start = all("DTSTART")[0];
  if (!start) throw new AppError("invalid", "The event has no start.");
  const startTime = readTime(start, findZone);

  return {
    uid: text("UID"),
    sequence: Number.parseInt(text("SEQUENCE"), 10) || 0,
    title: text("SUMMARY"),
    status: readStatus(text("STATUS")),
    transparency: readTransparency(text("TRANSP"), text("X-MICROSOFT-CDO-BUSYSTATUS")),
    start: startTime,
    length: readLength(startTime, all("DTEND")[0], all("DURATION")[0], findZone),
    rules: all("RRULE")
      .filter(hasValue)
      .map(({ value }) => parseRule(value)),
    excludedRules: all("EXRULE")
      .filter(hasValue)
      .map(({ value }) => parseRule(value)),
    extraDates: all("RDATE").flatMap((property) => readExtraDates(property, findZone)),
    excludedDates: all("EXDATE").flatMap((property) => readExcludedDates(property, findZone)),
    recurrenceId: recurrenceId ? readTime(recurrenceId, findZone) : null,
    changesFuture: recurrenceId?.params.range?.toUpperCase() === "THISANDFUTURE",
  };
}

function hasValue({ value }: Property): boolean {
  return value !== "";
}

function readStatus(text: string): CalEvent["status"] {
  const status = text.toLowerCase();
  return status === "cancelled" || status === "tentative" ? status : "confirmed";
}

function readTransparency(transp: string, busyStatus: string): CalEvent["transparency"] {
  const isFree = transp === "" ? busyStatus.toUpperCase() === "FREE" : transp.toUpperCase() === "TRANSPARENT";
  return isFree ? "transparent" : "opaque";
}

function readTime(property: Property, findZone: FindZone): CalTime {
  const time = findTime(property.value, property, findZone);
  if (!time) throw new AppError("invalid", `${property.name} is "${property.value}", which is no date.`);
  return time;
}

function findTime(value: string, { params, type }: Property, findZone: FindZone): CalTime | null {
  const parsed = parseDateTime(value);
  if (!parsed) return null;
  const { naive, isDate, isUtc } = parsed;
  // Eight digits are a date even where VALUE=DATE was forgotten, unless a TZID makes them a midnight.
  if (type === "date" || (isDate && !params.tzid)) return { kind: "date", naive: dayNumberOf(naive) * DAY };
  if (isUtc) return { kind: "zoned", naive, zone: utc };
  const zone = params.tzid ? findZone(params.tzid) : null;
  return zone ? { kind: "zoned", naive, zone } : { kind: "floating", naive };
}

function readLength(
  start: CalTime,
  endProperty: Property | undefined,
  durationProperty: Property | undefined,
  findZone: FindZone,
): Length {
  const end = endProperty ? findTime(endProperty.value, endProperty, findZone) : null;
  if (end) return lengthBetween(start, end);
  const duration = durationProperty ? parseDuration(durationProperty.value) : null;
  if (start.kind !== "date") return duration ?? { days: 0, exact: 0 };
  const days = duration ? duration.days + Math.ceil(duration.exact / DAY) : 1;
  return { days: Math.max(1, days), exact: 0 };
}

/** DTEND fixes the exact length of every occurrence (RFC 5545 §3.8.5.3), for all-day events in days. */
function lengthBetween(start: CalTime, end: CalTime): Length {
  if (start.kind === "date") {
    return { days: Math.max(1, Math.ceil((end.naive - start.naive) / DAY)), exact: 0 };
  }
  const sameKind = like(start, end);
  return { days: 0, exact: Math.max(0, pointOf(sameKind) - pointOf(start)) };
}

/** `time` on the clock of `frame` when it has none itself. */
function like(frame: CalTime, time: CalTime): CalTime {
  if (frame.kind === "floating") return { kind: "floating", naive: time.naive };
  return time.kind === "zoned" ? time : { ...frame, naive: time.naive };
}

function readExtraDates(property: Property, findZone: FindZone): ExtraDate[] {
  return listed(property).map((value) => {
    const [startText = "", endText] = value.split("/");
    const start = readTime({ ...property, value: startText }, findZone);
    if (endText === undefined) return { start, length: null };
    const end = findTime(endText, property, findZone);
    const length = end ? lengthBetween(start, end) : parseDuration(endText);
    if (!length) throw new AppError("invalid", `RDATE has a period without an end: "${value}".`);
    return { start, length };
  });
}

function readExcludedDates(property: Property, findZone: FindZone): CalTime[] {
  return listed(property).flatMap((value) => findTime(value, property, findZone) ?? []);
}

function listed({ value }: Property): string[] {
  return value
    .split(/[,;]/)
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
