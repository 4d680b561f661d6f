import { type Authorized, openCalendar } from "../access";
import { deleted } from "../errors";
import type { Google } from "../google";
import type { Call, Reply } from "../http";
import type { Calendar, GoogleEvent } from "../state";
import { getEvent } from "./find-event";
import { checkIfMatch } from "./precondition";
import { sendMails } from "./request";
import { commit } from "./store";

export function deleteEvent(google: Google, call: Authorized): Reply {
  const { calendar } = openCalendar(google, call, "writer");
  const event = getEvent(calendar, call.params.eventId ?? "");
  if (event.status === "cancelled") throw deleted();
  checkIfMatch(call, event);
  cancelEvent(google, calendar, { event, call });
  return { status: 204 };
}

/** An instance leaves a cancelled exception in its place. */
export function cancelEvent(
  google: Google,
  calendar: Calendar,
  { event, call }: { event: GoogleEvent; call: Call | null },
): void {
  const [gone] = commit(google, calendar, [{ ...event, status: "cancelled" }]);
  if (gone) sendMails(google, { call, calendar, event: gone, about: "cancelled" });
}
