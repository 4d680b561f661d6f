import type { SyncWindow } from "@/lib/providers/provider";
import type { Budget } from "./budget";
import { type Change, naiveIn, onScaleOf } from "./changes";
import { generate } from "./generate";
import { getIanaZone } from "./iana";
import { type CalEvent, type CalTime, type ExtraDate, pointOf } from "./model";
import { DAY, dayNumberOf, HOUR, type Naive } from "./naive";
import type { Rule, Until } from "./rule";
import type { Length } from "./values";
import { toNaive } from "./zone";

/** One instance of a series: where it stands in the series (`id`), and when it takes place. */
export type Instance = { event: CalEvent; id: number; start: CalTime; length: Length };

/** The instances of a master near the window that no change replaces. Near: the caller still holds each against it. */
export function* instancesOf(
  master: CalEvent,
  changes: Change[],
  window: SyncWindow,
  budget: Budget,
): Generator<Instance> {
  const reach = reachOf(master, changes, window);
  const isExcluded = exclusionsOf(master, reach, budget);
  const seen = new Set(changes.map((change) => change.id));
  const future = changes.filter(({ event }) => event.changesFuture);
  for (const { start, length } of datesOf(master, reach, budget)) {
    budget.spend(1 + future.length);
    const id = pointOf(start);
    if (seen.has(id) || isExcluded(id, start)) continue;
    seen.add(id);
    const change = future.findLast((candidate) => candidate.id <= id);
    if (change) yield shifted(master, change, start, id);
    else yield { event: master, id, start, length: length ?? master.length };
  }
}

function* datesOf(master: CalEvent, reach: Reach, budget: Budget): Generator<ExtraDate> {
  if (startsAtAll(master)) yield { start: master.start, length: null };
  for (const { start, length } of master.extraDates) {
    yield { start: length ? start : onScaleOf(master.start, start), length };
  }
  for (const rule of master.rules) {
    for (const naive of instancesOfRule(master.start, rule, reach, budget)) {
      // An all-day event takes no part in BYHOUR or HOURLY (RFC 5545 §3.3.10).
      const day = dayNumberOf(naive) * DAY;
      yield { start: { ...master.start, naive: master.start.kind === "date" ? day : naive }, length: null };
    }
  }
}

/** DTSTART is an instance whether it fits the rule or not. A rule that ends before it means a series cut off whole. */
function startsAtAll({ start, rules }: CalEvent): boolean {
  return rules.length === 0 || rules.some((rule) => !rule.until || untilOn(start, rule.until) >= start.naive);
}

function instancesOfRule(start: CalTime, rule: Rule, reach: Reach, budget: Budget): Generator<Naive> {
  const until = rule.until ? untilOn(start, rule.until) : Number.POSITIVE_INFINITY;
  return generate(rule, start.naive, { ...reach, until }, budget);
}

/** The last moment of a rule on the series' own clock. */
export function untilOn(start: CalTime, { kind, naive }: Until): Naive {
  if (kind === "day") return naive + DAY - 1;
  return kind === "utc" && start.kind === "zoned" ? toNaive(start.zone, naive) : naive;
}

type Reach = { from: Naive; to: Naive };

/** The window on the series' clock, widened by whatever may carry an instance into it. */
function reachOf(master: CalEvent, changes: Change[], { start, end, timeZone }: SyncWindow): Reach {
  const future = changes.filter(({ event }) => event.changesFuture).map(({ event }) => event);
  const lengths = [master, ...future].map(({ length }) => length.days * DAY + length.exact);
  const shifts = future.map((event) => Math.abs(shiftOf(master, event)));
  // Three hours cover a clock that is put back or forward on the way.
  const margin = greatest(lengths) + greatest(shifts) + 3 * HOUR;
  const zone = master.start.kind === "zoned" ? master.start.zone : getIanaZone(timeZone);
  return {
    from: toNaive(zone, start.getTime()) - margin,
    to: toNaive(zone, end.getTime()) + margin,
  };
}

// Math.max takes no more arguments than there is room for on the stack.
const greatest = (values: number[]) => values.reduce((most, value) => Math.max(most, value), 0);

function shiftOf(master: CalEvent, change: CalEvent): number {
  return naiveIn(master.start, change.start) - naiveIn(master.start, change.recurrenceId ?? change.start);
}

/** RANGE=THISANDFUTURE moves the rest of the series by as much as it moves its own instance. */
function shifted(master: CalEvent, { event }: Change, start: CalTime, id: number): Instance {
  const distance = start.naive - naiveIn(master.start, event.recurrenceId ?? event.start);
  return { event, id, start: { ...event.start, naive: event.start.naive + distance }, length: event.length };
}

function exclusionsOf(
  master: CalEvent,
  reach: Reach,
  budget: Budget,
): (id: number, start: CalTime) => boolean {
  const points = new Set<number>();
  const days = new Set<number>();
  for (const time of master.excludedDates) {
    // A day strikes out everything on it, also in a timed series; written so by several exporters.
    if (time.kind === "date" || master.start.kind === "date") days.add(dayNumberOf(time.naive));
    else points.add(pointOf(onScaleOf(master.start, time)));
  }
  for (const rule of master.excludedRules) {
    for (const naive of instancesOfRule(master.start, rule, reach, budget)) {
      points.add(pointOf({ ...master.start, naive }));
    }
  }
  return (id, start) => points.has(id) || days.has(dayNumberOf(start.naive));
}
