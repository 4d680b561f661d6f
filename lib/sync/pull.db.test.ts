import { asc, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { calendarConnections, calendars, syncedEvents, syncLogs } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { Occurrence } from "@/lib/providers/provider";
import { takeDueCalendars } from "./due";
import { pullCalendar } from "./pull";
import { requestPull } from "./request";

type Fake = Awaited<ReturnType<typeof makeFakeCalendar>>;
const now = new Date("2026-06-01T00:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

async function makeFake() {
  const { hostId } = await makeBookingPage();
  return makeFakeCalendar(hostId);
}

const occurrence = (hour: number, key = ""): Occurrence => ({
  key,
  title: `At ${hour}`,
  time: { kind: "timed", startsAt: later(hour * 60), endsAt: later(hour * 60 + 30) },
  status: "confirmed",
  transparency: "opaque",
});

const rowsOf = ({ calendar }: Fake) =>
  database()
    .select({
      id: syncedEvents.providerEventId,
      key: syncedEvents.occurrenceKey,
      startsAt: syncedEvents.startsAt,
    })
    .from(syncedEvents)
    .where(eq(syncedEvents.calendarId, calendar.id))
    .orderBy(asc(syncedEvents.providerEventId), asc(syncedEvents.occurrenceKey));

const stateOf = async ({ calendar }: Fake) =>
  (await database().select().from(calendars).where(eq(calendars.id, calendar.id)))[0];

/** What the account holds, in the shape of our rows. */
function heldBy({ account, remoteId }: Fake) {
  return account
    .events(remoteId)
    .flatMap(({ id, occurrences }) =>
      occurrences.map(({ key, time }) => ({
        id,
        key,
        startsAt: time.kind === "timed" ? time.startsAt : null,
      })),
    )
    .sort((a, b) => (a.id === b.id ? (a.key < b.key ? -1 : 1) : a.id < b.id ? -1 : 1));
}

describe("takeDueCalendars", () => {
  test("takes what is due once, also when the clock had been far ahead", async () => {
    const due = await makeFake();
    const notYet = await makeFake();
    const fromTheFuture = await makeFake();
    const set = (fake: Fake, nextSyncAt: Date) =>
      database().update(calendars).set({ nextSyncAt }).where(eq(calendars.id, fake.calendar.id));
    await set(due, now);
    await set(notYet, later(1));
    await set(fromTheFuture, later(60 * 24 * 365));
    const taken = await takeDueCalendars(now);
    expect(taken).toContain(due.calendar.id);
    expect(taken).toContain(fromTheFuture.calendar.id);
    expect(taken).not.toContain(notYet.calendar.id);
    expect(await takeDueCalendars(now)).not.toContain(due.calendar.id);
    expect(await takeDueCalendars(later(5))).toContain(due.calendar.id);
  });
});

describe("pullCalendar", () => {
  test("reads everything, then only what changed, and counts it", async () => {
    const fake = await makeFake();
    fake.account.save(fake.remoteId, { uid: "a", occurrences: [occurrence(1, "1"), occurrence(2, "2")] });
    expect(await pullCalendar(fake.calendar.id, now)).toMatchObject({ created: 2, updated: 0, deleted: 0 });
    fake.account.save(fake.remoteId, { uid: "a", occurrences: [occurrence(1, "1"), occurrence(3, "3")] });
    fake.account.save(fake.remoteId, { uid: "b", occurrences: [occurrence(5)] });
    expect(await pullCalendar(fake.calendar.id, later(5))).toMatchObject({
      processed: 2,
      created: 2,
      deleted: 1,
    });
    fake.account.remove(fake.remoteId, "a");
    expect(await pullCalendar(fake.calendar.id, later(10))).toMatchObject({ processed: 1, deleted: 2 });
    expect(await rowsOf(fake)).toEqual(heldBy(fake));
    expect(await pullCalendar(fake.calendar.id, later(15))).toMatchObject({ processed: 0 });
    const logs = await database().select().from(syncLogs).where(eq(syncLogs.calendarId, fake.calendar.id));
    expect(logs.map((log) => log.status)).toEqual(["ok", "ok", "ok", "ok"]);
  });

  test("stores nothing of a pull that fails on its second page, and keeps the last good copy", async () => {
    const fake = await makeFake();
    fake.account.pageSize = 1;
    fake.account.save(fake.remoteId, { uid: "a", occurrences: [occurrence(1)] });
    await pullCalendar(fake.calendar.id, now);
    const before = await stateOf(fake);
    fake.account.save(fake.remoteId, { uid: "b", occurrences: [occurrence(2)] });
    fake.account.save(fake.remoteId, { uid: "c", occurrences: [occurrence(3)] });
    fake.account.failNext("pull", new AppError("unavailable", "The server is away."));
    await expect(pullCalendar(fake.calendar.id, later(5))).rejects.toThrow("The server is away.");
    expect(await rowsOf(fake)).toHaveLength(1);
    expect(await stateOf(fake)).toMatchObject({
      cursor: before?.cursor,
      lastSyncedAt: now,
      lastError: "The server is away.",
      errorCount: 1,
    });
    await pullCalendar(fake.calendar.id, later(10));
    expect(await rowsOf(fake)).toEqual(heldBy(fake));
    expect(await stateOf(fake)).toMatchObject({ lastError: null, errorCount: 0 });
  });

  test("asks to reconnect when the credentials are refused, and says so in the log", async () => {
    const fake = await makeFake();
    fake.account.failNext("pull", new AppError("reconnect", "The password was refused."));
    await expect(pullCalendar(fake.calendar.id, now)).rejects.toMatchObject({ code: "reconnect" });
    const [connection] = await database()
      .select()
      .from(calendarConnections)
      .where(eq(calendarConnections.id, fake.calendar.connectionId));
    expect(connection).toMatchObject({ status: "reconnect", lastError: "The password was refused." });
    const [log] = await database().select().from(syncLogs).where(eq(syncLogs.calendarId, fake.calendar.id));
    expect(log).toMatchObject({ status: "error", error: "The password was refused." });
    await pullCalendar(fake.calendar.id, later(5));
    const [again] = await database()
      .select()
      .from(calendarConnections)
      .where(eq(calendarConnections.id, fake.calendar.connectionId));
    expect(again).toMatchObject({ status: "connected", lastError: null });
  });

  test("says so when the stored password cannot be opened any more", async () => {
    const fake = await makeFake();
    await database()
      .update(calendarConnections)
      .set({ credentials: "sealed under a key that is gone" })
      .where(eq(calendarConnections.id, fake.calendar.connectionId));
    await expect(pullCalendar(fake.calendar.id, now)).rejects.toMatchObject({ code: "reconnect" });
    expect(await stateOf(fake)).toMatchObject({
      errorCount: 1,
      lastError: expect.stringContaining("password"),
    });
  });

  test("asks a refused account ever more rarely", async () => {
    const fake = await makeFake();
    const waits: number[] = [];
    for (let n = 0; n < 6; n++) {
      fake.account.failNext("pull", new AppError("reconnect", "The password was refused."));
      await expect(pullCalendar(fake.calendar.id, now)).rejects.toThrow();
      waits.push(((await stateOf(fake))?.nextSyncAt.getTime() ?? 0) - now.getTime());
    }
    expect(waits.map((wait) => wait / 60_000)).toEqual([4.5, 9, 18, 36, 54, 54]);
  });

  test("reads everything again when the host's time zone changed while it was reading", async () => {
    const fake = await makeFake();
    fake.account.delayMs = 200;
    const pulling = pullCalendar(fake.calendar.id, now);
    await expect.poll(() => fake.account.calls).toContain("pull");
    await database()
      .update(calendars)
      .set({ baselineDueAt: later(-1) })
      .where(eq(calendars.id, fake.calendar.id));
    await pulling;
    expect(fake.account.calls.filter((call) => call === "pull")).toHaveLength(2);
    expect((await stateOf(fake))?.baselineDueAt?.getTime()).toBeGreaterThan(later(60).getTime());
  });

  test("of a calendar that is disconnected meanwhile ends as not found", async () => {
    const fake = await makeFake();
    fake.account.delayMs = 200;
    const pulling = pullCalendar(fake.calendar.id, now);
    await expect.poll(() => fake.account.calls).toContain("pull");
    await database()
      .delete(calendarConnections)
      .where(eq(calendarConnections.id, fake.calendar.connectionId));
    await expect(pulling).rejects.toMatchObject({ code: "not_found" });
  });

  test("a lost cursor means a resync that leaves no stale row and loses none", async () => {
    const fake = await makeFake();
    fake.account.save(fake.remoteId, { uid: "gone", occurrences: [occurrence(1)] });
    fake.account.save(fake.remoteId, { uid: "stays", occurrences: [occurrence(2)] });
    await pullCalendar(fake.calendar.id, now);
    fake.account.remove(fake.remoteId, "gone");
    fake.account.expireCursors();
    expect(await pullCalendar(fake.calendar.id, later(5))).toMatchObject({ created: 0, deleted: 1 });
    expect(await rowsOf(fake)).toEqual(heldBy(fake));
  });

  test("keeps the last known rows of an event it cannot read, until it can", async () => {
    const fake = await makeFake();
    const event = fake.account.save(fake.remoteId, { uid: "a", occurrences: [occurrence(1)] });
    await pullCalendar(fake.calendar.id, now);
    fake.account.garble(fake.remoteId, "a");
    await pullCalendar(fake.calendar.id, later(5));
    expect(await rowsOf(fake)).toHaveLength(1);
    expect((await stateOf(fake))?.unreadable).toEqual({ [event.id]: expect.any(String) });
    fake.account.save(fake.remoteId, { uid: "a", occurrences: [occurrence(2)] });
    await pullCalendar(fake.calendar.id, later(10));
    expect(await rowsOf(fake)).toEqual(heldBy(fake));
    expect((await stateOf(fake))?.unreadable).toEqual({});
  });

  test("is read whole again when the baseline is due, so that the window rolls", async () => {
    const fake = await makeFake();
    fake.account.save(fake.remoteId, { uid: "a", occurrences: [occurrence(24 * 600)] });
    await pullCalendar(fake.calendar.id, now);
    expect(await rowsOf(fake)).toHaveLength(0);
    await pullCalendar(fake.calendar.id, later(60 * 24 * 60));
    expect(await rowsOf(fake)).toHaveLength(1);
  });

  test("side by side with other pulls of the same calendar ends in the newest state", async () => {
    const fake = await makeFake();
    fake.account.delayMs = 3;
    const pulls = Array.from({ length: 4 }, (_, n) => {
      fake.account.save(fake.remoteId, { uid: `e${n}`, occurrences: [occurrence(n)] });
      return pullCalendar(fake.calendar.id, later(n));
    });
    await Promise.allSettled(pulls);
    await pullCalendar(fake.calendar.id, later(10));
    expect(await rowsOf(fake)).toEqual(heldBy(fake));
  });

  test("random edits, outages and lost cursors: what was pulled last is what the account holds", async () => {
    const edit = fc.oneof(
      fc.record({
        kind: fc.constant("save" as const),
        uid: fc.integer({ min: 0, max: 5 }),
        hours: fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }),
      }),
      fc.record({ kind: fc.constant("erase" as const), uid: fc.integer({ min: 0, max: 5 }) }),
      fc.record({ kind: fc.constantFrom("pull" as const, "fail" as const, "expire" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 25 }), async (edits) => {
        const fake = await makeFake();
        fake.account.pageSize = 2;
        let minute = 0;
        for (const step of edits) {
          minute += 1;
          if (step.kind === "save")
            fake.account.save(fake.remoteId, {
              uid: `u${step.uid}`,
              occurrences: step.hours.map((hour) => occurrence(hour, `k${hour}`)),
            });
          if (step.kind === "erase") fake.account.remove(fake.remoteId, `u${step.uid}`);
          if (step.kind === "expire") fake.account.expireCursors();
          if (step.kind === "fail") fake.account.failNext("pull", new AppError("unavailable", "Away."));
          if (step.kind === "pull" || step.kind === "fail")
            await pullCalendar(fake.calendar.id, later(minute)).catch(() => undefined);
        }
        await pullCalendar(fake.calendar.id, later(minute + 1));
        expect(await rowsOf(fake)).toEqual(heldBy(fake));
      }),
      { numRuns: 40, seed: 20_261_121 },
    );
  });
});

test("whoever asks while a pull reads is asking for the next one", async () => {
  const fake = await makeFake();
  const ask = () => database().transaction((tx) => requestPull(tx, fake.calendar.id, "notified", now));
  const asked = async () => {
    const rows = await database().execute(sql`
      select from inngest_events
      where name = 'calendar/sync.requested' and data::jsonb ->> 'calendarId' = ${fake.calendar.id}`);
    return rows.length;
  };
  await ask();
  await ask();
  expect([await asked(), (await stateOf(fake))?.syncRequestedAt]).toEqual([1, now]);

  fake.account.delayMs = 200;
  const pulled = pullCalendar(fake.calendar.id, now);
  await expect.poll(async () => (await stateOf(fake))?.syncRequestedAt).toBeNull();
  await ask();
  await pulled;
  expect([await asked(), (await stateOf(fake))?.syncRequestedAt]).toEqual([2, now]);

  // Also one that fails has begun.
  fake.account.delayMs = 0;
  fake.account.failNext("pull", new AppError("unavailable", "The server is away."));
  await expect(pullCalendar(fake.calendar.id, later(1))).rejects.toThrow();
  expect((await stateOf(fake))?.syncRequestedAt).toBeNull();
});
