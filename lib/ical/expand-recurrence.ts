import type { OccurrenceTime, SyncWindow } from "@/lib/providers/provider";
import type { StoredRecurrence, StoredTime } from "@/lib/providers/recurrence";
import { type Budget, createBudget, shareOf } from "./budget";
import { expandEvents } from "./expand";
import { generate } from "./generate";
import { getIanaZone } from "./iana";
import type { CalEvent, CalTime } from "./model";
import { DAY, dayNumberOf, formatDay, HOUR, type Naive } from "./naive";
import { parseRule, type Rule } from "./rule";
import type { Length } from "./values";
import { toInstant, toNaive, utc } from "./zone";

/** When something of ours repeats: `time` is its first occurrence, the rule is counted on the clock of `timeZone`. */
export type Repeating = { time: OccurrenceTime; timeZone: string; recurrence: StoredRecurrence };

/** `key` as in an exception (lib/providers/recurrence). */
export type RepeatingOccurrence = { key: string; time: OccurrenceTime };

// Nothing is planned for later, and a rule that has not come true by then never does.
const horizon: Naive = Date.UTC(2200, 0);
const widestSkip = 3 * HOUR;

/**
 * The occurrences that touch the window, by start, as reading a copy would give them (lib/ical/expand).
 * @throws AppError invalid when the rule cannot be read, or gives more than anybody can work out
 */
export function expandRecurrence(series: Repeating, window: SyncWindow): RepeatingOccurrence[] {
  return expandEvents([masterOf(series), ...changesOf(series)], window, newBudget()).map(({ key, time }) => {
    // A floating time has no zone, and everything here has one.
    if (time.kind === "floating") throw new Error("An occurrence has no zone.");
    return { key, time };
  });
}

/** The first time at or after `time` that the rule gives, of the same length; null when it never comes true. */
export function findFirstTime({ time, timeZone, recurrence }: Repeating): OccurrenceTime | null {
  const { count, ...rule } = parseRule(recurrence.rule);
  const start = wallClockOf(time, timeZone);
  for (const first of positions({ time, timeZone, rule }, start, horizon))
    return timeAt(first, time, timeZone);
  return null;
}

/**
 * Where on the wall clock the rule has the occurrence with that key, whatever the exceptions say of it; null when it
 * gives none.
 */
export function findPosition({ time, timeZone, recurrence }: Repeating, key: string): Naive | null {
  const near = wallClockOfKey(key, timeZone);
  if (Number.isNaN(near)) return null;
  const rule = parseRule(recurrence.rule);
  // In an hour that the clock skips, it takes place beside where the rule has it.
  for (const position of positions({ time, timeZone, rule }, near - widestSkip, near + widestSkip))
    if (keyAt(position, time, timeZone) === key) return position;
  return null;
}

/** The place of the rule's occurrence nearest to that point of the wall clock, at most so far away; null when there is none. */
export function findNearest(
  { time, timeZone, recurrence }: Repeating,
  at: Naive,
  within: number,
): Naive | null {
  const rule = parseRule(recurrence.rule);
  let nearest: Naive | null = null;
  for (const position of positions({ time, timeZone, rule }, at - within, at + within))
    if (nearest === null || Math.abs(position - at) < Math.abs(nearest - at)) nearest = position;
  return nearest;
}

/** The occurrences that the rule gives before that point of the wall clock: how many, and the last of them. */
export function listBefore({ time, timeZone, recurrence }: Repeating, end: Naive) {
  const rule = parseRule(recurrence.rule);
  const before = { count: 0, last: null as Naive | null };
  for (const position of positions({ time, timeZone, rule }, wallClockOf(time, timeZone), end - 1)) {
    before.count += 1;
    before.last = position;
  }
  return before;
}

/** `endsAt` null: it never ends, or not before anybody stops counting. `isEmpty`: every occurrence is off. */
export function endOfSeries({ time, timeZone, recurrence }: Repeating): {
  endsAt: Date | null;
  isEmpty: boolean;
} {
  const rule = parseRule(recurrence.rule);
  const excepted = new Set(recurrence.exceptions.map(({ key }) => key));
  const others = recurrence.exceptions.flatMap(({ says }) => (says ? [endInstant(says.time, timeZone)] : []));
  if (rule.count === undefined && !rule.until) return { endsAt: null, isEmpty: false };
  if (rule.count === undefined && untilOf(rule) >= horizon) return { endsAt: null, isEmpty: false };
  let last: Naive | null = null;
  let total = 0;
  for (const position of positions({ time, timeZone, rule }, wallClockOf(time, timeZone), horizon)) {
    total += 1;
    if (excepted.size === 0 || !excepted.has(keyAt(position, time, timeZone))) last = position;
  }
  if (rule.count !== undefined && total < rule.count) return { endsAt: null, isEmpty: false };
  if (last !== null) others.push(endInstant(timeAt(last, time, timeZone), timeZone));
  return { endsAt: others.length > 0 ? new Date(Math.max(...others)) : null, isEmpty: others.length === 0 };
}

