import type { EventBody } from "../calendar/check-event";
import { cancelEvent } from "../calendar/delete-event";
import { getEvent } from "../calendar/find-event";
import { insertInto } from "../calendar/insert-event";
import { merge } from "../calendar/merge";
import { transferEvent } from "../calendar/move-event";
import { present } from "../calendar/present";
import { singlesOf } from "../calendar/singles";
import { replaceEvent } from "../calendar/update-event";
import type { Google } from "../google";
import type { EventTime, GoogleEvent } from "../state";
import { getCalendar } from "./find";

type Which = { calendarId: string; eventId: string };

/** What a person does in Google's own calendar. The id of an instance means this one occurrence. */
export function eventsAdmin(google: Google) {
  const change = ({ calendarId, eventId }: Which, event: EventBody): GoogleEvent => {
    const calendar = getCalendar(google, calendarId);
    const before = getEvent(calendar, eventId);
    return replaceEvent(google, calendar, { before, body: merge(before, event), call: null });
  };
  const setTime = (time: EventTime) => ({ date: null, dateTime: null, timeZone: null, ...time });
  return {
    createEvent: ({ calendarId, event }: { calendarId: string; event: EventBody }) =>
      insertInto(google, getCalendar(google, calendarId), { body: event, call: null }),
    createEvents: ({ calendarId, events }: { calendarId: string; events: EventBody[] }) => {
      const calendar = getCalendar(google, calendarId);
      for (const body of events) insertInto(google, calendar, { body, call: null });
      return { created: events.length };
    },
    changeEvent: ({ event, ...which }: Which & { event: EventBody }) => change(which, event),
    /** To another time. */
    moveEvent: ({ start, end, ...which }: Which & { start: EventTime; end: EventTime }) =>
      change(which, { start: setTime(start), end: setTime(end) }),
    /** To another calendar. */
    transferEvent: ({ calendarId, eventId, to }: Which & { to: string }) => {
      const from = getCalendar(google, calendarId);
      return transferEvent(google, { from, to: getCalendar(google, to), event: getEvent(from, eventId) });
    },
    /** The owner of the calendar answers an invitation. */
    respond: ({ responseStatus, ...which }: Which & { responseStatus: string }) => {
      const calendar = getCalendar(google, which.calendarId);
      const others = (getEvent(calendar, which.eventId).attendees ?? []).filter(
        ({ email }) => email !== calendar.owner,
      );
      return change(which, { attendees: [...others, { email: calendar.owner, responseStatus }] });
    },
    deleteEvent: ({ calendarId, eventId }: Which) => {
      const calendar = getCalendar(google, calendarId);
      cancelEvent(google, calendar, { event: getEvent(calendar, eventId), call: null });
    },
    /** The truth: what stands in the calendar, occurrence by occurrence. */
    eventsIn: ({
      calendarId,
      timeMin,
      timeMax,
    }: {
      calendarId: string;
      timeMin: string;
      timeMax: string;
    }) => {
      const calendar = getCalendar(google, calendarId);
      const window = { from: Date.parse(timeMin), to: Date.parse(timeMax) };
      const ids = [...calendar.events.keys()];
      const shown = ids.flatMap((id) => {
        const singles = [...singlesOf(calendar, id, { window }).values()];
        return singles.map((single) => single.event).filter((one) => (one.recurringEventId ?? one.id) === id);
      });
      return shown.map((event) => present(calendar, event, { role: "owner" }) as GoogleEvent);
    },
  };
}
