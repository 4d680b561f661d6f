import { notFound } from "../errors";
import type { Calendar, GoogleEvent } from "../state";
import { findInstance } from "./singles";
import { current } from "./store";

/** The stored event, or the instance of a series that its id names; deleted ones, too. @throws Refusal 404 */
export function getEvent(calendar: Calendar, id: string): GoogleEvent {
  const stored = current(calendar, id);
  if (stored) return hasLostSeries(calendar, stored) ? { ...stored, status: "cancelled" } : stored;
  const series = current(calendar, /^([^_]+)_\d{8}(T\d{6}Z)?$/.exec(id)?.[1] ?? "");
  if (!series?.recurrence) throw notFound();
  const instance = findInstance(calendar, series, id);
  if (!instance) throw notFound();
  return instance;
}

/** An exception has no place without its series. */
function hasLostSeries(calendar: Calendar, { recurringEventId }: GoogleEvent): boolean {
  return recurringEventId !== undefined && current(calendar, recurringEventId)?.status === "cancelled";
}
