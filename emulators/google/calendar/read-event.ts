import { type Authorized, openCalendar } from "../access";
import type { Google } from "../google";
import type { Reply } from "../http";
import { getEvent } from "./find-event";
import { readZone } from "./list-query";
import { notModified } from "./precondition";
import { present } from "./present";

export function readEvent(google: Google, call: Authorized): Reply {
  const { calendar, entry } = openCalendar(google, call);
  const event = getEvent(calendar, call.params.eventId ?? "");
  const unchanged = notModified(call, event);
  if (unchanged) return unchanged;
  const viewing = { role: entry.role, timeZone: readZone(call.url.searchParams) };
  const shown = present(calendar, event, viewing);
  // One who asks by id is told what a deleted event was, at least that it was.
  const body = event.status === "cancelled" ? { ...event, ...shown } : shown;
  return { status: 200, headers: { etag: event.etag }, body };
}
