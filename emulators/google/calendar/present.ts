import type { Calendar, EventTime, GoogleEvent, Role } from "../state";
import { formatIn } from "./zone";

export type Viewing = { role: Role; timeZone?: string | null; maxAttendees?: number | null };

/** The event as its reader sees it: a stone for what is gone, only the time for who may see no more. */
export function present(calendar: Calendar, event: GoogleEvent, viewing: Viewing): object {
  const zone = viewing.timeZone ?? calendar.timeZone;
  if (event.status === "cancelled") return tombstone(event, zone);
  const times = {
    start: presentTime(event.start, zone),
    end: presentTime(event.end, zone),
    ...(event.originalStartTime ? { originalStartTime: presentTime(event.originalStartTime, zone) } : {}),
  };
  const isPrivate = event.visibility === "private" || event.visibility === "confidential";
  if (viewing.role === "freeBusyReader" || (viewing.role === "reader" && isPrivate)) {
    const { id, etag, status, recurringEventId, iCalUID, updated } = event;
    const series = recurringEventId ? { recurringEventId } : {};
    const seen = { id, etag, status, ...series, iCalUID, updated, visibility: "private", ...times };
    return { kind: "calendar#event", ...seen, ...opacity(event) };
  }
  const mark = (person: { email: string }) =>
    person.email === calendar.id || person.email === calendar.owner ? { ...person, self: true } : person;
  return {
    kind: "calendar#event",
    ...event,
    htmlLink: `https://www.google.com/calendar/event?eid=${Buffer.from(event.id).toString("base64url")}`,
    creator: mark(event.creator),
    organizer: mark(event.organizer),
    ...times,
    ...presentAttendees(event, mark, viewing.maxAttendees ?? null),
  };
}

/** "Only guaranteed to have the id field populated"; an exception also says whose place it was. */
function tombstone(event: GoogleEvent, zone: string): object {
  const { id, etag, status, recurringEventId, originalStartTime } = event;
  const place = recurringEventId && originalStartTime;
  return {
    kind: "calendar#event",
    etag,
    id,
    status,
    ...(place ? { recurringEventId, originalStartTime: presentTime(originalStartTime, zone) } : {}),
  };
}

function presentTime(time: EventTime, zone: string): EventTime {
  if (!time.dateTime || time.timeZone === zone) return time;
  return { ...time, dateTime: formatIn(Date.parse(time.dateTime), zone) };
}

function opacity(event: GoogleEvent): object {
  return event.transparency === "transparent" ? { transparency: "transparent" } : {};
}

function presentAttendees<T extends object>(
  event: GoogleEvent,
  mark: (person: { email: string }) => T,
  most: number | null,
): object {
  if (!event.attendees) return {};
  const attendees = event.attendees.map(mark);
  if (most === null || attendees.length <= most) return { attendees };
  // "If there are more than the specified number of attendees, only the participant is returned."
  return { attendees: attendees.filter((attendee) => "self" in attendee), attendeesOmitted: true };
}
