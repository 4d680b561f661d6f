import type { ProviderOptions } from "@/lib/providers/options";
import type { CalendarProvider, GoogleAccess } from "@/lib/providers/provider";
import { openApi } from "./api";
import { listCalendars } from "./calendars";
import { pullChanges } from "./changes";
import { getEvent } from "./copy";
import { deleteEvent } from "./delete";
import { findNewId, putEvent } from "./put";
import { unwatch, watch } from "./watch";

export function openGoogle(
  access: GoogleAccess,
  options: ProviderOptions & { connectionId: string },
): Required<CalendarProvider> {
  const api = openApi(access, options);
  return {
    listCalendars: () => listCalendars(api),
    pullChanges: (calendarId, cursor, window) => pullChanges(api, calendarId, cursor, window),
    putEvent: (calendarId, draft, previous) => putEvent(api, calendarId, draft, previous),
    findNewId: (calendarId, uid) => findNewId(api, calendarId, uid),
    deleteEvent: (calendarId, ref) => deleteEvent(api, calendarId, ref),
    getEvent: (calendarId, eventId) => getEvent(api, calendarId, eventId),
    watch: (calendarId, channel) => watch(api, calendarId, channel),
    unwatch: (channel) => unwatch(api, channel),
  };
}
