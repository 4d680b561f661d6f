import { type Authorized, openCalendar } from "../access";
import { duplicate, invalid } from "../errors";
import type { Google } from "../google";
import type { Call, Reply } from "../http";
import { randomId } from "../random";
import type { Calendar, GoogleEvent } from "../state";
import { checkEvent, checkId, type EventBody, requireId } from "./check-event";
import { conferenceOf } from "./conference";
import { present } from "./present";
import { readBody, sendMails } from "./request";
import { commit, current } from "./store";

export function insertEvent(google: Google, call: Authorized): Reply {
  const { calendar, entry } = openCalendar(google, call, "writer");
  const body = readBody(call);
  if (body.id != null && body.iCalUID != null) {
    throw invalid("Only one of id and iCalUID should be supplied at event creation time.");
  }
  const event = insertInto(google, calendar, { body, call });
  return answer(calendar, event, entry);
}

/** A private copy of somebody else's event: `iCalUID` says which, and a second import of it is an update. */
export function importEvent(google: Google, call: Authorized): Reply {
  const { calendar, entry } = openCalendar(google, call, "writer");
  const body = readBody(call);
  const iCalUID = requireId(body, "iCalUID");
  const known = [...calendar.events.keys()].find((id) => {
    const event = current(calendar, id);
    return event?.iCalUID === iCalUID && !event.recurringEventId;
  });
  const before = known ? current(calendar, known) : null;
  const { id: _, ...rest } = body;
  const event = insertInto(google, calendar, { body: rest, call, before });
  return answer(calendar, event, entry);
}

type Insertion = { body: EventBody; call: Call | null; before?: GoogleEvent | null };

/** `call` is null for what the user does by hand. */
export function insertInto(
  google: Google,
  calendar: Calendar,
  { body, call, before = null }: Insertion,
): GoogleEvent {
  const id = before?.id ?? (body.id == null ? randomId(google.state) : String(body.id));
  checkId(id);
  if (!before) checkFree(google, calendar, id);
  const checked = checkEvent(body, calendar);
  const person = { email: calendar.owner };
  const [event] = commit(google, calendar, [
    {
      ...checked,
      ...conferenceOf(google, { body, call, calendar, id, before }),
      id,
      created: before?.created ?? new Date(google.clock.now()).toISOString(),
      iCalUID: typeof body.iCalUID === "string" ? body.iCalUID : `${id}@google.com`,
      sequence: typeof body.sequence === "number" ? body.sequence : 0,
      creator: before?.creator ?? person,
      organizer: organizerOf(body) ?? before?.organizer ?? person,
    },
  ]);
  if (!event) throw new Error("nothing was kept");
  sendMails(google, { call, calendar, event, about: before ? "updated" : "created" });
  return event;
}

/** A deleted event keeps its id, unless the setting says otherwise. */
function checkFree(google: Google, calendar: Calendar, id: string): void {
  const taken = current(calendar, id);
  if (!taken) return;
  if (taken.status !== "cancelled" || !google.state.settings.reusesDeletedIds) throw duplicate();
}

/** Only imported events have an organizer of their own. */
function organizerOf(body: EventBody): { email: string } | null {
  const { organizer } = body as { organizer?: { email?: unknown } };
  if (typeof body.iCalUID !== "string" || typeof organizer?.email !== "string") return null;
  return { ...organizer, email: organizer.email };
}

function answer(calendar: Calendar, event: GoogleEvent, entry: { role: "writer" | string }): Reply {
  const shown = present(calendar, event, { role: entry.role === "owner" ? "owner" : "writer" });
  return { status: 200, headers: { etag: event.etag }, body: shown };
}
