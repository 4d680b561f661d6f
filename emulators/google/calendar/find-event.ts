import { notFound } from "../errors";
import type { Calendar, GoogleEvent } from "../state";
import { findInstance } from "./singles";
import { current } from "./store";

/** The stored event, or the instance of a series that its id names; deleted ones, too. @throws Refusal 404 */
export function getEvent(calendar: Calendar, id: string): GoogleEvent {
  const stored = current(calendar, id);
  if (stored) return stored;
  const series = current(calendar, /^([^_]+)_\d{8}(T\d{6}Z)?$/.exec(id)?.[1] ?? "");
  if (!series?.recurrence) throw notFound();
  const instance = findInstance(calendar, series, id);
  if (!instance) throw notFound();
  return instance;
}
