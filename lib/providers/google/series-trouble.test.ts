import { describe, expect, it } from "vitest";
import { openSeriesAccount } from "@/e2e/google-series";
import { moved, off, timed, weekly } from "../contract/series-drafts";
import { meaningKey } from "../meaning";
import type { EventDraft, RemoteRef } from "../provider";

const { account, calendarId, put, read, get, change, cancel, raw } = openSeriesAccount();
const overrides = [off("2026-03-23T09:00:00Z"), moved("2026-04-06T08:00:00Z", "2026-04-07T12:00:00Z")];
const draft = weekly(overrides);
const renamed: EventDraft = { ...draft, title: "Stand-up", sequence: 1 };
const third = (id: string) => `${id}_20260330T080000Z`;

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
    account.admin.settings({ largestPage: 3, shortPages: true });
    expect(meaningKey(await read(id))).toBe(meaningKey(event));
    expect(account.asked("events.list").length).toBeGreaterThan(6);
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
