import type { DavClient } from "@/e2e/dav-client";
import { icsOf } from "@/e2e/ics";
import type { ProviderHarness } from "./scene";

type Deeds = "makeCalendar" | "deleteCalendar" | "save" | "remove" | "garble";

/** What the account's other apps do at a real CalDAV server. */
export function davApps(server: DavClient): Pick<ProviderHarness, Deeds> {
  const save = async (calendarId: string, uid: string, ics: string) =>
    void (await server.putIcs(calendarId, `${uid}.ics`, ics));
  return {
    makeCalendar: (name) => server.makeCalendar(name),
    deleteCalendar: (calendarId) => server.deleteIcs(calendarId),
    save: (calendarId, event) => save(calendarId, event.uid, icsOf(event)),
    remove: (calendarId, uid) => server.deleteIcs(`${calendarId}${encodeURIComponent(uid)}.ics`),
    // A rule that servers take and that no month fulfils.
    garble: (calendarId, uid) => {
      const event = icsOf({ uid, title: uid, startsAt: new Date(0), endsAt: new Date(3_600_000) });
      const rule = "RRULE:FREQ=YEARLY;BYMONTH=13;UNTIL=19800101T000000Z";
      return save(calendarId, uid, event.replace("SUMMARY", `${rule}\r\nSUMMARY`));
    },
  };
}
