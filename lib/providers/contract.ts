import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CalendarProvider, ChangePage, EventDraft, RemoteEvent, SyncWindow } from "./provider";
import { PushUnsupported } from "./push-unsupported";

export type ForeignEvent = { uid: string; title: string; startsAt: Date; endsAt: Date };

/** A real or pretended server with an account on it, and what that account's other apps can do. */
export interface ProviderHarness {
  provider: CalendarProvider;
  /** A new, empty, writable calendar; returns its id. */
  makeCalendar(name: string): Promise<string>;
  deleteCalendar(calendarId: string): Promise<void>;
  /** Creates the event, or replaces the one that has the UID. */
  save(calendarId: string, event: ForeignEvent): Promise<void>;
  remove(calendarId: string, uid: string): Promise<void>;
  /** Makes the event something nobody can understand. */
  garble(calendarId: string, uid: string): Promise<void>;
  /** A cursor that the server does not know any more. */
  expire(cursor: string): string;
  /** Where the provider can notify: what came at `address`, and a calendar it never speaks of. */
  channels?: {
    address: string;
    /** The secrets that came since the last call, once nothing more is on its way. */
    received(): Promise<string[]>;
    makeSilentCalendar(): Promise<string>;
  };
  stop(): Promise<void>;
}

const window: SyncWindow = {
  start: new Date("2026-01-01T00:00:00Z"),
  end: new Date("2027-01-01T00:00:00Z"),
  timeZone: "Europe/Berlin",
};
const foreign = (uid: string, title = uid): ForeignEvent => ({
  uid,
  title,
  startsAt: new Date("2026-06-01T10:00:00Z"),
  endsAt: new Date("2026-06-01T11:00:00Z"),
});
const draft: EventDraft = {
  uid: "0b6d2a@calends",
  sequence: 0,
  title: "Intro call",
  description: "First line\nsecond; with, signs \\ and “quotes”",
  location: "Room 5, ground floor",
  time: {
    kind: "timed",
    startsAt: new Date("2026-06-02T10:00:00Z"),
    endsAt: new Date("2026-06-02T10:30:00Z"),
  },
  timeZone: "Europe/Berlin",
};

