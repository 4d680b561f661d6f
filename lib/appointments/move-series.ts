import { AppError } from "@/lib/errors";
import { findFirstTime, findNearest, keyOfTime, timeAt, wallClockOf } from "@/lib/ical/expand-recurrence";
import { DAY, dayNumberOf } from "@/lib/ical/naive";
import { parseRule } from "@/lib/ical/rule";
import { isSameTime, readTime } from "@/lib/providers/meaning";
import type { OccurrenceTime } from "@/lib/providers/provider";
import type { RecurrenceException } from "@/lib/providers/recurrence";
import { checkLength, lengthOf, settleRule } from "./repeats";
import { endingOn, lastDayOf, movedRule } from "./rule";
import { positionOf, type RepeatingSeries, storedContent, withExceptions } from "./series";

type Move = { from: OccurrenceTime; to: OccurrenceTime; timeZone: string; rule: string | undefined };

/**
 * The series with an occurrence taken from one time to another, and everything else by as much, on the wall clock; to
 * another zone, and to another rule, if one is given. Exceptions go along; what they replace must still be there.
 * @throws AppError invalid when the rule does not fit
 */
export function moveSeries(series: RepeatingSeries, { from, to, timeZone, rule }: Move): RepeatingSeries {
  const isNewRule = rule !== undefined;
  if (!isNewRule && timeZone === series.timeZone && isSameTime(from, to)) return series;
  const shift = shiftOf(series, { from, to, timeZone });
  const time = shift.time(series.time);
  const there = { ...series, time, timeZone };
  const settled =
    rule !== undefined
      ? settleRule({ ...there, recurrence: { rule, exceptions: [] } })
      : { time, rule: moveRule(series, there) };
  const base = withRule({ ...there, time: settled.time }, settled.rule);
  if (!isNewRule) checkFit(base);
  const way = { before: series, after: base, shift, reach: isNewRule ? 0 : reachOf(base.recurrence.rule) };
  const moved = series.recurrence.exceptions.flatMap((each) => moveException(each, way) ?? []);
  return withExceptions(base, [...new Map(moved.map((each) => [each.key, each])).values()]);
}

const withRule = (series: RepeatingSeries, rule: string): RepeatingSeries => ({
  ...series,
  recurrence: { rule, exceptions: [] },
});

function moveRule(before: RepeatingSeries, after: RepeatingSeries): string {
  const [from, to] = [before, after].map(({ time, timeZone }) => dayNumberOf(wallClockOf(time, timeZone)));
  if (from === undefined || to === undefined) throw new Error("A series has no start.");
  const rule = movedRule(before.recurrence.rule, from, to);
  const lastDay = lastDayOf(before);
  return lastDay === null ? rule : endingOn(rule, lastDay + to - from, after);
}

function checkFit(series: RepeatingSeries): void {
  checkLength(series.time);
  const first = findFirstTime(series);
  if (!first || !isSameTime(first, series.time))
    throw new AppError(
      "invalid",
      "Taken there, it does not repeat as it did. Say how it repeats from then on.",
      {
        field: "recurrence.rule",
      },
    );
}

type Shift = { position(at: number): number; time(time: OccurrenceTime): OccurrenceTime };

/** On the wall clock. Between days and times, the days are what moves. */
function shiftOf(series: RepeatingSeries, { from, to, timeZone }: Omit<Move, "rule">): Shift {
  const start = wallClockOf(from, series.timeZone);
  const end = wallClockOf(to, timeZone);
  const position =
    from.kind === to.kind
      ? (at: number) => at + end - start
      : (at: number) => (dayNumberOf(at) - dayNumberOf(start)) * DAY + end;
  const isLengthChanged = from.kind !== to.kind || lengthOf(from) !== lengthOf(to);
  const usual = [from, series.time].map(lengthOf);
  const time = (time: OccurrenceTime) => {
    // What was as long as the others are gets the new length, too; what had one of its own keeps it.
    const like = isLengthChanged && (from.kind !== to.kind || usual.includes(lengthOf(time))) ? to : time;
    return timeAt(position(wallClockOf(time, series.timeZone)), like, timeZone);
  };
  return { position, time };
}

// The second Mondays are not each a day before the second Tuesdays; those of one month belong together.
const oneMonthsReach = 10 * DAY;

function reachOf(rule: string): number {
  const { frequency } = parseRule(rule);
  return frequency === "MONTHLY" || frequency === "YEARLY" ? oneMonthsReach : 0;
}

/** The exception where its occurrence is now, at most so far from where the move alone takes it; null: nowhere. */
function moveException(
  exception: RecurrenceException,
  {
    before,
    after,
    shift,
    reach,
  }: { before: RepeatingSeries; after: RepeatingSeries; shift: Shift; reach: number },
): RecurrenceException | null {
  const place = findNearest(after, shift.position(positionOf(before, exception)), reach);
  if (place === null) return null;
  const { says } = exception;
  const key = keyOfTime(timeAt(place, after.time, after.timeZone));
  return { key, says: says && storedContent({ ...says, time: shift.time(readTime(says.time)) }) };
}
