import { type GoogleAccount, receiveMessages, startGoogleAccount } from "@/e2e/google-account";
import { describeProvider, type ForeignEvent } from "../contract";

describeProvider("Google", () => harness(), { notifies: true });
// Google does not say which it is.
describeProvider("Google, where a series and its instances are one", () =>
  harness({ instancesTouchSeries: true, deletedSeries: "both" }),
);
describeProvider("Google, where a new rule does away with exceptions", () =>
  harness({ keepsInstances: false }),
);

type Settings = Parameters<GoogleAccount["admin"]["settings"]>[0];

async function harness(settings: Settings = {}) {
  const account = await startGoogleAccount();
  const { admin, makeCalendar } = account;
  admin.settings(settings);
  const messages = await receiveMessages(account);
  return {
    // Another connection each time: nobody may ask more than 600 times in a minute, and the suite does.
    get provider() {
      return account.open();
    },
    makeCalendar: async (name: string) => makeCalendar(name),
    deleteCalendar: async (calendarId: string) => admin.removeCalendar({ calendarId }),
    save: async (calendarId: string, event: ForeignEvent) => {
      const eventId = findId(account, calendarId, event.uid);
      if (eventId) admin.changeEvent({ calendarId, eventId, event: bodyOf(event) });
      else admin.createEvent({ calendarId, event: { iCalUID: event.uid, ...bodyOf(event) } });
    },
    remove: async (calendarId: string, uid: string) =>
      admin.deleteEvent({ calendarId, eventId: findId(account, calendarId, uid) ?? "" }),
    // A title that is none; where it comes from, Google would keep even this.
    garble: async (calendarId: string, uid: string) => {
      const eventId = findId(account, calendarId, uid) ?? "";
      admin.changeEvent({ calendarId, eventId, event: { summary: ["odd"] } });
    },
    expire: (cursor: string) => {
      const { syncToken, ...rest } = JSON.parse(cursor);
      const token = JSON.parse(Buffer.from(syncToken, "base64").toString());
      const lost = Buffer.from(JSON.stringify({ ...token, seq: 1e9 })).toString("base64");
      return JSON.stringify({ ...rest, syncToken: lost });
    },
    channels: {
      address: messages.address,
      received: messages.received,
      makeSilentCalendar: async () =>
        makeCalendar("Holidays", "de.german#holiday@group.v.calendar.google.com"),
    },
    stop: async () => {
      messages.stop();
      await account.stop();
    },
  };
}

function findId({ eventsIn }: GoogleAccount, calendarId: string, uid: string): string | undefined {
  return eventsIn(calendarId).find(
    ({ iCalUID, extendedProperties }) => (extendedProperties?.private?.calendsUid ?? iCalUID) === uid,
  )?.id;
}

function bodyOf({ title, startsAt, endsAt }: ForeignEvent) {
  return {
    summary: title,
    start: { dateTime: startsAt.toISOString() },
    end: { dateTime: endsAt.toISOString() },
  };
}
