import { type StoredRecurrence, type StoredTime, storedRecurrence } from "@/lib/providers/recurrence";
import { createBudget, shareOf } from "./budget";
import { type Change, onScaleOf, sortChanges } from "./changes";
import { timeOfEvent } from "./expand";
import { generate } from "./generate";
import { getIanaZone } from "./iana";
import { type CalEvent, type CalTime, pointOf } from "./model";
import { formatDay } from "./naive";
import { nameOfZone } from "./name-zone";
import { settleTime } from "./read-object";
import type { Rule } from "./rule";
import { untilOn } from "./series";
import { writeRule } from "./write-event";
import { toInstant, utc } from "./zone";

export type Words = { title: string; description: string | null; location: string | null };
type Says = NonNullable<StoredRecurrence["exceptions"][number]["says"]>;

/**
 * How the events of one object repeat, as one rule and its exceptions; null where that is not the whole truth: with
 * dates or rules beside it (RDATE, EXRULE, a second RRULE), a change to all that follow, a zone of its own making, a
 * start the rule does not give.
 * @param ruleText the RRULE as it is written
 */
export function readRecurrence(
  events: CalEvent[],
  ruleText: string | undefined,
  timeZone: string,
  wordsOf: (event: CalEvent) => Words,
): StoredRecurrence | null {
  const [master, ...others] = events.filter(({ recurrenceId }) => !recurrenceId);
  const [rule, ...rules] = master?.rules ?? [];
  if (!master || !rule || !ruleText || others.length + rules.length > 0) return null;
  const changes = sortChanges(
    events.filter(({ recurrenceId }) => recurrenceId),
    master.start,
  );
  if (changes.some(({ event }) => event.changesFuture)) return null;
  if (master.extraDates.length + master.excludedRules.length > 0) return null;
  if (rule.until && rule.count !== undefined) return null;
  const isTimed = master.start.kind !== "date";
  if (isTimed && timeZoneOf(master, undefined, timeZone) === null) return null;
  if (!startsByRule(master, rule)) return null;
  if (happensTwiceADay(rule) && namesDays(master, changes)) return null;

  const keyOf = (time: CalTime) => keyIn(timeZone, onScaleOf(master.start, time));
  const exceptions = new Map<string, Says | null>(master.excludedDates.map((time) => [keyOf(time), null]));
  for (const { event } of changes) {
    const isOff = event.status === "cancelled";
    const says = isOff ? null : { ...wordsOf(event), time: storedTime(event, timeZone) };
    exceptions.set(keyOf(event.recurrenceId ?? event.start), says);
  }
  const recurrence = {
    rule: ruleOf(ruleText, master.start, timeZone),
    exceptions: [...exceptions]
      .map(([key, says]) => ({ key, says }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
  return storedRecurrence.safeParse(recurrence).success ? recurrence : null;
}

/** IANA zone an event's clock is of, `timeZone` where it floats; null for days, and for a zone only the file knows. */
export function timeZoneOf({ start }: CalEvent, tzid: string | undefined, timeZone: string): string | null {
  if (start.kind === "date") return null;
  return start.kind === "floating" ? timeZone : nameOfZone(start, tzid, timeZone);
}

/** Elsewhere DTSTART may stand beside its rule, as one more occurrence. */
function startsByRule({ start }: CalEvent, rule: Rule): boolean {
  const until = rule.until ? untilOn(start, rule.until) : Number.POSITIVE_INFINITY;
  const range = { from: start.naive, to: start.naive, until };
  return !generate(rule, start.naive, range, shareOf(createBudget())).next().done;
}

function happensTwiceADay({ frequency, byHour, byMinute, bySecond }: Rule): boolean {
  const isSubDaily = frequency === "HOURLY" || frequency === "MINUTELY" || frequency === "SECONDLY";
  return isSubDaily || [byHour, byMinute, bySecond].some((times) => times && times.length > 1);
}

/** A day in a timed series stands for all that is on it, which is one occurrence in most. */
function namesDays(master: CalEvent, changes: Change[]): boolean {
  const named = [...master.excludedDates, ...changes.map(({ event }) => event.recurrenceId)];
  return master.start.kind !== "date" && named.some((time) => time?.kind === "date");
}

function keyIn(timeZone: string, time: CalTime): string {
  if (time.kind === "date") return formatDay(time.naive);
  const at = time.kind === "zoned" ? pointOf(time) : toInstant(getIanaZone(timeZone), time.naive);
  return new Date(at).toISOString();
}

function storedTime(event: CalEvent, timeZone: string): StoredTime {
  const time = settleTime(timeOfEvent(event), timeZone);
  if (time.kind === "allDay") return time;
  const { kind, startsAt, endsAt } = time;
  return { kind, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

function ruleOf(text: string, start: CalTime, timeZone: string): string {
  if (start.kind === "date") return writeRule(text, "allDay", utc);
  if (start.kind === "zoned") return writeRule(text, "timed", start.zone);
  // Of a floating series the end floats too, whatever its form.
  const floating = text.replace(/(UNTIL=\d+T\d+)Z/i, "$1");
  return writeRule(floating, "timed", getIanaZone(timeZone));
}