/** A time on the wall clock of its zone: of days their midnights. */
export function wallClockOf(time: OccurrenceTime, timeZone: string): Naive {
  if (time.kind === "allDay") return Date.parse(time.startDay);
  return toNaive(getIanaZone(timeZone), time.startsAt.getTime());
}

/** What starts there, as long as `like` and of its kind. */
export function timeAt(start: Naive, like: OccurrenceTime, timeZone: string): OccurrenceTime {
  const { days, exact } = lengthOf(like);
  if (like.kind === "allDay")
    return { kind: "allDay", startDay: formatDay(start), endDay: formatDay(start + days * DAY) };
  const startsAt = toInstant(getIanaZone(timeZone), start);
  return { kind: "timed", startsAt: new Date(startsAt), endsAt: new Date(startsAt + exact) };
}

export function keyOfTime(time: OccurrenceTime): string {
  return time.kind === "allDay" ? time.startDay : time.startsAt.toISOString();
}

/** The wall clock a key stands for. */
export function wallClockOfKey(key: string, timeZone: string): Naive {
  const at = Date.parse(key);
  return /^\d{4}-\d{2}-\d{2}$/.test(key) || Number.isNaN(at) ? at : toNaive(getIanaZone(timeZone), at);
}

function keyAt(position: Naive, like: OccurrenceTime, timeZone: string): string {
  return keyOfTime(timeAt(position, like, timeZone));
}

type Positions = { time: OccurrenceTime; timeZone: string; rule: Rule };

/** What the rule gives from `from` to `to`, both included, on the wall clock. */
function* positions({ time, timeZone, rule }: Positions, from: Naive, to: Naive): Generator<Naive> {
  const until = rule.until ? untilOf(rule, timeZone, time.kind) : Number.POSITIVE_INFINITY;
  let last = Number.NaN;
  const start = wallClockOf(time, timeZone);
  for (const naive of generate(rule, start, { from, to, until }, newBudget())) {
    // An all-day event takes no part in BYHOUR (RFC 5545 §3.3.10).
    const position = time.kind === "allDay" ? dayNumberOf(naive) * DAY : naive;
    if (position !== last) yield position;
    last = position;
  }
}

function untilOf({ until }: Rule, timeZone = "UTC", kind: OccurrenceTime["kind"] = "timed"): Naive {
  if (!until) return Number.POSITIVE_INFINITY;
  if (until.kind === "day") return until.naive + DAY - 1;
  return until.kind === "utc" && kind === "timed" ? toNaive(getIanaZone(timeZone), until.naive) : until.naive;
}

function masterOf({ time, timeZone, recurrence }: Repeating): CalEvent {
  const zone = getIanaZone(timeZone);
  const naive = wallClockOf(time, timeZone);
  return {
    ...eventAt(
      time.kind === "allDay" ? { kind: "date", naive } : { kind: "zoned", naive, zone },
      lengthOf(time),
    ),
    rules: [parseRule(recurrence.rule)],
    excludedDates: recurrence.exceptions.flatMap(({ key, says }) => (says ? [] : [calTimeOfKey(key)])),
  };
}

function changesOf({ recurrence }: Repeating): CalEvent[] {
  return recurrence.exceptions.flatMap(({ key, says }) => {
    if (!says) return [];
    const { time } = says;
    const start: CalTime =
      time.kind === "allDay"
        ? { kind: "date", naive: Date.parse(time.startDay) }
        : // As an instant: on the wall clock, the second of two equal hours would be the first.
          { kind: "zoned", naive: Date.parse(time.startsAt), zone: utc };
    return [{ ...eventAt(start, lengthOf(time)), recurrenceId: calTimeOfKey(key) }];
  });
}

function eventAt(start: CalTime, length: Length): CalEvent {
  return {
    ...{ uid: "", sequence: 0, title: "", status: "confirmed", transparency: "opaque", start, length },
    ...{ rules: [], excludedRules: [], extraDates: [], excludedDates: [] },
    ...{ recurrenceId: null, changesFuture: false },
  };
}

function calTimeOfKey(key: string): CalTime {
  const naive = Date.parse(key);
  return key.length === 10 ? { kind: "date", naive } : { kind: "zoned", naive, zone: utc };
}

/** As reading DTEND gives it (lib/ical/read-event): exact, and of days a number of them. */
function lengthOf(time: OccurrenceTime | StoredTime): Length {
  if (time.kind === "allDay")
    return { days: Math.round((Date.parse(time.endDay) - Date.parse(time.startDay)) / DAY), exact: 0 };
  return { days: 0, exact: instantOf(time.endsAt) - instantOf(time.startsAt) };
}

function endInstant(time: OccurrenceTime | StoredTime, timeZone: string): number {
  if (time.kind === "allDay") return toInstant(getIanaZone(timeZone), Date.parse(time.endDay));
  return instantOf(time.endsAt);
}

const instantOf = (at: Date | string) => new Date(at).getTime();

const newBudget = (): Budget => shareOf(createBudget());
