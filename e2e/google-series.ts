import { expect } from "vitest";
import type { GoogleEvent } from "@/emulators/google/state";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import { openGoogleAccount, team } from "./google-account";

/** What the tests about series at Google do to one calendar of Ada's. */
export function openSeriesAccount() {
  const account = openGoogleAccount();
  const calendarId = team;
  const get = (eventId: string) => account.provider.getEvent(calendarId, eventId, "Europe/Berlin");
  return {
    account,
    calendarId,
    put: (event: EventDraft, previous?: RemoteRef) => account.provider.putEvent(calendarId, event, previous),
    get,
    read: async (eventId: string) => (await get(eventId)) ?? expect.fail("it is gone"),
    /** By hand. An instance's id means that one occurrence. */
    change: (eventId: string, event: object) =>
      account.admin.changeEvent({ calendarId, eventId, event: { ...event } }),
    cancel: (eventId: string) => account.admin.deleteEvent({ calendarId, eventId }),
    titles: () => account.eventsIn(calendarId).map(({ summary }) => summary),
    /** The resource as Google keeps it. */
    raw: async (eventId: string) => {
      const scopes = ["https://www.googleapis.com/auth/calendar"];
      const { accessToken } = account.admin.issueTokens({
        email: account.email,
        clientId: "calends",
        scopes,
      });
      const path = `calendars/${encodeURIComponent(calendarId)}/events/${eventId}`;
      const headers = { authorization: `Bearer ${accessToken}` };
      return (await (await fetch(`${account.url}/calendar/v3/${path}`, { headers })).json()) as GoogleEvent;
    },
  };
}
