import { describe, expect, it } from "vitest";
import { pullAll } from "@/e2e/google-account";
import { openSeriesAccount } from "@/e2e/google-series";
import { moved, off, weekly } from "../contract/series-drafts";
import { meaningKey } from "../meaning";
import type { EventDraft } from "../provider";

const { account, calendarId, put, read, get, change, cancel, titles, raw } = openSeriesAccount();
const routes = () => {
  const asked = account.admin.log().map(({ route }) => route.replace("events.", ""));
  account.admin.clearLog();
  return asked;
};

const overrides = [off("2026-03-23T09:00:00Z"), moved("2026-04-06T08:00:00Z", "2026-04-07T12:00:00Z")];
const draft = weekly(overrides);
const renamed: EventDraft = { ...draft, title: "Stand-up", sequence: 1 };
const third = (id: string) => `${id}_20260330T080000Z`;
const fourth = (id: string) => `${id}_20260406T080000Z`;

describe("what is written of a series", () => {
  it("is its rule and what is off, on its own clock, and an instance for the rest", async () => {
    const { id } = await put(draft);
    expect(await raw(id)).toMatchObject({
      recurrence: ["RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE;TZID=Europe/Berlin:20260323T100000"],
      start: { dateTime: "2026-03-16T09:00:00Z", timeZone: "Europe/Berlin" },
      extendedProperties: { private: { calends: "1", calendsUid: draft.uid } },
    });
    expect((await raw(id)).extendedProperties?.private).not.toHaveProperty("calendsUnfinished");
    const other = account.eventsIn(calendarId).find((event) => event.id === fourth(id));
    expect(other).toMatchObject({ summary: "Jour fixe, with Grace", location: "Room 7" });
    expect(other?.description).toBeUndefined();
    expect(account.admin.outbox()).toEqual([]);
  });

  it("of days is off by days", async () => {
    const time = { kind: "allDay", startDay: "2026-03-16", endDay: "2026-03-17" } as const;
    const recurrence = { rule: "FREQ=DAILY;UNTIL=20260318", exceptions: [{ key: "2026-03-17", says: null }] };
    const { id } = await put({ ...draft, time, recurrence });
    expect((await raw(id)).recurrence).toEqual([
      "RRULE:FREQ=DAILY;UNTIL=20260318",
      "EXDATE;VALUE=DATE:20260317",
    ]);
  });

  it("takes few requests", async () => {
    routes();
    const once = await put(weekly());
    expect(routes()).toEqual(["insert"]);
    const more = await put(draft, once);
    expect(routes()).toEqual(["get", "list", "patch", "list", "patch", "patch"]);
    const other = await put(renamed, more);
    expect(routes()).toEqual(["get", "list", "patch", "list", "patch"]);
    await account.provider.deleteEvent(calendarId, other);
    expect(routes()).toEqual(["get", "list", "delete"]);
    const again = await put(draft);
    expect(routes()).toEqual(["insert", "get", "insert", "patch", "patch"]);
    await get(again.id);
    expect(routes()).toEqual(["get", "list"]);
  });

  it("leaves alone what the host added to an occurrence", async () => {
    const { id } = await put(weekly());
    change(fourth(id), { colorId: "7", reminders: { useDefault: false } });
    const { etag } = await read(id);
    await put(draft, { id, etag });
    expect(await raw(fourth(id))).toMatchObject({
      colorId: "7",
      reminders: { useDefault: false },
      location: "Room 7",
    });
  });

  it("comes back in the next pull as occurrences of one series", async () => {
    const { id } = await put(draft);
    const { upserts } = await pullAll(account.provider, calendarId);
    expect(upserts.map(({ seriesId, uid }) => [seriesId, uid])).toEqual(Array(5).fill([id, draft.uid]));
  });
});

describe("what somebody makes of a series", () => {
  it("to one occurrence is an exception", async () => {
    const ref = await put(weekly());
    change(third(ref.id), { summary: "Third" });
    cancel(fourth(ref.id));
    const copy = await read(ref.id);
    expect(copy.recurrence?.exceptions).toMatchObject([
      { key: "2026-03-30T08:00:00.000Z", says: { title: "Third", description: draft.description } },
      { key: "2026-04-06T08:00:00.000Z", says: null },
    ]);
    expect(copy.etag).not.toBe(ref.etag);
  });

  it("to the looks of an occurrence is none", async () => {
    const ref = await put(weekly());
    change(third(ref.id), { colorId: "7" });
    expect(meaningKey(await read(ref.id))).toBe(meaningKey(weekly()));
  });

  it("is not overwritten, nor deleted, though Google's ETag of the series is still the same", async () => {
    const ref = await put(draft);
    const { etag } = await raw(ref.id);
    const known = { id: ref.id, etag: (await read(ref.id)).etag };
    change(third(ref.id), { summary: "Third" });
    expect(
      account.admin.eventsIn({
        calendarId,
        timeMin: "2026-01-01T00:00:00Z",
        timeMax: "2027-01-01T00:00:00Z",
      }),
    ).toHaveLength(5);
    await expect(put(renamed, known)).rejects.toMatchObject({ code: "conflict" });
    await expect(account.provider.deleteEvent(calendarId, known)).rejects.toMatchObject({ code: "conflict" });
    expect(titles()).toContain("Third");
    expect((await read(ref.id)).etag?.split(" ")[0]).toBe(etag);
  });

  it("is put back where it is known", async () => {
    const { id } = await put(weekly());
    cancel(third(id));
    change(fourth(id), { summary: "Fourth" });
    const { etag } = await read(id);
    await put(weekly(), { id, etag });
    expect(titles()).toEqual(Array(6).fill("Jour fixe"));
    expect(meaningKey(await read(id))).toBe(meaningKey(weekly()));
  });

  it.each([
    ["dates beside the rule", ["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;TZID=Europe/Berlin:20260401T100000"]],
    ["two rules", ["RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=MONTHLY;COUNT=2"]],
    ["dates alone", ["RDATE;TZID=Europe/Berlin:20260401T100000"]],
  ])("that one rule cannot say is no recurrence of ours: %s", async (_what, recurrence) => {
    const { id } = await put(weekly());
    change(id, { recurrence });
    const copy = await read(id);
    expect(copy).toMatchObject({ isRecurring: true, recurrence: null });
    await put(weekly(), { id, etag: copy.etag });
    expect(meaningKey(await read(id))).toBe(meaningKey(weekly()));
  });

  it("is off also by EXDATE in other spellings", async () => {
    const { id } = await put(weekly());
    const exdates = [
      "EXDATE:20260323T090000Z,20260330T080000Z",
      "EXDATE;TZID=America/New_York:20260406T040000",
    ];
    change(id, { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=6", ...exdates] });
    expect((await read(id)).recurrence?.exceptions.map(({ key }) => key)).toEqual([
      "2026-03-23T09:00:00.000Z",
      "2026-03-30T08:00:00.000Z",
      "2026-04-06T08:00:00.000Z",
    ]);
    expect(titles()).toHaveLength(3);
  });

  it("has the time of its latest change, wherever in it that was", async () => {
    const { id } = await put(draft);
    await account.admin.advance({ milliseconds: 3_600_000 });
    change(third(id), { summary: "Third" });
    expect((await read(id)).updatedAt).toEqual(new Date(account.admin.now()));
  });
});
