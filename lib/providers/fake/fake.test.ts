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

describe("what repeats at the fake", () => {
  const window = {
    start: new Date("2026-03-01T00:00:00Z"),
    end: new Date("2026-05-01T00:00:00Z"),
    timeZone: "America/New_York",
  };
  const at = (instant: string) => new Date(instant);
  const weekly: EventDraft = {
    uid: "weekly",
    sequence: 0,
    title: "Weekly",
    description: null,
    location: null,
    time: { kind: "timed", startsAt: at("2026-03-16T09:00:00Z"), endsAt: at("2026-03-16T10:00:00Z") },
    timeZone: "Europe/Berlin",
    recurrence: { rule: "FREQ=WEEKLY;COUNT=4", exceptions: [] },
  };
  const set = async () => {
    const account = createFakeAccount();
    const calendar = account.addCalendar();
    const provider = openFake(account.name);
    const ref = await provider.putEvent(calendar, weekly);
    const read = async (isKnown?: (id: string, etag: string) => boolean) => {
      const pages: ChangePage[] = [];
      for await (const page of provider.pullChanges(calendar, null, window, isKnown)) pages.push(page);
      return pages;
    };
    const starts = async () =>
      (await read()).flatMap(({ upserts }) =>
        upserts.flatMap(({ occurrences }) =>
          occurrences.map(({ time }) =>
            time.kind === "timed" ? time.startsAt.toISOString() : time.startDay,
          ),
        ),
      );
    return { account, calendar, provider, ref, read, starts };
  };

  it("takes place on the wall clock of its zone, also across a change of the clocks", async () => {
    expect(await (await set()).starts()).toEqual([
      "2026-03-16T09:00:00.000Z",
      "2026-03-23T09:00:00.000Z",
      "2026-03-30T08:00:00.000Z",
      "2026-04-06T08:00:00.000Z",
    ]);
  });

  it("is read back as it was put, and as somebody changed it", async () => {
    const { account, calendar, provider, ref, starts } = await set();
    const { recurrence, timeZone, time, title } = weekly;
    const read = () => provider.getEvent(calendar, ref.id, "UTC");
    expect(await read()).toMatchObject({ recurrence, timeZone, time, title, isRecurring: true });
    account.editOccurrence(calendar, "weekly", { key: "2026-03-23T09:00:00.000Z", says: null });
    const says = {
      title: "Later",
      description: null,
      location: null,
      time: {
        kind: "timed",
        startsAt: "2026-03-30T12:00:00.000Z",
        endsAt: "2026-03-30T13:00:00.000Z",
      } as const,
    };
    account.editOccurrence(calendar, "weekly", { key: "2026-03-30T08:00:00.000Z", says });
    expect((await read())?.recurrence?.exceptions).toHaveLength(2);
    expect(await starts()).toEqual([
      "2026-03-16T09:00:00.000Z",
      "2026-03-30T12:00:00.000Z",
      "2026-04-06T08:00:00.000Z",
    ]);
  });

  it("on days has days, and may come to take place once", async () => {
    const { account, calendar, provider, ref, starts } = await set();
    account.edit(calendar, "weekly", {
      time: { kind: "allDay", startDay: "2026-03-16", endDay: "2026-03-18" },
      recurrence: { rule: "FREQ=MONTHLY", exceptions: [{ key: "2026-04-16", says: null }] },
    });
    expect(await starts()).toEqual(["2026-03-16"]);
    account.edit(calendar, "weekly", { recurrence: null });
    expect(await provider.getEvent(calendar, ref.id, "UTC")).toMatchObject({
      isRecurring: false,
      recurrence: null,
    });
  });

  it("in a way that no rule says is said to repeat, and no more", async () => {
    const { account, calendar, provider, ref } = await set();
    const [first] = account.get(calendar, "weekly").occurrences;
    if (!first) throw new Error("no occurrence");
    account.save(calendar, { uid: "weekly", occurrences: [first, { ...first, key: "2" }] });
    expect(await provider.getEvent(calendar, ref.id, "UTC")).toMatchObject({
      isRecurring: true,
      recurrence: null,
    });
  });

  it("names what the caller knows, and reads the rest", async () => {
    const { account, calendar, ref, read } = await set();
    account.save(calendar, { uid: "foreign", occurrences: [] });
    const [page] = await read((id, etag) => id === ref.id && etag === ref.etag);
    expect(page?.unchanged).toEqual([ref.id]);
    expect(page?.upserts.map(({ uid }) => uid)).toEqual(["foreign"]);
    account.edit(calendar, "weekly", { title: "Other" });
    const [changed] = await read((id, etag) => id === ref.id && etag === ref.etag);
    expect(changed?.unchanged).toBeUndefined();
    expect(changed?.upserts).toHaveLength(2);
  });
});
