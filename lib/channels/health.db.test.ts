import { randomUUID } from "node:crypto";
import { and, eq, inArray, sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars, inngestEvents, syncChannels } from "@/db/schema";
import { chooseCalendars } from "@/lib/calendars/choose";
import { env } from "@/lib/env";
import { isDue, takeDueCalendars } from "@/lib/sync/due";
import { countChannels, listChannelHealth } from "./health";
import { handleNotification } from "./notification";
import { requestNewChannels } from "./request";
import { hashSecret } from "./secret";
import { noteUntold } from "./untold";

const now = new Date("2026-06-01T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

beforeAll(() => {
  Object.assign(env(), { APP_URL: "https://calends.test" });
});

/** A calendar at Google, read a minute ago, and its channel, which has been open for a day. */
async function makeWatched(channel: Partial<typeof syncChannels.$inferInsert> | null = {}) {
  const { user, viewer } = await makeHost();
  const calendar = await makeCalendar(user.id, { lastSyncedAt: later(-1) });
  await database()
    .update(calendarConnections)
    .set({ provider: "google" })
    .where(eq(calendarConnections.id, calendar.connectionId));
  const id = randomUUID();
  if (channel)
    await database()
      .insert(syncChannels)
      .values({
        id,
        calendarId: calendar.id,
        hostId: user.id,
        secretHash: hashSecret("secret"),
        resourceId: "resource",
        expiresAt: later(5 * 1440),
        createdAt: later(-1440),
        lastNotifiedAt: later(-60),
        lastMessageNumber: 5,
        ...channel,
      });
  const set = (values: Partial<typeof calendars.$inferInsert>) =>
    database().update(calendars).set(values).where(eq(calendars.id, calendar.id));
  const health = async (at = now) => (await listChannelHealth(viewer, at))[0];
  const notify = (number: number, at: Date) =>
    handleNotification(
      new Headers({
        "x-goog-channel-id": id,
        "x-goog-channel-token": "secret",
        "x-goog-resource-id": "resource",
        "x-goog-resource-state": "exists",
        "x-goog-message-number": String(number),
      }),
      at,
    );
  return { calendar, viewer, channelId: id, set, health, notify };
}

describe("the state of a calendar's channel", () => {
  test.each([
    ["live", {}],
    ["opening", { resourceId: null, expiresAt: null, createdAt: later(-9), lastNotifiedAt: null }],
    ["polled", { resourceId: null, expiresAt: null, createdAt: later(-10), lastNotifiedAt: null }],
    ["expired", { expiresAt: now }],
    ["overdue", { untoldSince: later(-10) }],
    ["live", { untoldSince: later(-9) }],
    ["overdue", { lastNotifiedAt: null, createdAt: later(-10) }],
    ["live", { lastNotifiedAt: null, createdAt: later(-9) }],
    ["polled", { replacedAt: later(-1) }],
    ["polled", null],
  ])("is %s with %j", async (state, channel) => {
    const { health } = await makeWatched(channel);
    expect(await health()).toMatchObject({ state, why: null });
  });

  test("says why there is none, when it ends, and when it last spoke", async () => {
    const { health, set, calendar, viewer } = await makeWatched();
    expect(await health()).toEqual({
      calendarId: calendar.id,
      state: "live",
      why: null,
      expiresAt: later(5 * 1440),
      lastNotifiedAt: later(-60),
    });
    await set({ pushRefusal: "Google sends no notifications of this calendar." });
    expect(await health()).toMatchObject({ state: "refused", why: expect.stringContaining("Google") });
    await set({ pushRefusal: null, checksConflicts: false });
    expect(await listChannelHealth(viewer, now)).toEqual([]);
    await set({ isDestination: true });
    expect(await health()).toMatchObject({ state: "live" });
  });

  test("is polled where notifications cannot arrive, and says so", async () => {
    const { health } = await makeWatched(null);
    Object.assign(env(), { APP_URL: "http://calends.test" });
    expect(await health()).toMatchObject({ state: "polled", why: expect.stringContaining("APP_URL") });
    Object.assign(env(), { APP_URL: "https://calends.test" });
    await database().update(calendarConnections).set({ provider: "caldav" });
    expect(await health()).toMatchObject({ state: "polled", why: expect.stringContaining("schedule") });
  });

  test("is that of the channel that works, while another is on its way", async () => {
    const { calendar, health } = await makeWatched();
    const more = { calendarId: calendar.id, hostId: calendar.hostId, secretHash: "", createdAt: now };
    await database()
      .insert(syncChannels)
      .values({ id: randomUUID(), ...more });
    expect(await health()).toMatchObject({ state: "live" });
    expect((await health(later(6 * 1440)))?.state).toBe("expired");
  });
});

describe("a change that was not told of", () => {
  test("makes the channel overdue after ten minutes, until it speaks", async () => {
    const { calendar, health, notify } = await makeWatched();
    await noteUntold(calendar, now);
    expect(await health(later(9))).toMatchObject({ state: "live" });
    expect(await health(later(10))).toMatchObject({ state: "overdue" });
    const overdue = async () =>
      (await countChannels(later(10))).states.find(({ state }) => state === "overdue")?.n ?? 0;
    const before = await overdue();
    expect((await notify(6, later(11))).status).toBe(200);
    expect(await health(later(12))).toMatchObject({ state: "live" });
    expect(await overdue()).toBe(before - 1);
  });

  test("counts from the first reading that found one", async () => {
    const { calendar, health } = await makeWatched();
    await noteUntold(calendar, now);
    await noteUntold({ id: calendar.id, lastSyncedAt: now }, later(5));
    expect(await health(later(10))).toMatchObject({ state: "overdue" });
  });

  test.each([
    ["it spoke since the reading before", { lastNotifiedAt: later(-1) }],
    ["it was opened since", { lastNotifiedAt: null, createdAt: later(-1) }],
  ])("is none when %s", async (_, channel) => {
    const { calendar, channelId } = await makeWatched(channel);
    await noteUntold(calendar, now);
    const [row] = await database().select().from(syncChannels).where(eq(syncChannels.id, channelId));
    expect(row?.untoldSince).toBeNull();
  });
});

describe("the next poll", () => {
  const minutesUntil = async (id: string) => {
    const [row] = await database().select().from(calendars).where(eq(calendars.id, id));
    return ((row?.nextSyncAt.getTime() ?? 0) - now.getTime()) / 60_000;
  };
  const taken = async ({ calendar, set }: Awaited<ReturnType<typeof makeWatched>>) => {
    await set({ nextSyncAt: now });
    expect(await takeDueCalendars(now)).toContain(calendar.id);
    return minutesUntil(calendar.id);
  };
  const between = (minutes: number, longest: number) => {
    expect(minutes).toBeGreaterThan(longest * 0.75 - 0.001);
    expect(minutes).toBeLessThanOrEqual(longest);
  };

  test("is in 30 minutes with a healthy channel, or half the host's limit", async () => {
    between(await taken(await makeWatched()), 30);
    const strict = await makeWatched();
    await database().execute(
      sql`update users set max_staleness_minutes = 15 where id = ${strict.calendar.hostId}`,
    );
    between(await taken(strict), 7.5);
  });

  test.each([
    ["no channel", null],
    ["one that is overdue", { untoldSince: later(-10) }],
    ["one that is over", { expiresAt: now }],
    ["one that is replaced", { replacedAt: now }],
    ["one that is not open yet", { expiresAt: null, resourceId: null }],
  ])("is in 5 minutes with %s", async (_, channel) => between(await taken(await makeWatched(channel)), 5));

  test("of a refused account comes ever later, up to an hour", async () => {
    const watched = await makeWatched();
    await database()
      .update(calendarConnections)
      .set({ status: "reconnect" })
      .where(eq(calendarConnections.id, watched.calendar.connectionId));
    await watched.set({ errorCount: 3 });
    between(await taken(watched), 40);
    await watched.set({ errorCount: 9, syncRequestedAt: null });
    between(await taken(watched), 60);
  });

  test("is spread", async () => {
    const waits = new Set<number>();
    for (let count = 0; count < 5; count += 1) waits.add(await taken(await makeWatched(null)));
    expect(waits.size).toBe(5);
  });

  test("of one that waits for a pull, is not read, or is let go of, is not asked for", async () => {
    const waits = await makeWatched();
    await waits.set({ nextSyncAt: now, syncRequestedAt: later(-0.5) });
    const unread = await makeWatched();
    await unread.set({ nextSyncAt: now, checksConflicts: false });
    const receives = await makeWatched();
    await receives.set({ nextSyncAt: now, checksConflicts: false, isDestination: true });
    const leaving = await makeWatched();
    await leaving.set({ nextSyncAt: now });
    await database()
      .update(calendarConnections)
      .set({ status: "disconnecting" })
      .where(eq(calendarConnections.id, leaving.calendar.connectionId));
    const due = await takeDueCalendars(now);
    expect(due).toContain(receives.calendar.id);
    for (const { calendar } of [waits, unread, leaving]) expect(due).not.toContain(calendar.id);
    expect(await takeDueCalendars(later(0.5))).toContain(waits.calendar.id);
  });

  test("is asked for two thousand at a time, and leaves none out", async () => {
    const { user } = await makeHost();
    const { connectionId } = await makeCalendar(user.id, { nextSyncAt: later(60) });
    await database().execute(sql`
      insert into calendars (connection_id, host_id, remote_id, name, checks_conflicts, next_sync_at)
      select ${connectionId}, ${user.id}, 'due-' || n, 'Due', true, ${later(-60).toISOString()}::timestamptz + n * interval '1 second'
      from generate_series(1, 2200) n`);
    const first = await takeDueCalendars(now);
    const own = async (ids: string[]) =>
      database().$count(calendars, and(eq(calendars.connectionId, connectionId), inArray(calendars.id, ids)));
    expect(first).toHaveLength(2000);
    expect((await own(first)) + (await own(await takeDueCalendars(now)))).toBe(2200);
    await database().delete(calendarConnections).where(eq(calendarConnections.id, connectionId));
  });

  test("is found by its index among many", async () => {
    const { user } = await makeHost();
    const { connectionId } = await makeCalendar(user.id);
    await database().execute(sql`
      insert into calendars (connection_id, host_id, remote_id, name, checks_conflicts, next_sync_at)
      select ${connectionId}, ${user.id}, 'many-' || n, 'Many', true, ${now.toISOString()}::timestamptz + n * interval '1 second'
      from generate_series(1, 20000) n`);
    await database().execute(sql`analyze calendars`);
    const plan = await database().execute(sql`explain select id from calendars where ${isDue(now)}`);
    const lines = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(lines).toContain("calendars_next_sync_at");
    expect(lines).not.toContain("Seq Scan");
  });
});

describe("choosing calendars", () => {
  const eventsOf = async (calendarId: string) =>
    (
      await database()
        .select({ name: inngestEvents.name })
        .from(inngestEvents)
        .where(sql`${inngestEvents.data}::jsonb ->> 'calendarId' = ${calendarId}`)
        .orderBy(inngestEvents.seq)
    ).map(({ name }) => name);

  test("asks for a reading and a channel once, and for its end when it is not read any more", async () => {
    const { user, viewer } = await makeHost();
    const first = await makeCalendar(user.id, { checksConflicts: false });
    const second = await makeCalendar(user.id, { checksConflicts: false });
    const choose = ({ id, connectionId }: typeof first, blocks: boolean, receives: boolean) =>
      chooseCalendars(viewer, connectionId, {
        conflictIds: blocks ? [id] : [],
        destinationId: receives ? id : null,
      });
    await choose(first, false, true);
    expect(await eventsOf(first.id)).toEqual(["calendar/sync.requested", "calendar/watch.requested"]);
    await choose(first, false, true);
    expect(await eventsOf(first.id)).toHaveLength(2);
    // Another connection's takes its place, so this one is read no more.
    await choose(second, true, true);
    expect(await eventsOf(first.id)).toEqual([
      "calendar/sync.requested",
      "calendar/watch.requested",
      "calendar/watch.requested",
    ]);
    expect(await eventsOf(second.id)).toEqual(["calendar/sync.requested", "calendar/watch.requested"]);
  });

  test("an account that was connected again relies on no channel from before", async () => {
    const { calendar, channelId, health, viewer } = await makeWatched();
    await database().transaction((tx) => requestNewChannels(tx, calendar.connectionId, now));
    expect(await health()).toMatchObject({ state: "polled" });
    expect(await eventsOf(calendar.id)).toEqual(["calendar/watch.requested"]);
    const [row] = await database()
      .select()
      .from(syncChannels)
      .where(and(eq(syncChannels.id, channelId), eq(syncChannels.hostId, viewer.userId)));
    expect(row?.replacedAt).toEqual(now);
  });
});
