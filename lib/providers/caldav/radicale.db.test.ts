import { icsOf } from "@/e2e/ics";
import { startRadicale } from "@/e2e/radicale";
import { describeProvider } from "../contract";
import { openCaldav } from "./caldav";

describeProvider("CalDAV, Radicale", async () => {
  const server = await startRadicale();
  const credentials = { serverUrl: server.url, username: server.user, password: server.password };
  return {
    provider: openCaldav(credentials, { allowPrivate: true }),
    makeCalendar: (name) => server.makeCalendar(name),
    deleteCalendar: (calendarId) => server.deleteIcs(calendarId),
    save: async (calendarId, event) =>
      void (await server.putIcs(calendarId, `${event.uid}.ics`, icsOf(event))),
    remove: (calendarId, uid) => server.deleteIcs(`${calendarId}${encodeURIComponent(uid)}.ics`),
    // A rule that Radicale takes and that no month fulfils.
    garble: async (calendarId, uid) => {
      const event = icsOf({ uid, title: uid, startsAt: new Date(0), endsAt: new Date(3_600_000) });
      const garbled = event.replace("SUMMARY", "RRULE:FREQ=DAILY;BYMONTH=13\r\nSUMMARY");
      await server.putIcs(calendarId, `${uid}.ics`, garbled);
    },
    expire: (cursor) => cursor.replace(/sync\/\w+/, `sync/${"0".repeat(64)}`),
    stop: server.stop,
  };
});