/** What every provider must do, whatever it talks to. A provider's surprise becomes a line here. */
export function describeProvider(
  name: string,
  open: () => Promise<ProviderHarness>,
  options: { notifies?: boolean } = {},
): void {
  describe(`the provider contract: ${name}`, () => {
    let harness: ProviderHarness;
    let provider: CalendarProvider;
    let calendars = 0;
    const makeCalendar = () => harness.makeCalendar(`c${++calendars}`);
    beforeAll(async () => {
      harness = await open();
      provider = harness.provider;
    });
    afterAll(() => harness?.stop());

    describe("pullChanges", () => {
      it("lists the calendars there are", async () => {
        const id = await harness.makeCalendar("2024");
        expect(await provider.listCalendars()).toContainEqual(
          expect.objectContaining({ id, name: "2024", isReadOnly: false }),
        );
      });

      it("reads an empty calendar", async () => {
        const first = await pull(provider, await makeCalendar(), null);
        expect(first).toMatchObject({ isReset: true, upserts: [], unreadable: [] });
      });

      it("reads everything first, then only what changed", async () => {
        const calendar = await makeCalendar();
        for (const uid of ["kept", "edited", "deleted"]) await harness.save(calendar, foreign(uid));
        const first = await pull(provider, calendar, null);
        expect(first.isReset).toBe(true);
        expect(titlesOf(first)).toEqual(["deleted", "edited", "kept"]);
        expect(first.upserts[0]?.occurrences).toEqual([
          {
            key: "",
            title: first.upserts[0]?.uid,
            time: { kind: "timed", startsAt: foreign("").startsAt, endsAt: foreign("").endsAt },
            status: "confirmed",
            transparency: "opaque",
          },
        ]);

        const idOf = (uid: string) => first.upserts.find((event) => event.uid === uid)?.id;
        expect(await pull(provider, calendar, first.cursor)).toMatchObject(nothing);
        await harness.save(calendar, foreign("new"));
        await harness.save(calendar, foreign("edited", "edited again"));
        await harness.remove(calendar, "deleted");
        const second = await pull(provider, calendar, first.cursor);
        expect(titlesOf(second)).toEqual(["edited again", "new"]);
        expect(second.upserts.find(({ uid }) => uid === "edited")?.id).toBe(idOf("edited"));
        expect(second.deletions).toEqual([idOf("deleted")]);
        expect(await pull(provider, calendar, second.cursor)).toMatchObject(nothing);
      });

      it("starts again when the cursor is lost", async () => {
        const calendar = await makeCalendar();
        await harness.save(calendar, foreign("one"));
        await harness.save(calendar, foreign("two"));
        const first = await pull(provider, calendar, null);
        await harness.remove(calendar, "two");
        await harness.save(calendar, foreign("three"));
        const again = await pull(provider, calendar, harness.expire(first.cursor));
        expect(again.isReset).toBe(true);
        expect(titlesOf(again)).toEqual(["one", "three"]);
        expect(await pull(provider, calendar, again.cursor)).toMatchObject(nothing);
      });

      it("starts again with a cursor that is none", async () => {
        const calendar = await makeCalendar();
        await harness.save(calendar, foreign("one"));
        expect(await pull(provider, calendar, '{"version":99}')).toMatchObject({ isReset: true });
      });

      it("reports what it cannot understand, and still reads the rest", async () => {
        const calendar = await makeCalendar();
        await harness.save(calendar, foreign("fine"));
        await harness.save(calendar, foreign("odd"));
        const first = await pull(provider, calendar, null);
        await harness.garble(calendar, "odd");
        const second = await pull(provider, calendar, first.cursor);
        const odd = first.upserts.find(({ uid }) => uid === "odd")?.id;
        expect(second.unreadable).toEqual([{ id: odd, reason: expect.any(String) }]);
        expect(second.deletions).not.toContain(odd);
        const again = await pull(provider, calendar, null);
        expect(titlesOf(again)).toEqual(["fine"]);
        expect(again.unreadable.map(({ id }) => id)).toEqual([odd]);
      });

      it("says when the calendar is gone", async () => {
        const calendar = await makeCalendar();
        const { cursor } = await pull(provider, calendar, null);
        await harness.deleteCalendar(calendar);
        await expect(pull(provider, calendar, cursor)).rejects.toMatchObject({ code: "not_found" });
        await expect(pull(provider, calendar, null)).rejects.toMatchObject({ code: "not_found" });
      });
    });

    describe("putEvent", () => {
      it("creates what pullChanges then shows under the same reference", async () => {
        const calendar = await makeCalendar();
        const { cursor } = await pull(provider, calendar, null);
        const ref = await provider.putEvent(calendar, draft);
        const { upserts } = await pull(provider, calendar, cursor);
        expect(upserts).toMatchObject([{ ...ref, uid: draft.uid }]);
        expect(upserts[0]?.occurrences).toEqual([
          { key: "", title: draft.title, time: draft.time, status: "confirmed", transparency: "opaque" },
        ]);
      });

      it("keeps days days", async () => {
        const calendar = await makeCalendar();
        const time = { kind: "allDay", startDay: "2026-10-24", endDay: "2026-10-26" } as const;
        await provider.putEvent(calendar, { ...draft, time });
        const { upserts } = await pull(provider, calendar, null);
        expect(upserts[0]?.occurrences[0]?.time).toEqual(time);
      });

      it.each(["a,b;c\\n:d", "“Grüße” – 日本 👩🏽‍💻", "long ".repeat(60).trim(), "2024", "&amp; <b>]]>"])(
        "keeps the title %s",
        async (title) => {
          const calendar = await makeCalendar();
          await provider.putEvent(calendar, { ...draft, title });
          expect(titlesOf(await pull(provider, calendar, null))).toEqual([title]);
        },
      );

      it("makes one event when it is repeated", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        expect(await provider.putEvent(calendar, draft)).toEqual(ref);
        expect((await pull(provider, calendar, null)).upserts).toHaveLength(1);
      });

      it("does not create over what somebody changed", async () => {
        const calendar = await makeCalendar();
        await provider.putEvent(calendar, draft);
        await harness.save(calendar, foreign(draft.uid, "moved by the host"));
        await expect(provider.putEvent(calendar, draft)).rejects.toMatchObject({ code: "conflict" });
        expect(titlesOf(await pull(provider, calendar, null))).toEqual(["moved by the host"]);
      });

      it("replaces its own event, also when it is repeated", async () => {
        const calendar = await makeCalendar();
        const first = await provider.putEvent(calendar, draft);
        const newer = { ...draft, title: "Intro call, moved", sequence: 1 };
        const second = await provider.putEvent(calendar, newer, first);
        expect(second.id).toBe(first.id);
        expect(await provider.putEvent(calendar, newer, first)).toEqual(second);
        expect(titlesOf(await pull(provider, calendar, null))).toEqual(["Intro call, moved"]);
      });

      it("does not replace what somebody changed", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        await harness.save(calendar, foreign(draft.uid, "moved by the host"));
        const put = provider.putEvent(calendar, { ...draft, title: "ours" }, ref);
        await expect(put).rejects.toMatchObject({ code: "conflict" });
        expect(titlesOf(await pull(provider, calendar, null))).toEqual(["moved by the host"]);
      });

      it("does not bring back what somebody deleted", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        await harness.remove(calendar, draft.uid);
        const put = provider.putEvent(calendar, { ...draft, title: "ours" }, ref);
        await expect(put).rejects.toMatchObject({ code: "conflict" });
        expect((await pull(provider, calendar, null)).upserts).toEqual([]);
      });

      it("says when the calendar is gone", async () => {
        const calendar = await makeCalendar();
        await harness.deleteCalendar(calendar);
        await expect(provider.putEvent(calendar, draft)).rejects.toMatchObject({ code: "not_found" });
      });
    });

    describe("deleteEvent", () => {
      it("deletes, and is content when there is nothing left to delete", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        const { cursor } = await pull(provider, calendar, null);
        await provider.deleteEvent(calendar, ref);
        await provider.deleteEvent(calendar, ref);
        expect(await pull(provider, calendar, cursor)).toMatchObject({ upserts: [], deletions: [ref.id] });
      });

      it("does not delete what somebody changed", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        await harness.save(calendar, foreign(draft.uid, "moved by the host"));
        await expect(provider.deleteEvent(calendar, ref)).rejects.toMatchObject({ code: "conflict" });
        expect(titlesOf(await pull(provider, calendar, null))).toEqual(["moved by the host"]);
      });
    });

    describe("getEvent", () => {
      const get = (calendar: string, id: string) => provider.getEvent(calendar, id, window.timeZone);

      it("reads what was put", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        const { uid, title, description, location, time } = draft;
        const copy = await get(calendar, ref.id);
        expect(copy).toMatchObject({ ...ref, uid, title, description, location, time, isRecurring: false });
        expect(copy?.updatedAt === null || copy?.updatedAt instanceof Date).toBe(true);
      });

      it("reads days, and nothing where nothing was said", async () => {
        const calendar = await makeCalendar();
        const time = { kind: "allDay", startDay: "2026-10-24", endDay: "2026-10-26" } as const;
        const ref = await provider.putEvent(calendar, { ...draft, time, description: null, location: null });
        expect(await get(calendar, ref.id)).toMatchObject({ time, description: null, location: null });
      });

      it("reads what somebody made of it, under the ETag it is listed with", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        const moved = foreign(draft.uid, "moved by the host");
        await harness.save(calendar, moved);
        const copy = await get(calendar, ref.id);
        expect(copy).toMatchObject({ id: ref.id, uid: draft.uid, title: moved.title });
        expect(copy?.time).toEqual({ kind: "timed", startsAt: moved.startsAt, endsAt: moved.endsAt });
        expect(copy?.etag).not.toBe(ref.etag);
        const { upserts } = await pull(provider, calendar, null);
        expect(upserts.map(({ etag }) => etag)).toEqual([copy?.etag]);
      });

      it("reads nothing of what is gone", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        await harness.remove(calendar, draft.uid);
        expect(await get(calendar, ref.id)).toBeNull();
      });

      it("says what it cannot understand", async () => {
        const calendar = await makeCalendar();
        await harness.save(calendar, foreign("odd"));
        const { upserts } = await pull(provider, calendar, null);
        await harness.garble(calendar, "odd");
        await expect(get(calendar, upserts[0]?.id ?? "")).rejects.toMatchObject({ code: "invalid" });
      });

      it("says when the calendar is gone", async () => {
        const calendar = await makeCalendar();
        const ref = await provider.putEvent(calendar, draft);
        await harness.deleteCalendar(calendar);
        await expect(get(calendar, ref.id)).rejects.toMatchObject({ code: "not_found" });
      });
    });

    if (options.notifies) describeWatch(() => harness, makeCalendar);
  });
}

