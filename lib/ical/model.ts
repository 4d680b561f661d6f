import type { Occurrence } from "@/lib/providers/provider";
import { DAY, type Naive } from "./naive";
import type { Rule } from "./rule";
import type { Length } from "./values";
import { toInstant, type Zone } from "./zone";

/** A point in a calendar as the file means it: a day, a wall clock anywhere, or a wall clock somewhere. */
export type CalTime =
  | { kind: "date"; naive: Naive }
  | { kind: "floating"; naive: Naive }
  | { kind: "zoned"; naive: Naive; zone: Zone };

/** One VEVENT: a single event, the master of a series, or (with `recurrenceId`) a change to one. */
export type CalEvent = {
  uid: string;
  sequence: number;
  title: string;
  status: Occurrence["status"];
  transparency: Occurrence["transparency"];
  start: CalTime;
  length: Length;
  rules: Rule[];
  /** EXRULE, of RFC 2445; old exports still carry it. */
  excludedRules: Rule[];
  extraDates: ExtraDate[];
  excludedDates: CalTime[];
  recurrenceId: CalTime | null;
  /** RANGE=THISANDFUTURE: the change holds for the rest of the series. */
  changesFuture: boolean;
};

/** An RDATE; a PERIOD brings its own length. */
export type ExtraDate = { start: CalTime; length: Length | null };

/** Milliseconds to compare times of one kind by: the instant where there is one, else the wall clock. */
export function pointOf(time: CalTime): number {
  return time.kind === "zoned" ? toInstant(time.zone, time.naive) : time.naive;
}

/** Where something that starts at `start` ends, on the same scale as `pointOf`. Never before its start. */
export function endPointOf(start: CalTime, { days, exact }: Length): number {
  const sameClock = { ...start, naive: start.naive + days * DAY };
  return Math.max(pointOf(start), pointOf(sameClock) + exact);
}
