import { AppError } from "@/lib/errors";
import type { Occurrence, OccurrenceTime, SyncWindow } from "@/lib/providers/provider";
import { createBudget, shareOf } from "./budget";
import { type Expanded, type ExpandedTime, expandEvents } from "./expand";
import { groupByUid } from "./group";
import { getIanaZone } from "./iana";
import { type ParseLimits, parseCalendar } from "./parse";
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

export type ReadCalendar = { events: ReadEvent[]; unreadable: { uid: string; reason: string }[] };

/**
 * Reads a whole feed. A UID of which any part makes no sense is reported instead of being shown by halves.
 * @throws AppError invalid when the text as a whole is no calendar
 */
export function readCalendar(text: string, window: SyncWindow, limits?: ParseLimits): ReadCalendar {
  const parsed = parseCalendar(text, limits);
  const budget = createBudget(parsed.events.length);
  const result: ReadCalendar = { events: [], unreadable: [...parsed.unreadable] };
  const broken = new Set(parsed.unreadable.map(({ uid }) => uid));
  for (const group of groupByUid(parsed.events)) {
    const uid = group[0]?.uid ?? "";
    if (broken.has(uid)) continue;
    try {
      const occurrences = expandEvents(group, window, shareOf(budget));
      result.events.push({ uid, occurrences: occurrences.map((found) => settle(found, window.timeZone)) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      result.unreadable.push({ uid, reason: error.message });
    }
  }
  return result;
}

function settle({ time, ...rest }: Expanded, timeZone: string): Occurrence {
  return { ...rest, time: settleTime(time, timeZone) };
}

/** A floating time is one of `timeZone`. */
export function settleTime(time: ExpandedTime, timeZone: string): OccurrenceTime {
  if (time.kind !== "floating") return time;
  const zone = getIanaZone(timeZone);
  const startsAt = new Date(toInstant(zone, time.start));
  const endsAt = new Date(toInstant(zone, time.end));
  return { kind: "timed", startsAt, endsAt };
}
