import ICAL from "ical.js";

/** An invitation as a calendar program reads it. */
export function readInvitation(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [event, ...more] = calendar.getAllSubcomponents("vevent");
  if (!event || more.length > 0) throw new Error("This is not one event.");
  const value = (name: string) => event.getFirstPropertyValue(name)?.toString();
  const person = (property: ICAL.Property) => ({
    address: String(property.getFirstValue()),
    name: property.getFirstParameter("cn"),
    partstat: property.getFirstParameter("partstat"),
    rsvp: property.getFirstParameter("rsvp"),
  });
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: value("uid"),
    sequence: Number(value("sequence")),
    status: value("status"),
    stamp: value("dtstamp"),
    start: value("dtstart"),
    end: value("dtend"),
    title: value("summary"),
    location: value("location"),
    description: value("description"),
    url: value("url"),
    organizers: event.getAllProperties("organizer").map(person),
    attendees: event.getAllProperties("attendee").map(person),
  };
}
