import { AppError } from "@/lib/errors";
import { endOfSeries, findFirstTime, type Repeating } from "@/lib/ical/expand-recurrence";
import { DAY } from "@/lib/ical/naive";
import { parseRule } from "@/lib/ical/rule";
import type { OccurrenceTime } from "@/lib/providers/provider";
import { endingOn, lastDayOf, tidyRule } from "./rule";

const mostOccurrences = 1000;
const refused = (sentence: string) => new AppError("invalid", sentence, { field: "recurrence.rule" });

/**
 * A rule that somebody typed, as it is kept, with when it first comes true at or after `time`: what repeats begins with
 * an occurrence. It has one a day at most, one end or none, and it does come true.
 * @throws AppError invalid, naming the field
 */
export function settleRule(series: Repeating): { time: OccurrenceTime; rule: string } {
  const rule = tidyRule(series.recurrence.rule);
  if (rule === null) throw refused("Write it as the value of an RRULE, as in FREQ=WEEKLY;BYDAY=MO.");
  return settle({ ...series, recurrence: { ...series.recurrence, rule } });
}

/** The same of a rule that stays as it was written, however that is. @throws AppError invalid, naming the field */
export const checkRule = (series: Repeating): OccurrenceTime => settle(series).time;

function settle(series: Repeating): { time: OccurrenceTime; rule: string } {
  const { frequency, count, until, bySecond, byMinute, byHour } = readRule(series.recurrence.rule);
  if (frequency === "SECONDLY" || frequency === "MINUTELY" || frequency === "HOURLY")
    throw refused("It can repeat by days, weeks, months or years, but not within a day.");
  if (bySecond || byMinute || byHour) throw refused("It repeats at the time of day it begins at.");
  if (count !== undefined && until) throw refused("Say how many times, or until when, and not both.");
  if (count !== undefined && count > mostOccurrences)
    throw refused(`Repeat at most ${mostOccurrences} times, or without an end.`);
  const lastDay = lastDayOf(series);
  const { rule } = series.recurrence;
  const settled = lastDay === null ? rule : endingOn(rule, lastDay, series);
  const time = checkTimes({ ...series, recurrence: { rule: settled, exceptions: [] } });
  return { time, rule: settled };
}

// Whoever looks at a day looks at all that began within this.
const longest = 366 * DAY;

/** @throws AppError invalid, naming the field */
export function checkLength(time: OccurrenceTime): void {
  const field = time.kind === "timed" ? "time.endsAt" : "time.endDay";
  if (lengthOf(time) > longest)
    throw new AppError("invalid", "What repeats can last a year at most.", { field });
}

export function lengthOf(time: OccurrenceTime): number {
  if (time.kind === "allDay") return Date.parse(time.endDay) - Date.parse(time.startDay);
  return time.endsAt.getTime() - time.startsAt.getTime();
}

function checkTimes(series: Repeating): OccurrenceTime {
  checkLength(series.time);
  const { count, until } = parseRule(series.recurrence.rule);
  const first = orTooMuch(() => findFirstTime(series));
  if (!first) throw refused("This rule never comes true.");
  const { endsAt } = orTooMuch(() => endOfSeries({ ...series, time: first }));
  if (!endsAt && (count !== undefined || until)) throw refused("It would end too far in the future.");
  return first;
}

function readRule(rule: string) {
  try {
    return parseRule(rule);
  } catch (error) {
    throw error instanceof AppError ? refused(error.message) : error;
  }
}

function orTooMuch<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof AppError ? refused("This rule takes too long to work out.") : error;
  }
}
