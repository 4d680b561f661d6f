import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { icsOf } from "@/e2e/ics";
import { startXandikos, type Xandikos } from "@/e2e/xandikos";
import { describeProvider } from "../contract";
import { openCaldav } from "./caldav";
import { discoverCaldav } from "./discover";

const credentialsOf = ({ url, user, password }: Xandikos) => ({ serverUrl: url, username: user, password });

describeProvider("CalDAV, Xandikos", async () => {
  const server = await startXandikos();
  return {
    provider: openCaldav(credentialsOf(server), { allowPrivate: true, retryDelayMs: 1 }),
    makeCalendar: (name) => server.makeCalendar(name),
    deleteCalendar: (calendarId) => server.deleteIcs(calendarId),
    save: async (calendarId, event) =>
      void (await server.putIcs(calendarId, `${event.uid}.ics`, icsOf(event))),
    remove: (calendarId, uid) => server.deleteIcs(`${calendarId}${encodeURIComponent(uid)}.ics`),
    // A rule that Xandikos takes and that no month fulfils.
    garble: async (calendarId, uid) => {
      const event = icsOf({ uid, title: uid, startsAt: new Date(0), endsAt: new Date(3_600_000) });
      const garbled = event.replace(
        "SUMMARY",
        "RRULE:FREQ=YEARLY;BYMONTH=13;UNTIL=19800101T000000Z\r\nSUMMARY",
      );
      await server.putIcs(calendarId, `${uid}.ics`, garbled);
    },
    // Its iCalendar library takes an escaped backslash before an n for a line end.
    kept: (text) => text.replace("\\n", "\n"),
    expire: (cursor) => cursor.replace(/"token":"[^"]*"/, `"token":"${"0".repeat(40)}"`),
    stop: server.stop,
  };
});

describe("discovery at Xandikos", () => {
  let server: Xandikos;
  beforeAll(async () => {
    server = await startXandikos();
  });
  afterAll(() => server?.stop());

  it("finds the account and its calendars", async () => {
    const id = await server.makeCalendar("work");
    const { url, user, password } = server;
    const account = await discoverCaldav({ server: url, username: user, password }, { allowPrivate: true });
    expect(account).toMatchObject({
      credentials: { serverUrl: url, username: user, password },
      principalUrl: `${url}user/`,
      homeUrl: `${url}user/calendars/`,
    });
    expect(account.calendars).toContainEqual({ id, name: "work", color: null, isReadOnly: false });
  });
});
