import { AppError } from "@/lib/errors";
import type { Occurrence, OccurrenceTime, SyncWindow } from "@/lib/providers/provider";
import { createBudget, shareOf } from "./budget";
import { type Expanded, type ExpandedTime, expandEvents } from "./expand";
import { groupByUid } from "./group";
import { getIanaZone } from "./iana";
import { parseCalendar } from "./parse";
import { toInstant } from "./zone";

/** One event with all its occurrences inside the window. */
export type ReadEvent = { uid: string; occurrences: Occurrence[] };

/**
 * Reads one calendar object (CalDAV: a master and its changes under one UID). Floating times are taken in
 * `window.timeZone`. An object of tasks or journals has no occurrences.
 * @throws AppError invalid when any part of it could not be understood: unreadable is never empty
 */
export function readObject(text: string, window: SyncWindow): ReadEvent {
  const { events, unreadable, hasOthers } = parseCalendar(text);
  const [problem] = unreadable;
  if (problem) throw new AppError("invalid", problem.reason);
  if (events.length === 0 && !hasOthers) throw new AppError("invalid", "The calendar object holds no event.");
  const budget = shareOf(createBudget());
  const occurrences = groupByUid(events).flatMap((group) => expandEvents(group, window, budget));
  return {
    uid: events[0]?.uid ?? "",
    occurrences: occurrences.map((expanded) => settle(expanded, window.timeZone)),
  };
}

/** A floating time is one of `timeZone`. */
export function settle({ time, ...rest }: Expanded, timeZone: string): Occurrence {
  return { ...rest, time: settleTime(time, timeZone) };
}

/** The same for a time alone. */
export function settleTime(time: ExpandedTime, timeZone: string): OccurrenceTime {
  if (time.kind !== "floating") return time;
  const zone = getIanaZone(timeZone);
  const startsAt = new Date(toInstant(zone, time.start));
  const endsAt = new Date(toInstant(zone, time.end));
  return { kind: "timed", startsAt, endsAt };
}
