import { startHostileCaldav } from "@/e2e/hostile-caldav";
import * as quirks from "@/e2e/hostile-caldav-quirks";
import { icsOf } from "@/e2e/ics";
import { describeProvider } from "../contract";
import { openCaldav } from "./caldav";

const profiles: Record<string, quirks.Quirks> = {
  Radicale: quirks.radicale,
  Xandikos: quirks.xandikos,
  DAViCal: quirks.davical,
  sabre: quirks.sabre,
  // Each case has a calendar of its own with the same event in it, which one account cannot have there.
  Cyrus: { ...quirks.cyrus, refuse: (put) => quirks.cyrus.refuse({ ...put, others: [] }) },
  iCloud: quirks.icloud,
  "no sync tokens": quirks.plain,
  "neither sync tokens nor CTag": { ...quirks.plain, hasCtag: false },
};

for (const [name, profile] of Object.entries(profiles)) {
  describeProvider(`CalDAV like ${name}`, async () => {
    const server = await startHostileCaldav();
    server.quirks = profile;
    const credentials = { serverUrl: server.url, username: server.user, password: server.password };
    return {
      provider: openCaldav(credentials, { allowPrivate: true, timeoutMs: 2_000, retryDelayMs: 1 }),
      makeCalendar: async (calendar) => server.addCalendar(calendar),
      deleteCalendar: async (calendarId) => {
        server.calendar(calendarId).isGone = true;
      },
      save: async (calendarId, event) => server.save(calendarId, `${event.uid}.ics`, icsOf(event)),
      remove: async (calendarId, uid) => server.remove(calendarId, `${uid}.ics`),
      garble: async (calendarId, uid) => server.save(calendarId, `${uid}.ics`, "BEGIN:VCALENDAR\r\nnonsense"),
      expire: (cursor) => cursor.replace(/token-\d+/, "token-999").replace(/^.*"etags".*$/, "null"),
      stop: () => server.stop(),
    };
  });
}
