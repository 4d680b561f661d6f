import ICAL from "ical.js";
import type { EventDraft } from "@/lib/providers/provider";
import { fold } from "./fold";
import { cleanText, clockOf, eventOf, seriesOf } from "./write-event";
import { timeZoneLines } from "./write-vtimezone";
import { utc } from "./zone";

export const productId = "-//Calends//Calends//EN";

/**
 * One event as a calendar object: for a PUT, or for a person to download. No METHOD, ORGANIZER or ATTENDEE: servers
 * refuse the first and mail people because of the others. What repeats brings its time zone along.
 * @throws AppError invalid for a rule that is none
 */
export function serializeEvent(draft: EventDraft, stamp: Date): string {
  const calendar = new ICAL.Component("vcalendar");
  if (!draft.recurrence) return write(calendar, [eventOf(draft, stamp)]);
  const zone = clockOf(draft);
  const zoneLines = zone === utc ? [] : timeZoneLines(zone.id, earliestOf(draft));
  return write(calendar, seriesOf(draft, draft.recurrence, stamp), zoneLines);
}

/** An occurrence may have been moved to before the series. */
function earliestOf({ time, recurrence }: EventDraft): Date {
  const times = [time, ...(recurrence?.exceptions ?? []).flatMap(({ says }) => says?.time ?? [])];
  const starts = times.map((each) =>
    new Date(each.kind === "timed" ? each.startsAt : each.startDay).getTime(),
  );
  return new Date(Math.min(...starts));
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
  return write(calendar, [event]);
}

function personProperty(name: "organizer" | "attendee", { name: commonName, email }: Person): ICAL.Property {
  const property = new ICAL.Property(name);
  // A parameter has no way to write a double quote (RFC 5545 3.1).
  property.setParameter("cn", cleanText(commonName).replace(/\s+/g, " ").replaceAll('"', "'"));
  property.setValue(`mailto:${email}`);
  return property;
}

function write(calendar: ICAL.Component, events: ICAL.Component[], zoneLines: string[] = []): string {
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("prodid", productId);
  return [
    "BEGIN:VCALENDAR",
    ...linesOf(calendar),
    ...zoneLines,
    ...events.flatMap((event) => ["BEGIN:VEVENT", ...linesOf(event), "END:VEVENT"]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

// ical.js folds at 75 octets too, but does not count the blank that begins a folded line.
function linesOf(component: ICAL.Component): string[] {
  return component
    .getAllProperties()
    .map((property) => fold(ICAL.stringify.property(property.jCal, ICAL.design.icalendar, true)));
}
