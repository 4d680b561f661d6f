import { describe, expect, it } from "vitest";
import { meetingAt, openGoogleAccount, pullAll, team } from "@/e2e/google-account";
import type { EventDraft } from "../provider";

const account = openGoogleAccount();
const calendarId = team;

const draft: EventDraft = {
  uid: "0b6d2a@calends",
  sequence: 0,
  title: "Intro call",
  description: "Agenda",
  location: "Room 5",
  time: {
    kind: "timed",
    startsAt: new Date("2026-06-02T10:00:00Z"),
    endsAt: new Date("2026-06-02T10:30:00Z"),
  },
  timeZone: "Europe/Berlin",
};
const moved: EventDraft = {
  ...draft,
  sequence: 1,
  time: {
    kind: "timed",
    startsAt: new Date("2026-06-03T10:00:00Z"),
    endsAt: new Date("2026-06-03T10:30:00Z"),
  },
};
const put = (event: EventDraft, previous?: { id: string; etag: string | null }) =>
  account.provider.putEvent(calendarId, event, previous);
const get = (eventId: string) => account.provider.getEvent(calendarId, eventId, "Europe/Berlin");
const change = (eventId: string, event: object) =>
  account.admin.changeEvent({ calendarId, eventId, event: { ...event } });
const remove = (eventId: string) => account.admin.deleteEvent({ calendarId, eventId });
const stored = () => account.eventsIn(calendarId);

describe("what is written", () => {
  it("is marked as ours, in the host's zone, and nobody is mailed", async () => {
    const { id } = await put(draft);
    expect(id).toMatch(/^[a-v0-9]{5,1024}$/);
    expect(stored()).toMatchObject([
      {
        summary: "Intro call",
        description: "Agenda",
        location: "Room 5",
        extendedProperties: { private: { calends: "1", calendsUid: draft.uid } },
        start: { dateTime: "2026-06-02T10:00:00Z", timeZone: "Europe/Berlin" },
      },
    ]);
    change(id, { attendees: [{ email: "guest@example.org" }] });
    const copy = await get(id);
    await put(moved, copy ?? undefined);
    expect(account.admin.outbox()).toEqual([]);
  });

  it("leaves alone what the host added", async () => {
    const ref = await put(draft);
    const own = {
      colorId: "7",
      reminders: { useDefault: false, overrides: [{ method: "popup", minutes: 3 }] },
      attendees: [{ email: "guest@example.org" }],
      extendedProperties: { private: { other: "app" } },
    };
    change(ref.id, own);
    const { etag = null } = (await get(ref.id)) ?? {};
    await put(moved, { id: ref.id, etag });
    const [event] = stored();
    expect(event).toMatchObject({ ...own, start: { dateTime: "2026-06-03T10:00:00Z" } });
    expect(event?.extendedProperties?.private).toEqual({ other: "app", calends: "1", calendsUid: draft.uid });
  });

  it("becomes a day, and a time again; a description goes with its text", async () => {
    const first = await put(draft);
    const day: EventDraft = {
      ...draft,
      description: null,
      time: { kind: "allDay", startDay: "2026-06-05", endDay: "2026-06-06" },
    };
    const second = await put(day, first);
    expect(await get(first.id)).toMatchObject({ time: day.time, description: null, location: "Room 5" });
    await put(draft, second);
    expect(await get(first.id)).toMatchObject({ time: draft.time, description: "Agenda" });
  });

  it("is one event again where the host made a series of it", async () => {
    const { id } = await put(draft);
    change(id, { recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] });
    const copy = await get(id);
    expect(copy).toMatchObject({ isRecurring: true });
    await put(draft, { id, etag: copy?.etag ?? null });
    expect(stored()).toHaveLength(1);
    expect(await get(id)).toMatchObject({ isRecurring: false, time: draft.time });
  });

  it("comes back from Google in its own words and is still ours", async () => {
    const ref = await put({ ...draft, description: "one\ntwo" });
    change(ref.id, { description: " one\r\ntwo \n" });
    expect(await put({ ...draft, description: "one\ntwo" })).toMatchObject({ id: ref.id });
  });
});

const lost = [
  ["a broken connection", { kind: "reset", after: true }],
  ["a server error", { kind: "error", error: "backendError", after: true }],
  ["half an answer", { kind: "truncate" }],
] as const;

