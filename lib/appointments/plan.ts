import { AppError } from "@/lib/errors";
import { endOfSeries, findPosition, listBefore, timeAt, wallClockOfKey } from "@/lib/ical/expand-recurrence";
import { dayNumberOf } from "@/lib/ical/naive";
import { parseRule } from "@/lib/ical/rule";
import { isSameTime } from "@/lib/providers/meaning";
import { ruleKey } from "@/lib/providers/recurrence";
import { moveSeries } from "./move-series";
import { settleRule } from "./repeats";
import { endingOn, withCount } from "./rule";
import type { Patch, Range } from "./schema";
import {
  type Content,
  contentAt,
  getShown,
  isRepeating,
  isSameContent,
  positionOf,
  type RepeatingSeries,
  type Series,
  type Shown,
  withException,
  withExceptions,
} from "./series";

export type Occurrence = { key: string; range: Range };
/** What an appointment is to say; null: it is to go. `beyond`: another one that begins where this one ends. */
export type Plan = { here: Series | null; beyond: Series | null };

/**
 * What a change makes of an appointment (docs/mirror.md).
 * @throws AppError invalid, naming the field
 */
export function planChange(series: Series, patch: Patch, occurrence?: Occurrence): Plan {
  if (!isRepeating(series)) {
    refuseOccurrence(occurrence);
    const { recurrence, ...rest } = patch;
    const once = { ...series, ...defined(rest) };
    return hereAlone(recurrence ? beginSeries(once, recurrence.rule) : once);
  }
  // A form sends all there is. Of a part the rule counts less, so the whole is what to compare it with.
  const { recurrence, ...rest } = patch;
  const change = recurrence && isSameRule(series, recurrence) ? rest : patch;
  if (!occurrence) return hereAlone(changeAll(series, { ...series, key: null }, change));
  const shown = getShown(series, occurrence.key);
  if (occurrence.range === "this") return hereAlone(changeThis(series, shown, change));
  if (occurrence.range === "all" || isSame(series, shown, change))
    return hereAlone(changeAll(series, shown, change));
  const { head, tail } = split(series, occurrence.key);
  const changed = changeAll(tail, shown, change);
  return head ? { here: head, beyond: changed } : hereAlone(changed);
}

/** What taking it away, or some of it, leaves; null: nothing. @throws AppError invalid, naming the field */
export function planRemoval(series: Series, occurrence?: Occurrence): Series | null {
  if (!isRepeating(series)) {
    refuseOccurrence(occurrence);
    return null;
  }
  if (!occurrence || occurrence.range === "all") return null;
  getShown(series, occurrence.key);
  if (occurrence.range === "following") return split(series, occurrence.key).head;
  const left = withException(series, occurrence.key, null);
  return endOfSeries(left).isEmpty ? null : left;
}

const hereAlone = (here: Series): Plan => ({ here, beyond: null });

function refuseOccurrence(occurrence: Occurrence | undefined): void {
  if (occurrence && occurrence.key !== "")
    throw new AppError("invalid", "This does not repeat any more.", { field: "occurrence.key" });
}

/** @throws AppError invalid, naming the field */
export function beginSeries(once: Series, rule: string): RepeatingSeries {
  const { time, timeZone } = once;
  const settled = settleRule({ time, timeZone, recurrence: { rule, exceptions: [] } });
  return { ...once, time: settled.time, recurrence: { rule: settled.rule, exceptions: [] } };
}

/** Exceptions say what they said, but for what they had in common with the series. */
function changeAll(series: RepeatingSeries, shown: Shown, patch: Patch): Series {
  const { projectId = series.projectId, timeZone = series.timeZone, time = shown.time } = patch;
  if (patch.recurrence === null)
    return { ...series, ...wordsOf(shown), ...defined(patch), time, timeZone, projectId, recurrence: null };
  const words = differing(shown, patch);
  const reworded = withExceptions(
    { ...series, ...words, projectId },
    series.recurrence.exceptions.map(({ key, says }) => ({
      key,
      says: says && { ...says, ...(key === shown.key ? words : inCommon(words, says, series)) },
    })),
  );
  const rule = patch.recurrence?.rule;
  return moveSeries(reworded, { from: shown.time, to: time, timeZone, rule });
}

