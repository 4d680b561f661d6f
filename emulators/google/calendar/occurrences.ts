import ICAL from "ical.js";
import type { EventTime, GoogleEvent } from "../state";
import { instantOf, type Window } from "./time";
import { formatIn, toInstant, toWall } from "./zone";

/** One place of a series. `key` ends the instance's id: `20260315T090000Z`, or `20260315` for whole days. */
export type Occurrence = { key: string; start: EventTime; end: EventTime; from: number; to: number };

/** "Lengthy but finite": an endless rule ends here. */
const mostOccurrences = 4000;

/** The places of a series that touch the window, in order; exceptions are not looked at. */
export function occurrencesOf(series: GoogleEvent, zone: string, window: Window): Occurrence[] {
  const shape = shapeOf(series, zone);
  const lines = (series.recurrence ?? []).map(parseLine);
  const end = Math.min(window.to, window.horizon ?? Number.POSITIVE_INFINITY);
  const until = toWall(end, shape.zone) + 86_400_000;
  const walls = new Set<number>();
  for (const line of lines) {
    if (line.name === "RRULE") for (const wall of wallsOfRule(line.value, shape, until)) walls.add(wall);
    if (line.name === "RDATE") for (const wall of wallsOfDates(line, shape)) walls.add(wall);
  }
  walls.add(shape.wall);
  for (const line of lines) {
    if (line.name === "EXRULE") for (const wall of wallsOfRule(line.value, shape, until)) walls.delete(wall);
    if (line.name === "EXDATE") for (const wall of wallsOfDates(line, shape)) walls.delete(wall);
  }
  return [...walls]
    .sort((a, b) => a - b)
    .map((wall) => occurrenceAt(wall, shape))
    .filter(({ from, to }) => to > window.from && from < end)
    .slice(0, mostOccurrences);
}

/** @throws Error when a line is nothing Google would take */
export function checkRecurrence(lines: string[]): void {
  for (const text of lines) {
    const { name, value } = parseLine(text);
    if (!["RRULE", "EXRULE", "RDATE", "EXDATE"].includes(name)) throw new Error(`${name} is not allowed`);
    if (name.endsWith("RULE")) checkRule(value);
    if (name.endsWith("DATE") && !/^\d{8}(T\d{6}Z?)?(,\d{8}(T\d{6}Z?)?)*$/.test(value))
      throw new Error(value);
  }
}

function checkRule(text: string): void {
  const { freq, count, until } = ICAL.Recur.fromString(text);
  if (!freq) throw new Error("no FREQ");
  if (count && until) throw new Error("COUNT and UNTIL exclude each other");
}

type Shape = { wall: number; zone: string; isAllDay: boolean; length: number; calendarZone: string };
type Line = { name: string; zone: string | null; value: string };

function shapeOf(series: GoogleEvent, zone: string): Shape {
  const isAllDay = series.start.date !== undefined;
  // Whole days are counted without a zone; only their instants need the calendar's.
  const ownZone = isAllDay ? "UTC" : (series.start.timeZone ?? zone);
  const start = isAllDay ? Date.parse(series.start.date ?? "") : instantOf(series.start, zone);
  const end = isAllDay ? Date.parse(series.end.date ?? "") : instantOf(series.end, zone);
  return { wall: toWall(start, ownZone), zone: ownZone, isAllDay, length: end - start, calendarZone: zone };
}

function occurrenceAt(wall: number, shape: Shape): Occurrence {
  if (shape.isAllDay) {
    const start = { date: dateOf(wall) };
    const end = { date: dateOf(wall + shape.length) };
    const [from, to] = [instantOf(start, shape.calendarZone), instantOf(end, shape.calendarZone)];
    return { key: start.date.replaceAll("-", ""), start, end, from, to };
  }
  const from = toInstant(wall, shape.zone);
  const to = from + shape.length;
  const timed = (instant: number) => ({ dateTime: formatIn(instant, shape.zone), timeZone: shape.zone });
  return { key: compact(from), start: timed(from), end: timed(to), from, to };
}

function wallsOfRule(text: string, shape: Shape, limit: number): number[] {
  const rule = ICAL.Recur.fromString(text);
  // ical.js counts on one wall; an end given in UTC is brought onto it.
  if (rule.until) rule.until = icalTime(untilWall(text, shape), false);
  const iterator = rule.iterator(icalTime(shape.wall, shape.isAllDay));
  const walls: number[] = [];
  for (let next = iterator.next(); next; next = iterator.next()) {
    const wall = Date.UTC(next.year, next.month - 1, next.day, next.hour, next.minute, next.second);
    if (wall >= limit) break;
    walls.push(wall);
  }
  return walls;
}

function untilWall(text: string, shape: Shape): number {
  const until = /UNTIL=([0-9TZ]+)/i.exec(text)?.[1] ?? "";
  if (until.length === 8) return parseCompact(until) + (shape.isAllDay ? 0 : 86_399_000);
  return until.endsWith("Z") ? toWall(parseCompact(until), shape.zone) : parseCompact(until);
}

function wallsOfDates(line: Line, shape: Shape): number[] {
  return line.value.split(",").map((text) => {
    const value = parseCompact(text);
    if (shape.isAllDay || text.length === 8) return value;
    if (text.endsWith("Z")) return toWall(value, shape.zone);
    return toWall(toInstant(value, line.zone ?? shape.zone), shape.zone);
  });
}

function parseLine(text: string): Line {
  const [head = "", value = ""] = text.split(/:(.*)/s);
  const [name = "", ...parameters] = head.split(";");
  const zone = parameters.find((parameter) => parameter.toUpperCase().startsWith("TZID="));
  return { name: name.toUpperCase(), zone: zone?.slice(5) ?? null, value };
}

function icalTime(wall: number, isDate: boolean): ICAL.Time {
  const at = new Date(wall);
  return ICAL.Time.fromData({
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    isDate,
  });
}

function parseCompact(text: string): number {
  const [, year, month, day, hour = "0", minute = "0", second = "0"] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?$/.exec(text) ?? [];
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

function compact(instant: number): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d+/g, "");
}

function dateOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}
