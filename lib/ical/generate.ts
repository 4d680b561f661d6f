import type { Budget } from "./budget";
import { dayFilter } from "./days-of-rule";
import {
  DAY,
  type DayNumber,
  dayNumber,
  dayNumberOf,
  dayParts,
  HOUR,
  MINUTE,
  type Naive,
  SECOND,
  weekStartOf,
  weekYearOf,
  weekYearStart,
} from "./naive";
import type { Frequency, Rule } from "./rule";

/** Both ends included. `until` is the rule's own end, already on the event's wall clock. */
export type Range = { from: Naive; to: Naive; until: Naive };

/**
 * The rule's instances on the wall clock, ascending, from `from` to `to`. Always ends: a rule without COUNT is
 * entered at `from`, none is followed past `to`, and every day or time looked at is paid from `budget`.
 */
export function* generate(rule: Rule, start: Naive, range: Range, budget: Budget): Generator<Naive> {
  const to = Math.min(range.to, range.until);
  // COUNT has to be counted from the start.
  const from = rule.count === undefined ? Math.max(start, range.from) : start;
  const sets = isSubDaily(rule.frequency)
    ? setsOfTimes(rule, start, { from, to }, budget)
    : setsOfDays(rule, start, { from, to }, budget);
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  let isFirst = true;
  for (const set of sets) {
    for (const naive of atPositions(set, rule.bySetPosition)) {
      if (naive > to) return;
      if (naive < start) continue;
      // DTSTART always counts as the first, also where the rule itself would not give it.
      if (isFirst && naive !== start) left -= 1;
      isFirst = false;
      if (left <= 0) return;
      left -= 1;
      if (naive >= range.from) yield naive;
    }
  }
}

function isSubDaily(frequency: Frequency): frequency is "HOURLY" | "MINUTELY" | "SECONDLY" {
  return frequency === "HOURLY" || frequency === "MINUTELY" || frequency === "SECONDLY";
}

/** BYSETPOS picks out of one interval's whole set, also out of what lies before DTSTART. */
function atPositions(set: Naive[], positions: number[] | undefined): Naive[] {
  if (!positions) return set;
  return set.filter((_, index) => positions.includes(index + 1) || positions.includes(index - set.length));
}

type Reach = { from: Naive; to: Naive };

/** One sorted set per year, month, week or day. */
function* setsOfDays(rule: Rule, start: Naive, { from, to }: Reach, budget: Budget): Generator<Naive[]> {
  const { unitOf, firstDay } = periodsOf(rule);
  const passes = dayFilter(rule, start);
  budget.spend(timesADay(rule));
  const times = timesOfDay(rule, start);
  const firstUnit = unitOf(dayNumberOf(start));
  const skipped = Math.floor((unitOf(dayNumberOf(from)) - firstUnit) / rule.interval);
  let unit = firstUnit + Math.max(0, skipped) * rule.interval;
  for (; firstDay(unit) * DAY <= to; unit += rule.interval) {
    const set: Naive[] = [];
    const end = firstDay(unit + 1);
    for (let day = firstDay(unit); day < end; day += 1) {
      budget.spend(1);
      if (!passes(day)) continue;
      budget.spend(times.length);
      for (const time of times) set.push(day * DAY + time);
    }
    yield set;
  }
}

type Periods = { unitOf(day: DayNumber): number; firstDay(unit: number): DayNumber };

/** Numbers the rule's years, months, weeks or days through, so that an interval is an addition. */
function periodsOf({ frequency, weekStart, byWeekNumber }: Rule): Periods {
  if (frequency === "YEARLY" && byWeekNumber) {
    // Weeks are numbered within week years, so those are what the rule counts in.
    return {
      unitOf: (day) => weekYearOf(day, weekStart),
      firstDay: (unit) => weekYearStart(unit, weekStart),
    };
  }
  if (frequency === "YEARLY") {
    return { unitOf: (day) => dayParts(day).year, firstDay: (unit) => dayNumber(unit, 1, 1) };
  }
  if (frequency === "MONTHLY") {
    return { unitOf: monthNumber, firstDay: (unit) => dayNumber(Math.floor(unit / 12), (unit % 12) + 1, 1) };
  }
  if (frequency === "WEEKLY") {
    const origin = weekStartOf(0, weekStart);
    return { unitOf: (day) => Math.floor((day - origin) / 7), firstDay: (unit) => origin + unit * 7 };
  }
  return { unitOf: (day) => day, firstDay: (unit) => unit };
}

