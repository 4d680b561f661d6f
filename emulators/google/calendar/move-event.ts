import { type Authorized, findCalendar, openCalendar } from "../access";
import { apiError, deleted, duplicate, notFound, required, requiredAccessLevel } from "../errors";
import type { Google } from "../google";
import type { Reply } from "../http";
import { type Calendar, type GoogleEvent, roles } from "../state";
import { getEvent } from "./find-event";
import { checkIfMatch } from "./precondition";
import { present } from "./present";
import { sendMails } from "./request";
import { commit, current, exceptionsAt } from "./store";

export function moveEvent(google: Google, call: Authorized): Reply {
  const { calendar } = openCalendar(google, call, "writer");
  const id = call.url.searchParams.get("destination");
  if (!id) throw required("Required parameter: destination");
  const destination = findCalendar(google, call.user, id);
  if (!destination) throw notFound();
  if (roles.indexOf(destination.entry.role) < roles.indexOf("writer")) throw requiredAccessLevel();
  const event = getEvent(calendar, call.params.eventId ?? "");
  if (event.status === "cancelled") throw deleted();
  checkIfMatch(call, event);
  const moved = transferEvent(google, { from: calendar, to: destination.calendar, event });
  sendMails(google, { call, calendar: destination.calendar, event: moved, about: "updated" });
  const shown = present(destination.calendar, moved, { role: destination.entry.role });
  return { status: 200, headers: { etag: moved.etag }, body: shown };
}

/** It keeps its id, and its organizer becomes the other calendar. A single instance cannot go alone. */
export function transferEvent(
  google: Google,
  { from, to, event }: { from: Calendar; to: Calendar; event: GoogleEvent },
): GoogleEvent {
  if (event.recurringEventId || event.eventType !== "default") {
    throw apiError(400, {
      domain: "calendar",
      reason: "cannotMoveInstance",
      message: "This event cannot be moved to another calendar.",
    });
  }
  const taken = current(to, event.id);
  if (taken && taken.status !== "cancelled") throw duplicate();
  const exceptions = exceptionsAt(from, event.id).map((version) => version.event);
  commit(google, from, [{ ...event, status: "cancelled" }]);
  const [moved] = commit(
    google,
    to,
    [event, ...exceptions].map((one) => ({ ...one, organizer: { email: to.owner } })),
  );
  if (!moved) throw new Error("nothing was moved");
  return moved;
}
