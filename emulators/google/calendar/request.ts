import { badRequest, invalidParameter } from "../errors";
import type { Google } from "../google";
import type { Call } from "../http";
import type { Calendar, GoogleEvent } from "../state";
import type { EventBody } from "./check-event";

/** @throws Refusal 400 as Google does for what is no JSON object */
export function readBody(call: Call): EventBody {
  try {
    const body = JSON.parse(call.text || "{}");
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Told below, like every other body that is none.
  }
  throw badRequest("Parse Error");
}

type Mailing = { call: Call | null; calendar: Calendar; event: GoogleEvent; about: string };

/** Google would write to the guests now; the outbox shows what and to whom. */
export function sendMails(google: Google, { call, calendar, event, about }: Mailing): void {
  const wanted = call?.url.searchParams.get("sendUpdates") ?? "none";
  if (!["all", "externalOnly", "none"].includes(wanted)) throw invalidParameter("sendUpdates", wanted);
  const guests = (event.attendees ?? [])
    .map(({ email }) => email)
    .filter((email) => email !== calendar.owner);
  const domain = calendar.owner.split("@")[1];
  const to = wanted === "externalOnly" ? guests.filter((email) => !email.endsWith(`@${domain}`)) : guests;
  if (wanted === "none" || to.length === 0) return;
  const at = new Date(google.clock.now()).toISOString();
  google.state.outbox.push({ at, calendarId: calendar.id, eventId: event.id, about, to });
}
