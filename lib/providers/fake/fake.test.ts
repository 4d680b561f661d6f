import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { describeProvider } from "../contract";
import type { ChangePage, EventDraft } from "../provider";
import { createFakeAccount, openFake } from "./fake";

describeProvider("fake", async () => {
  const account = createFakeAccount();
  return {
    provider: openFake(account.name),
    makeCalendar: async (name) => account.addCalendar({ name }),
    deleteCalendar: async (calendarId) => void account.calendars.delete(calendarId),
    save: async (calendarId, { uid, title, startsAt, endsAt }) => {
      const time = { kind: "timed", startsAt, endsAt } as const;
      const occurrence = { key: "", title, time, status: "confirmed", transparency: "opaque" } as const;
      account.save(calendarId, { uid, occurrences: [occurrence] });
    },
    remove: async (calendarId, uid) => account.remove(calendarId, uid),
    garble: async (calendarId, uid) => account.garble(calendarId, uid),
    expire: (cursor) => `0${cursor}`.replace(/^0\d+/, "0"),
    stop: async () => {},
  };
});

describe("an outage at the fake", () => {
  const outage = new AppError("unavailable", "The fake is down.");
  const window = { start: new Date("2026-01-01"), end: new Date("2027-01-01"), timeZone: "UTC" };
  const time = { kind: "timed", startsAt: new Date("2026-06-01"), endsAt: new Date("2026-06-02") } as const;
  const draft: EventDraft = {
    uid: "a",
    sequence: 0,
    title: "A",
    description: null,
    location: null,
    time,
    timeZone: "UTC",
  };
  const setUp = () => {
    const account = createFakeAccount();
    return { account, provider: openFake(account.name), calendar: account.addCalendar() };
  };

  it("loses an answer, not the event", async () => {
    const { account, provider, calendar } = setUp();
    account.loseNextAnswer("put", outage);
    await expect(provider.putEvent(calendar, draft)).rejects.toBe(outage);
    const ref = await provider.putEvent(calendar, draft);
    expect(account.events(calendar)).toMatchObject([{ id: ref.id }]);
  });

  it("breaks off a pull after its first page", async () => {
    const { account, provider, calendar } = setUp();
    account.pageSize = 1;
    for (const uid of ["a", "b", "c"]) account.save(calendar, { uid, occurrences: [] });
    account.failNext("pull", outage);
    const pages: ChangePage[] = [];
    const read = async () => {
      for await (const page of provider.pullChanges(calendar, null, window)) pages.push(page);
    };
    await expect(read()).rejects.toBe(outage);
    expect(pages).toHaveLength(1);
    expect(pages[0]?.cursor).toBeUndefined();
  });
});
