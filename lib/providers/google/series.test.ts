import { describe, expect, it } from "vitest";
import { openGoogleAccount, pullAll, team } from "@/e2e/google-account";
import type { GoogleEvent } from "@/emulators/google/state";
import { moved, off, timed, weekly } from "../contract/series-drafts";
import { meaningKey } from "../meaning";
import type { EventDraft, RemoteRef } from "../provider";

const account = openGoogleAccount();
const calendarId = team;

const overrides = [off("2026-03-23T09:00:00Z"), moved("2026-04-06T08:00:00Z", "2026-04-07T12:00:00Z")];
const draft = weekly(overrides);
const renamed: EventDraft = { ...draft, title: "Stand-up", sequence: 1 };

const put = (event: EventDraft, previous?: RemoteRef) =>
  account.provider.putEvent(calendarId, event, previous);
const get = (eventId: string) => account.provider.getEvent(calendarId, eventId, "Europe/Berlin");
const read = async (eventId: string) => (await get(eventId)) ?? expect.fail("it is gone");
const change = (eventId: string, event: object) =>
  account.admin.changeEvent({ calendarId, eventId, event: { ...event } });
const cancel = (eventId: string) => account.admin.deleteEvent({ calendarId, eventId });
const titles = () => account.eventsIn(calendarId).map(({ summary }) => summary);
/** The resource as Google keeps it. */
const raw = async (eventId: string) => {
  const scopes = ["https://www.googleapis.com/auth/calendar"];
  const { accessToken } = account.admin.issueTokens({ email: account.email, clientId: "calends", scopes });
  const address = `${account.url}/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events/${eventId}`;
  const answer = await fetch(address, { headers: { authorization: `Bearer ${accessToken}` } });
  return (await answer.json()) as GoogleEvent;
};
const routes = () => {
  const asked = account.admin.log().map(({ route }) => route.replace("events.", ""));
  account.admin.clearLog();
  return asked;
};
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

describe("a series that was not written to its end", () => {
  /** A process dies at that request. */
  const dieAt = async (route: string, skip: number, event: EventDraft, previous?: RemoteRef) => {
    account.admin.addFault({ route, effect: { kind: "error", error: "backendError" }, skip, times: 50 });
    await expect(put(event, previous)).rejects.toMatchObject({ code: "unavailable" });
    account.admin.clearFaults();
  };

  it.each([0, 1])("is gone on with when it is put again, new, from patch %i on", async (skip) => {
    await dieAt("events.patch", skip, draft);
    const ref = await put(draft);
    expect(await read(ref.id)).toMatchObject(ref);
    expect(meaningKey(await read(ref.id))).toBe(meaningKey(draft));
    expect(account.eventsIn(calendarId)).toHaveLength(5);
  });

  it.each([1, 2, 3])(
    "is gone on with when it is put again over what was there, from patch %i on",
    async (skip) => {
      const previous = await put(weekly([moved("2026-04-13T08:00:00Z", "2026-04-14T08:00:00Z", "Another")]));
      await dieAt("events.patch", skip, renamed, previous);
      const ref = await put(renamed, previous);
      expect(await read(ref.id)).toMatchObject(ref);
      expect(meaningKey(await read(ref.id))).toBe(meaningKey(renamed));
    },
  );

  it("says nothing that somebody could have meant, and is written over by what it becomes next", async () => {
    const previous = await put(weekly());
    await dieAt("events.patch", 1, draft, previous);
    const half = await read(previous.id);
    expect(half).toMatchObject({ isRecurring: true, recurrence: null });
    await expect(put(renamed, previous)).rejects.toMatchObject({ code: "conflict" });
    await put(renamed, half);
    expect(meaningKey(await read(previous.id))).toBe(meaningKey(renamed));
  });

  it("is waited for while somebody writes it", async () => {
    const previous = await put(weekly());
    await account.admin.advance({ milliseconds: Date.now() - new Date(account.admin.now()).getTime() });
    account.admin.addFault({
      route: "events.patch",
      effect: { kind: "latency", milliseconds: 200 },
      skip: 1,
    });
    const writing = put(draft, previous);
    await expect
      .poll(async () => (await raw(previous.id)).extendedProperties?.private)
      .toHaveProperty("calendsUnfinished");
    const copy = await account.open().getEvent(calendarId, previous.id, "Europe/Berlin");
    expect(copy && meaningKey(copy)).toBe(meaningKey(draft));
    await writing;
  });
});

describe("an answer about a series that was lost", () => {
  const effect = { kind: "reset", after: true } as const;

  it.each([0, 1])("to patch %i of a new one costs nothing", async (skip) => {
    account.admin.addFault({ route: "events.patch", effect, skip });
    const ref = await put(draft);
    expect(await read(ref.id)).toMatchObject(ref);
    expect(meaningKey(await read(ref.id))).toBe(meaningKey(draft));
  });

  it.each([0, 1, 2, 3])("to patch %i over what was there costs nothing", async (skip) => {
    const previous = await put(draft);
    const other = weekly([
      moved("2026-04-06T08:00:00Z", "2026-04-08T12:00:00Z", "Later"),
      overrides[0] ?? expect.fail(),
    ]);
    const back = { ...other, title: "Other", time: timed("2026-03-16T09:00:00Z", 60) };
    account.admin.addFault({ route: "events.patch", effect, skip });
    const ref = await put(back, previous);
    expect(await read(ref.id)).toMatchObject(ref);
    expect(meaningKey(await read(ref.id))).toBe(meaningKey(back));
  });
});

describe("a list of exceptions", () => {
  it("comes on pages", async () => {
    const many = Array.from({ length: 20 }, (_, week) =>
      new Date(Date.UTC(2026, 4, 4 + 7 * week, 8)).toISOString(),
    );
    const event = {
      ...weekly(
        many.map((key) => moved(key, key, `On ${key}`)),
        "FREQ=WEEKLY",
      ),
      time: timed("2026-05-04T08:00:00Z"),
    };
    const { id } = await put(event);
    account.admin.settings({ largestPage: 7 });
    expect(meaningKey(await read(id))).toBe(meaningKey(event));
  });

  it("without the series itself is not believed: each occurrence is looked at", async () => {
    const { id } = await put(draft);
    cancel(third(id));
    const { etag: _, ...before } = await read(id);
    const nothing = { kind: "status", status: 200, body: '{"items":[]}' } as const;
    account.admin.addFault({ route: "events.list", effect: nothing });
    const { etag: _other, ...now } = await read(id);
    expect(now).toEqual(before);
    expect(account.asked("events.instances")).toEqual([200]);
  });

  it("that cannot be had is none", async () => {
    const { id } = await put(draft);
    const broken = { kind: "status", status: 200, body: '{"items":[{}]}' } as const;
    account.admin.addFault({ route: "events.list", effect: broken });
    await expect(get(id)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("with one that nobody understands is not half read", async () => {
    const { id } = await put(draft);
    change(third(id), { summary: ["odd"] });
    await expect(get(id)).rejects.toMatchObject({ code: "invalid" });
  });
});