type Words = Omit<Content, "time">;

const wordsOf = ({ title, description, location }: Words): Words => ({ title, description, location });

const names = ["title", "description", "location"] as const;

function differing(shown: Words, patch: Patch): Partial<Words> {
  return Object.fromEntries(
    names.flatMap((name) =>
      patch[name] === undefined || patch[name] === shown[name] ? [] : [[name, patch[name]]],
    ),
  );
}

function inCommon(words: Partial<Words>, says: Words, series: Words): Partial<Words> {
  return Object.fromEntries(Object.entries(words).filter(([name]) => isCommon(name, says, series)));
}

const isCommon = (name: string, says: Words, series: Words) =>
  names.some((each) => each === name && says[each] === series[each]);

function changeThis(series: RepeatingSeries, shown: Shown, patch: Patch): Series {
  const refuse = (field: string, sentence: string) => new AppError("invalid", sentence, { field });
  if (patch.projectId !== undefined && patch.projectId !== series.projectId)
    throw refuse("projectId", "One occurrence alone cannot lie on another project.");
  if (patch.recurrence !== undefined)
    throw refuse("recurrence", "How it repeats cannot be changed for one occurrence alone.");
  if (patch.time && patch.time.kind !== series.time.kind)
    throw refuse("time", "One occurrence alone cannot change between days and times.");
  const says = { ...wordsOf(shown), time: patch.time ?? shown.time, ...differing(shown, patch) };
  const position = shown.key === null ? null : findPosition(series, shown.key);
  const isAsSeries = position !== null && isSameContent(says, contentAt(series, position));
  return withException(series, shown.key ?? "", isAsSeries ? undefined : says);
}

/** Whether the change says nothing new. */
function isSame(series: RepeatingSeries, shown: Shown, patch: Patch): boolean {
  return (
    Object.keys(differing(shown, patch)).length === 0 &&
    (patch.time === undefined || isSameTime(patch.time, shown.time)) &&
    (patch.projectId === undefined || patch.projectId === series.projectId) &&
    (patch.timeZone === undefined || patch.timeZone === series.timeZone) &&
    patch.recurrence === undefined
  );
}

const isSameRule = (series: RepeatingSeries, { rule }: { rule: string }) =>
  ruleKey(rule) === ruleKey(series.recurrence.rule);

/** In two before an occurrence; `head` null: nothing takes place before it. */
function split(
  series: RepeatingSeries,
  key: string,
): { head: RepeatingSeries | null; tail: RepeatingSeries } {
  const { timeZone, recurrence } = series;
  const at = findPosition(series, key) ?? wallClockOfKey(key, timeZone);
  const before = listBefore(series, at);
  if (before.last === null) return { head: null, tail: series };
  const { count } = parseRule(recurrence.rule);
  const [early, late] = partition(recurrence.exceptions, (each) => positionOf(series, each) < at);
  const head = withRule(series, endingOn(recurrence.rule, dayNumberOf(before.last), series), early);
  const rest = count === undefined ? recurrence.rule : withCount(recurrence.rule, count - before.count);
  const tail = withRule({ ...series, time: timeAt(at, series.time, timeZone) }, rest, late);
  return { head: endOfSeries(head).isEmpty ? null : head, tail };
}

type Exceptions = RepeatingSeries["recurrence"]["exceptions"];

const withRule = (series: RepeatingSeries, rule: string, exceptions: Exceptions): RepeatingSeries => ({
  ...series,
  recurrence: { rule, exceptions },
});

function partition<T>(items: T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

/** Without what was left out: `undefined` would erase. */
function defined<T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as never;
}
