import type { ProviderOptions } from "@/lib/providers/options";
import type { CaldavCredentials, CalendarProvider } from "@/lib/providers/provider";
import { listCalendarsIn } from "./calendars";
import { pullChanges } from "./changes";
import { openDav } from "./dav";
import { deleteEvent } from "./delete";
import { getHomeOf } from "./discover";
import { getEvent } from "./get";
import { putEvent, urlOf } from "./put";

export function openCaldav(credentials: CaldavCredentials, options: ProviderOptions): CalendarProvider {
  const dav = openDav(credentials, options);
  return {
    listCalendars: async () => listCalendarsIn(dav, await getHomeOf(dav, credentials.serverUrl)),
    pullChanges: (...asked) => pullChanges(dav, ...asked),
    putEvent: (calendarId, draft, previous) => putEvent(dav, calendarId, draft, previous),
    findNewId: async (calendarId, uid) => urlOf(calendarId, uid),
    deleteEvent: (_calendarId, ref) => deleteEvent(dav, ref),
    getEvent: (calendarId, eventId, timeZone) => getEvent(dav, calendarId, eventId, timeZone),
  };
}
