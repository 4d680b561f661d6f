import ICAL from "ical.js";
import type { EventDraft, OccurrenceTime } from "@/lib/providers/provider";
import { DAY, formatDay, MINUTE, SECOND } from "./naive";

const productId = "-//Calends//Calends//EN";

/**
 * One event as a calendar object: for a PUT, or for a person to download. No METHOD, ORGANIZER or ATTENDEE: servers
 * refuse the first and mail people because of the others. The end is always after the start, which Cyrus and
 * iCloud insist on.
 */
export function serializeEvent(draft: EventDraft, stamp: Date): string {
  return write(new ICAL.Component("vcalendar"), eventOf(draft, stamp));
}

export type Person = { name: string; email: string };
export type Invitation = {
  method: "REQUEST" | "CANCEL";
  organizer: Person;
  /** They have all said yes by booking; nobody is asked to answer. */
  attendees: Person[];
  url: string;
};

/** The same as it is mailed (RFC 5546): calendars enter, move or remove what has this UID by its SEQUENCE. */
export function serializeInvitation(draft: EventDraft, invitation: Invitation, stamp: Date): string {
  const { method, organizer, attendees, url } = invitation;
  const event = eventOf(draft, stamp);
  event.updatePropertyWithValue("status", method === "CANCEL" ? "CANCELLED" : "CONFIRMED");
  event.updatePropertyWithValue("url", url);
  event.addProperty(personProperty("organizer", organizer));
  for (const person of attendees) {
    const attendee = personProperty("attendee", person);
    attendee.setParameter("role", "REQ-PARTICIPANT");
    attendee.setParameter("partstat", "ACCEPTED");
    attendee.setParameter("rsvp", "FALSE");
    event.addProperty(attendee);
  }
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("method", method);
  return write(calendar, event);
}

function personProperty(name: "organizer" | "attendee", { name: commonName, email }: Person): ICAL.Property {
  const property = new ICAL.Property(name);
  // A parameter has no way to write a double quote (RFC 5545 3.1).
  property.setParameter("cn", cleanText(commonName).replace(/\s+/g, " ").replaceAll('"', "'"));
  property.setValue(`mailto:${email}`);
  return property;
}

function eventOf(draft: EventDraft, stamp: Date): ICAL.Component {
  const event = new ICAL.Component("vevent");
  event.updatePropertyWithValue("uid", cleanText(draft.uid));
  event.updatePropertyWithValue("dtstamp", instant(stamp));
  event.updatePropertyWithValue("sequence", draft.sequence);
  event.updatePropertyWithValue("summary", cleanText(draft.title));
  if (draft.description) event.updatePropertyWithValue("description", cleanText(draft.description));
  if (draft.location) event.updatePropertyWithValue("location", cleanText(draft.location));
  const { start, end } = timesOf(draft.time);
  event.updatePropertyWithValue("dtstart", start);
  event.updatePropertyWithValue("dtend", end);
  return event;
}

function write(calendar: ICAL.Component, event: ICAL.Component): string {
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("prodid", productId);
  return [
    "BEGIN:VCALENDAR",
    ...linesOf(calendar),
    "BEGIN:VEVENT",
    ...linesOf(event),
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

function timesOf(time: OccurrenceTime): { start: ICAL.Time; end: ICAL.Time } {
  if (time.kind === "timed") {
    const start = wholeSeconds(time.startsAt);
    const end = wholeSeconds(time.endsAt);
    return { start: instant(start), end: instant(end > start ? end : new Date(start.getTime() + MINUTE)) };
  }
  const nextDay = formatDay(Date.parse(time.startDay) + DAY);
  const endDay = time.endDay > time.startDay ? time.endDay : nextDay;
  return { start: ICAL.Time.fromDateString(time.startDay), end: ICAL.Time.fromDateString(endDay) };
}

function instant(date: Date): ICAL.Time {
  return ICAL.Time.fromJSDate(date, true);
}

/** iCalendar has no fractions of a second; 900 ms must not become an event without length. */
function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / SECOND) * SECOND);
}

/** Control characters make some servers refuse the object, and half a surrogate pair has no UTF-8. */
function cleanText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point.
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .replace(/\p{Surrogate}/gu, "\ufffd")
  );
}

function linesOf(component: ICAL.Component): string[] {
  return component
    .getAllProperties()
    .map((property) => fold(ICAL.stringify.property(property.jCal, ICAL.design.icalendar, true)));
}

// ical.js folds at 75 octets too, but does not count the blank that begins a folded line.
function fold(line: string): string {
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      pieces.push(piece);
      piece = "";
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece].join("\r\n ");
}