describe("an answer that was lost", () => {
  it.each(lost)("to an insert makes no second event: %s", async (_what, effect) => {
    account.admin.addFault({ route: "events.insert", effect });
    const ref = await put(draft);
    expect(stored()).toMatchObject([{ id: ref.id, etag: ref.etag }]);
  });

  it.each(lost)("to a patch is no conflict: %s", async (_what, effect) => {
    const first = await put(draft);
    account.admin.addFault({ route: "events.patch", effect });
    const second = await put(moved, first);
    expect(stored()).toMatchObject([{ id: second.id, etag: second.etag }]);
    expect(second.etag).not.toBe(first.etag);
  });

  it.each(lost)("to a deletion is none: %s", async (_what, effect) => {
    const ref = await put(draft);
    account.admin.addFault({ route: "events.delete", effect });
    await account.provider.deleteEvent(calendarId, ref);
    expect(stored()).toEqual([]);
  });
});

describe("an id", () => {
  it("is the same for the same event, and another for another", async () => {
    const other = account.makeCalendar("Other");
    const { id } = await put(draft);
    expect((await account.provider.putEvent(other, draft)).id).toBe(id);
    expect((await put({ ...draft, uid: "other@calends" })).id).not.toBe(id);
  });

  it("of a deleted event is followed by the next", async () => {
    const first = await put(draft);
    await account.provider.deleteEvent(calendarId, first);
    const second = await put(draft);
    expect(second.id).not.toBe(first.id);
    expect(await put(draft)).toEqual(second);
    remove(second.id);
    account.admin.addFault({ route: "events.insert", effect: { kind: "reset", after: true }, skip: 2 });
    const third = await put(draft);
    expect(stored()).toMatchObject([{ id: third.id }]);
    const { upserts } = await pullAll(account.provider, calendarId);
    expect(upserts).toMatchObject([{ ...third, uid: draft.uid }]);
  });

  it("that is taken and cannot be seen yet is waited for", async () => {
    account.admin.addFault({ route: "events.insert", effect: { kind: "reset", after: true } });
    account.admin.addFault({ route: "events.get", effect: { kind: "error", error: "notFound" } });
    await expect(put(draft)).rejects.toMatchObject({ code: "unavailable" });
    await put(draft);
    expect(stored()).toHaveLength(1);
  });

  it("is used again where Google lets it be", async () => {
    account.admin.settings({ reusesDeletedIds: true });
    const first = await put(draft);
    remove(first.id);
    expect(await put(draft)).toMatchObject({ id: first.id });
  });

  it("that holds somebody else's event is a conflict", async () => {
    const { id } = await put(draft);
    change(id, { extendedProperties: { private: { calendsUid: "else" } } });
    await expect(put(draft)).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("a write over something unseen", () => {
  it("is refused where the event was deleted, whatever is known of it", async () => {
    const ref = await put(draft);
    remove(ref.id);
    await expect(put(moved, ref)).rejects.toMatchObject({ code: "conflict" });
    await expect(put(moved, { id: ref.id, etag: null })).rejects.toMatchObject({ code: "conflict" });
    await expect(put(moved, { id: "never5", etag: null })).rejects.toMatchObject({ code: "conflict" });
    expect(stored()).toEqual([]);
  });

  it("is refused where nobody can make sense of it any more", async () => {
    const ref = await put(draft);
    change(ref.id, { summary: ["odd"] });
    await expect(put(draft)).rejects.toMatchObject({ code: "conflict" });
    await expect(put(moved, ref)).rejects.toMatchObject({ code: "conflict" });
    await expect(account.provider.deleteEvent(calendarId, ref)).rejects.toMatchObject({ code: "conflict" });
  });

  it("goes through without a known version", async () => {
    const { id } = await put(draft);
    change(id, { summary: "renamed" });
    await put(moved, { id, etag: null });
    expect(await get(id)).toMatchObject({ title: draft.title, time: moved.time });
  });

  it("is no deletion of what is already gone", async () => {
    const ref = await put(draft);
    remove(ref.id);
    await account.provider.deleteEvent(calendarId, ref);
    await account.provider.deleteEvent(calendarId, { id: "never5", etag: '"1"' });
  });
});

describe("one event", () => {
  it("is read with its last change", async () => {
    const { id } = account.admin.createEvent({ calendarId, event: { ...meetingAt("2026-06-01") } });
    await account.admin.advance({ milliseconds: 60_000 });
    change(id, { summary: "later" });
    expect(await get(id)).toMatchObject({ updatedAt: new Date("2026-05-01T08:01:00Z"), title: "later" });
  });

  it("that is an occurrence repeats", async () => {
    const event = { ...meetingAt("2026-06-01"), recurrence: ["RRULE:FREQ=DAILY;COUNT=3"] };
    const { id } = account.admin.createEvent({ calendarId, event });
    expect(await get(`${id}_20260602T080000Z`)).toMatchObject({
      isRecurring: true,
      time: { startsAt: new Date("2026-06-02T08:00:00Z") },
    });
  });

  it("that there never was is gone", async () => {
    expect(await get("never5")).toBeNull();
  });
});
