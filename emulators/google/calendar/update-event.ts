import { type Authorized, openCalendar } from "../access";
import { apiError, forbiddenForNonOrganizer, invalid } from "../errors";
import type { Google } from "../google";
import type { Call, Reply } from "../http";
import type { Calendar, GoogleEvent } from "../state";
import { checkEvent, type EventBody } from "./check-event";
import { conferenceOf } from "./conference";
import { getEvent } from "./find-event";
import { merge } from "./merge";
import { checkIfMatch } from "./precondition";
import { present } from "./present";
import { readBody, sendMails } from "./request";
import { commit, forgetInstances } from "./store";

/** PUT: the whole event anew; what the body leaves out is gone. */
export function updateEvent(google: Google, call: Authorized): Reply {
  return write(google, call, () => readBody(call));
}

/** PATCH: what the body names; arrays are replaced whole, null takes a field away. */
export function patchEvent(google: Google, call: Authorized): Reply {
  return write(google, call, (event) => merge(event, readBody(call)));
}

function write(google: Google, call: Authorized, bodyFor: (event: GoogleEvent) => EventBody): Reply {
  const { calendar, entry } = openCalendar(google, call, "writer");
  const before = getEvent(calendar, call.params.eventId ?? "");
  checkIfMatch(call, before);
  const body = bodyFor(before);
  if (body.id != null && body.id !== before.id) throw invalid("Invalid resource id value.");
  const event = replaceEvent(google, calendar, { before, body, call });
  return {
    status: 200,
    headers: { etag: event.etag },
    body: present(calendar, event, { role: entry.role }),
  };
}

type Replacement = { before: GoogleEvent; body: EventBody; call: Call | null };

/** `call` is null for what the user does by hand. */
export function replaceEvent(
  google: Google,
  calendar: Calendar,
  { before, body, call }: Replacement,
): GoogleEvent {
  const checked = checkEvent(before.recurringEventId ? { ...body, recurrence: null } : body, calendar);
  if (checked.eventType !== before.eventType) throw invalid("The event type cannot be changed.");
  if (call) checkOrganizer(calendar, { before, body });
  const { keepsInstances } = google.state.settings;
  if (!keepsInstances && timesOf(before) !== timesOf(checked)) forgetInstances(calendar, before.id);
  const [event] = commit(google, calendar, [
    {
      ...checked,
      ...conferenceOf(google, { body, call, calendar, id: before.id, before }),
      ...(before.hangoutLink ? { hangoutLink: before.hangoutLink } : {}),
      id: before.id,
      created: before.created,
      iCalUID: before.iCalUID,
      creator: before.creator,
      organizer: before.organizer,
      ...placeOf(before),
      sequence: sequenceOf(before, { body, checked }),
    },
  ]);
  if (!event) throw new Error("nothing was kept");
  sendMails(google, { call, calendar, event, about: event.status === "cancelled" ? "cancelled" : "updated" });
  return event;
}

function placeOf(before: GoogleEvent): Partial<GoogleEvent> {
  const { recurringEventId, originalStartTime } = before;
  return recurringEventId && originalStartTime ? { recurringEventId, originalStartTime } : {};
}

function checkOrganizer(
  calendar: Calendar,
  { before, body }: { before: GoogleEvent; body: EventBody },
): void {
  if (before.organizer.email === calendar.owner) return;
  const shared = (event: { extendedProperties?: unknown }) =>
    JSON.stringify((event.extendedProperties as { shared?: object } | undefined)?.shared ?? {});
  if (shared(body) !== shared(before)) throw forbiddenForNonOrganizer();
}

/** A sequence from the past is refused; a new time is a new sequence. */
function sequenceOf(before: GoogleEvent, { body, checked }: { body: EventBody; checked: object }): number {
  const given = typeof body.sequence === "number" ? body.sequence : before.sequence;
  if (given < before.sequence) {
    throw apiError(400, {
      domain: "global",
      reason: "invalid",
      message:
        "Invalid sequence value. The specified sequence number is below the current sequence number of the resource. Re-fetch the resource and use its sequence number on the following request.",
    });
  }
  return timesOf(before) === timesOf(checked) ? given : Math.max(given, before.sequence + 1);
}

const timesOf = ({ start, end, recurrence }: Partial<GoogleEvent>) =>
  JSON.stringify([start, end, recurrence]);
