import type { Calendar, GoogleEvent } from "../state";
import { type Occurrence, occurrencesOf } from "./occurrences";
import { exceptionsAt, versionAt } from "./store";
import { isInside, spanOf, type Window } from "./time";

/** An event as `singleEvents` shows it, and the change it stems from. */
export type Single = { seq: number; event: GoogleEvent };

/**
 * What one event, or one series, was worth in a `singleEvents` listing after `seq` changes, by id.
 * Two such views are all that an incremental answer has to compare.
 */
export function singlesOf(
  calendar: Calendar,
  id: string,
  at: { window: Window; seq?: number },
): Map<string, Single> {
  const found = versionAt(calendar, id, at.seq);
  if (!found || found.event.status === "cancelled") return new Map();
  if (found.event.recurrence) return instancesOf(calendar, found, at);
  const isShown = isInside(spanOf(found.event, calendar.timeZone), at.window);
  return new Map(isShown ? [[id, found]] : []);
}

/** Instances of a series, exceptions in their places; `showsCancelled` keeps those that were called off. */
export function instancesOf(
  calendar: Calendar,
  series: Single,
  at: { window: Window; seq?: number; showsCancelled?: boolean },
): Map<string, Single> {
  const singles = new Map<string, Single>();
  for (const occurrence of occurrencesOf(series.event, calendar.timeZone, at.window)) {
    const event = instanceAt(series.event, occurrence);
    singles.set(event.id, { seq: series.seq, event });
  }
  for (const exception of exceptionsAt(calendar, series.event.id, at.seq)) {
    const { event } = exception;
    const hasPlace = singles.has(event.id) || findInstance(calendar, series.event, event.id) !== null;
    const isShown = hasPlace && isInside(spanOf(event, calendar.timeZone), at.window);
    if (!isShown || (event.status === "cancelled" && !at.showsCancelled)) singles.delete(event.id);
    else singles.set(event.id, { seq: Math.max(series.seq, exception.seq), event });
  }
  return singles;
}

/** The untouched instance with this id, or null where the series has no such place. */
export function findInstance(calendar: Calendar, series: GoogleEvent, id: string): GoogleEvent | null {
  const key = id.slice(series.id.length + 1);
  const at = Date.parse(
    key.length === 8
      ? `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6)}`
      : `${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 11)}:${key.slice(11, 13)}:${key.slice(13)}`,
  );
  const window = { from: at - 2 * 86_400_000, to: at + 2 * 86_400_000 };
  const found = occurrencesOf(series, calendar.timeZone, window).find((occurrence) => occurrence.key === key);
  return found ? instanceAt(series, found) : null;
}

function instanceAt(series: GoogleEvent, { key, start, end }: Occurrence): GoogleEvent {
  const { recurrence, ...rest } = series;
  return {
    ...rest,
    id: `${series.id}_${key}`,
    recurringEventId: series.id,
    originalStartTime: start,
    start,
    end,
  } as GoogleEvent;
}
