import { announce } from "../channels/announce";
import type { Google } from "../google";
import type { Calendar, GoogleEvent, Version } from "../state";

type Draft = Omit<GoogleEvent, "etag" | "updated"> & { etag?: string; updated?: string };

/** Keeps new versions of events, stamps them, and tells the channels once. */
export function commit(google: Google, calendar: Calendar, drafts: Draft[]): GoogleEvent[] {
  const kept = drafts.map((draft) => keep(google, calendar, draft));
  if (google.state.settings.instancesTouchSeries) touchSeries(google, calendar, kept);
  calendar.updated = google.clock.now();
  if (kept.length > 0) announce(google, { calendarId: calendar.id, resourceState: "exists" });
  return kept;
}

function touchSeries(google: Google, calendar: Calendar, instances: GoogleEvent[]): void {
  for (const id of new Set(instances.map(({ recurringEventId }) => recurringEventId))) {
    const series = id === undefined ? null : current(calendar, id);
    if (series) keep(google, calendar, series);
  }
}

/** Its instances are what the series says again. */
export function forgetInstances(calendar: Calendar, seriesId: string): void {
  for (const id of calendar.exceptions.get(seriesId) ?? []) calendar.events.delete(id);
  calendar.exceptions.delete(seriesId);
}

function keep(google: Google, calendar: Calendar, draft: Draft): GoogleEvent {
  const updated = new Date(google.clock.now()).toISOString();
  const event = { ...draft, etag: nextEtag(google), updated } as GoogleEvent;
  calendar.changes.push(event.id);
  const versions = calendar.events.get(event.id) ?? [];
  versions.push({ seq: calendar.changes.length, event });
  calendar.events.set(event.id, versions);
  if (event.recurringEventId) {
    const exceptions = calendar.exceptions.get(event.recurringEventId) ?? new Set();
    calendar.exceptions.set(event.recurringEventId, exceptions.add(event.id));
  }
  return event;
}

export function nextEtag(google: Google): string {
  google.state.counter += 1;
  return `"${3_400_000_000_000_000 + google.state.counter * 2000}"`;
}

/** The event as it was once `seq` changes had been made; without `seq` as it is. */
export function versionAt(calendar: Calendar, id: string, seq = Number.POSITIVE_INFINITY): Version | null {
  const versions = calendar.events.get(id) ?? [];
  for (let index = versions.length - 1; index >= 0; index -= 1) {
    const version = versions[index];
    if (version && version.seq <= seq) return version;
  }
  return null;
}

export function current(calendar: Calendar, id: string): GoogleEvent | null {
  return versionAt(calendar, id)?.event ?? null;
}

export function exceptionsAt(calendar: Calendar, seriesId: string, seq?: number): Version[] {
  const ids = [...(calendar.exceptions.get(seriesId) ?? [])];
  return ids.map((id) => versionAt(calendar, id, seq)).filter((version) => version !== null);
}

export function seriesOf(calendar: Calendar, id: string): string {
  return current(calendar, id)?.recurringEventId ?? id;
}
