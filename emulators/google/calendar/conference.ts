import { invalid } from "../errors";
import type { Google } from "../google";
import type { Call } from "../http";
import { randomId } from "../random";
import type { Calendar, GoogleEvent } from "../state";
import type { EventBody } from "./check-event";
import { commit, current } from "./store";

type Wanted = {
  body: EventBody;
  call: Call | null;
  calendar: Calendar;
  id: string;
  before: GoogleEvent | null;
};
type Request = { requestId?: string; status?: { statusCode: string } };

/** The conference of an event being written. Asked for with version 1 only; made a little later. */
export function conferenceOf(
  google: Google,
  { body, call, calendar, id, before }: Wanted,
): Partial<GoogleEvent> {
  const kept = before?.conferenceData ? { conferenceData: before.conferenceData } : {};
  const isHeard = call?.url.searchParams.get("conferenceDataVersion") === "1";
  if (!isHeard || body.conferenceData === undefined) return kept;
  if (body.conferenceData === null) return {};
  const asked = requestOf(body.conferenceData);
  if (!asked) return kept;
  if (!asked.requestId) throw invalid("Missing conference request id.");
  const known = before?.conferenceData && requestOf(before.conferenceData);
  if (known && known.requestId === asked.requestId) return kept;
  const dueAt = google.clock.now() + google.state.settings.conferenceDelayMs;
  google.state.conferences.push({ dueAt, calendarId: calendar.id, eventId: id });
  return { conferenceData: { createRequest: { ...asked, status: { statusCode: "pending" } } } };
}

/** Finishes the conferences whose time has come. */
export function makeConferences(google: Google): void {
  const now = google.clock.now();
  const due = google.state.conferences.filter(({ dueAt }) => dueAt <= now);
  google.state.conferences = google.state.conferences.filter(({ dueAt }) => dueAt > now);
  for (const { calendarId, eventId } of due) {
    const calendar = google.state.calendars.get(calendarId);
    const event = calendar && current(calendar, eventId);
    if (calendar && event && event.status !== "cancelled")
      commit(google, calendar, [withMeeting(google, event)]);
  }
}

function withMeeting(google: Google, event: GoogleEvent): GoogleEvent {
  const createRequest = { ...requestOf(event.conferenceData), status: { statusCode: "success" } };
  const conferenceId = [0, 1, 2].map(() => randomId(google.state, 3)).join("-");
  const uri = `https://meet.google.com/${conferenceId}`;
  return {
    ...event,
    hangoutLink: uri,
    conferenceData: {
      createRequest,
      conferenceId,
      conferenceSolution: { key: { type: "hangoutsMeet" }, name: "Google Meet" },
      entryPoints: [{ entryPointType: "video", uri, label: uri.slice(8) }],
    },
  };
}

function requestOf(data: unknown): Request | null {
  return (data as { createRequest?: Request } | undefined)?.createRequest ?? null;
}