/** For providers that notify. */
function describeWatch(harness: () => ProviderHarness, makeCalendar: () => Promise<string>): void {
  describe("watch", () => {
    const open = async (calendar: string) => {
      const { channels = expect.fail("this harness receives nothing"), provider } = harness();
      const channel = { id: randomUUID(), secret: randomUUID(), address: channels.address };
      const opened = await provider.watch?.(calendar, channel);
      await channels.received();
      return { channel, channels, opened: opened ?? expect.fail("this provider watches nothing") };
    };

    it("has every change told of with the secret, until it is stopped", async () => {
      const calendar = await makeCalendar();
      const { channel, channels, opened } = await open(calendar);
      expect(opened.expiresAt).toBeInstanceOf(Date);
      await harness().save(calendar, foreign("one"));
      expect(await channels.received()).toEqual([channel.secret]);
      const ref = { id: channel.id, resourceId: opened.resourceId };
      await harness().provider.unwatch?.(ref);
      await harness().save(calendar, foreign("two"));
      expect(await channels.received()).toEqual([]);
      await harness().provider.unwatch?.(ref);
    });

    it("lets a successor overlap", async () => {
      const calendar = await makeCalendar();
      const first = await open(calendar);
      const second = await open(calendar);
      await harness().save(calendar, foreign("one"));
      const secrets = [first.channel.secret, second.channel.secret].sort();
      expect((await first.channels.received()).sort()).toEqual(secrets);
    });

    it("says when a calendar is never told of", async () => {
      const calendar = (await harness().channels?.makeSilentCalendar()) ?? expect.fail();
      await expect(open(calendar)).rejects.toBeInstanceOf(PushUnsupported);
    });

    it("says when the calendar is gone", async () => {
      const calendar = await makeCalendar();
      await harness().deleteCalendar(calendar);
      await expect(open(calendar)).rejects.toMatchObject({ code: "not_found" });
    });
  });
}

const nothing = { isReset: false, upserts: [], deletions: [], unreadable: [] };

type Pulled = Omit<ChangePage, "reset" | "cursor"> & { isReset: boolean; cursor: string };

/** All pages as one, once it is certain that the cursor came last and alone. */
async function pull(provider: CalendarProvider, calendarId: string, cursor: string | null): Promise<Pulled> {
  const pages: ChangePage[] = [];
  for await (const page of provider.pullChanges(calendarId, cursor, window)) pages.push(page);
  expect(pages.slice(0, -1).every((page) => page.cursor === undefined)).toBe(true);
  return {
    isReset: pages.some((page) => page.reset),
    upserts: pages.flatMap((page) => page.upserts),
    deletions: pages.flatMap((page) => page.deletions),
    unreadable: pages.flatMap((page) => page.unreadable),
    cursor: pages.at(-1)?.cursor ?? expect.fail("the last page carries no cursor"),
  };
}

function titlesOf({ upserts }: { upserts: RemoteEvent[] }): string[] {
  return upserts.flatMap(({ occurrences }) => occurrences.map(({ title }) => title)).sort();
}