function monthNumber(day: DayNumber): number {
  const { year, month } = dayParts(day);
  return year * 12 + month - 1;
}

/** At most 86,400; paid once even where no day passes. */
function timesADay({ byHour, byMinute, bySecond }: Rule): number {
  return [byHour, byMinute, bySecond].reduce((times, list) => times * (list?.length ?? 1), 1);
}

function timesOfDay(rule: Rule, start: Naive): number[] {
  const hours = rule.byHour ?? [positive(Math.floor(start / HOUR), 24)];
  return sortedUnique(hours.flatMap((hour) => timesOfHour(rule, start).map((time) => hour * HOUR + time)));
}

function timesOfHour(rule: Rule, start: Naive): number[] {
  const minutes = rule.byMinute ?? [positive(Math.floor(start / MINUTE), 60)];
  return sortedUnique(
    minutes.flatMap((minute) => timesOfMinute(rule, start).map((time) => minute * MINUTE + time)),
  );
}

function timesOfMinute(rule: Rule, start: Naive): number[] {
  const seconds = rule.bySecond ?? [positive(Math.floor(start / SECOND), 60)];
  return sortedUnique(seconds.map((second) => Math.min(second, 59) * SECOND));
}

const unitLength = { HOURLY: HOUR, MINUTELY: MINUTE, SECONDLY: SECOND };

/** One sorted set per hour, minute or second that passes; days and hours that do not are jumped over whole. */
function* setsOfTimes(rule: Rule, start: Naive, { from, to }: Reach, budget: Budget): Generator<Naive[]> {
  const frequency = rule.frequency as keyof typeof unitLength;
  const length = unitLength[frequency];
  const step = rule.interval * length;
  const origin = Math.floor(start / length) * length;
  const passes = rememberLast(dayFilter(rule, start));
  const within =
    frequency === "HOURLY"
      ? timesOfHour(rule, start)
      : frequency === "MINUTELY"
        ? timesOfMinute(rule, start)
        : [0];
  let at = firstFrom(origin, step, from - length);
  while (at <= to) {
    budget.spend(1 + within.length);
    const next = nextCandidate(rule, passes, at);
    if (next > at) {
      at = firstFrom(origin, step, next);
      continue;
    }
    yield within.map((time) => at + time);
    at += step;
  }
}

/** `at` itself when it passes, else the first moment worth looking at again. */
function nextCandidate(rule: Rule, passes: (day: DayNumber) => boolean, at: Naive): Naive {
  const day = dayNumberOf(at);
  if (!passes(day)) return (day + 1) * DAY;
  if (rule.byHour && !rule.byHour.includes(positive(Math.floor(at / HOUR), 24))) return endOf(at, HOUR);
  if (rule.frequency === "HOURLY" || !rule.byMinute) return afterSeconds(rule, at);
  if (!rule.byMinute.includes(positive(Math.floor(at / MINUTE), 60))) return endOf(at, MINUTE);
  return afterSeconds(rule, at);
}

function afterSeconds(rule: Rule, at: Naive): Naive {
  if (rule.frequency !== "SECONDLY" || !rule.bySecond) return at;
  return rule.bySecond.includes(positive(Math.floor(at / SECOND), 60)) ? at : endOf(at, SECOND);
}

/** Seconds come by the ten thousand per day, and the day is what costs. */
function rememberLast(passes: (day: DayNumber) => boolean): (day: DayNumber) => boolean {
  let lastDay = Number.NaN;
  let lastAnswer = false;
  return (day) => {
    if (day !== lastDay) lastAnswer = passes(day);
    lastDay = day;
    return lastAnswer;
  };
}

function firstFrom(origin: Naive, step: number, wanted: Naive): Naive {
  return origin + Math.max(0, Math.ceil((wanted - origin) / step)) * step;
}

function endOf(at: Naive, length: number): Naive {
  return (Math.floor(at / length) + 1) * length;
}

function positive(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}

function sortedUnique(values: number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
