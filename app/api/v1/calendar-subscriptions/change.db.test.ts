import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { answerOf, at, requestOf } from "@/db/factories/requests";
import { makeBrowser } from "@/db/factories/signed-in";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendarObjects, calendars, localChanges, syncedEvents } from "@/db/schema";
import { feedOf } from "@/e2e/feed-text";
import { type HostileFeed, type HostileFeeds, startHostileFeeds } from "@/e2e/hostile-feed";
import { feedAccidents } from "@/e2e/hostile-feed-accidents";
import { onAvailability } from "@/lib/live/availability";
import { problem } from "@/lib/openapi/answers";
import { oneSubscription } from "@/lib/openapi/subscriptions";
import { isFeedDue } from "@/lib/sync/due";
import { pullCalendar } from "@/lib/sync/pull";
import { POST as refresh } from "./[id]/refresh/route";
import { DELETE, PATCH } from "./[id]/route";
import { POST } from "./route";

const browser = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeBrowser> }));
vi.mock("next/headers", () => ({
  cookies: () => browser.current.cookies(),
  headers: () => browser.current.headers(),
}));

let feeds: HostileFeeds;
let mine: Awaited<ReturnType<typeof makeHost>>;

beforeAll(async () => {
  feeds = await startHostileFeeds();
});
afterAll(() => feeds.stop());
beforeEach(async () => {
  browser.current = makeBrowser();
  mine = await makeHost();
  await browser.current.signIn(mine.user);
});

const answers = oneSubscription.or(problem);
const patch = async (id: string, body: unknown) =>
  answerOf(await PATCH(requestOf("PATCH", { body }), at({ id })), answers);
const renew = async (id: string) => answerOf(await refresh(requestOf("POST"), at({ id })), answers);
const remove = async (id: string) => answerOf(await DELETE(requestOf("DELETE"), at({ id })), answers);

const dayFromNow = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
const soon = (...uids: string[]) => feedOf(uids.map((uid) => ({ uid, start: dayFromNow(3) })));
const hour = 3_600_000;
const waiting = { timeout: 10_000, interval: 20 };

/** A subscription that was read just now. */
async function subscribed(feed: HostileFeed, values: Parameters<typeof makeSubscription>[1] = {}) {
  const made = await makeSubscription(mine.user.id, { url: feed.url, ...values });
  await pullCalendar(made.calendar.id, new Date());
  return { ...made, id: made.subscription.id, calendarId: made.calendar.id };
}

const calendarOf = async (id: string) => {
  const [row] = await database().select().from(calendars).where(eq(calendars.id, id));
  return row;
};
const titlesOf = async (id: string) => {
  const rows = await database().select().from(syncedEvents).where(eq(syncedEvents.calendarId, id));
  return rows.map(({ title }) => title).sort();
};
const refreshesAsked = async (calendarId: string) => {
  const rows = await database().execute(sql`select from inngest_events
    where name = 'subscription/refresh.requested' and data::jsonb ->> 'calendarId' = ${calendarId}`);
  return rows.length;
};

describe("a change", () => {
  test("is of what it names, and of nothing else", async () => {
    const { id, calendarId } = await subscribed(feeds.add(soon("a")));
    const { body: before } = await patch(id, {});
    const change = {
      ...{ name: "Mine", color: "#ABCDEF", blocks_bookings: true, all_day_blocks: true },
      keep_local_changes: false,
    };
    const after = { status: 200, body: { ...before, ...change, color: "#abcdef" } };
    expect(await patch(id, change)).toEqual(after);
    expect(await patch(id, {})).toEqual(after);
    expect(await refreshesAsked(calendarId)).toBe(0);
    // The feed's own name and colour do not come back.
    await pullCalendar(calendarId, new Date());
    expect((await patch(id, {})).body).toMatchObject({ name: "Mine", color: "#abcdef" });
  });

  test.each([
    [{ url: "" }, "url"],
    [{ url: null }, "url"],
    [{ url: "ftp://feeds.example.test/" }, "url"],
    [{ name: "" }, "name"],
    [{ color: "#12345" }, "color"],
    [{ refresh_interval: "2h" }, "refresh_interval"],
    [{ blocks_bookings: null }, "blocks_bookings"],
    [{ all_day_blocks: "no" }, "all_day_blocks"],
    [{ keep_local_changes: 0 }, "keep_local_changes"],
    [{ enabled: false }, "enabled"],
    [{ eventCount: 0 }, "eventCount"],
  ])("to %j names the field", async (change, field) => {
    const { subscription } = await makeSubscription(mine.user.id);
    expect(await patch(subscription.id, { name: "Kept", ...change })).toMatchObject({
      ...{ status: 400, body: { error: { code: "invalid", field } } },
    });
    expect((await patch(subscription.id, {})).body).toMatchObject({ name: "Holidays" });
  });
});

describe("what blocks bookings", () => {
  /** What open pages of the host hear from now on. */
  async function listen() {
    const [heard, last, lastId] = [vi.fn(), vi.fn(), randomUUID()];
    const stops = [onAvailability(mine.user.id, heard), onAvailability(lastId, last)];
    const notify = (who: string) => database().execute(sql`select pg_notify('availability', ${who})`);
    await expect
      .poll(async () => notify(mine.user.id).then(() => heard.mock.calls.length), waiting)
      .not.toBe(0);
    // What is still on its way comes before this.
    const listening = last.mock.calls.length;
    await notify(lastId);
    await expect.poll(() => last.mock.calls.length, waiting).toBeGreaterThan(listening);
    heard.mockClear();
    return { heard, stop: () => stops.map((stop) => stop()) };
  }

  test("is heard by open pages when it begins to, and when it is unsubscribed", async () => {
    const { id } = await subscribed(feeds.add(soon("a")));
    const { heard, stop } = await listen();
    await patch(id, { blocks_bookings: true });
    await expect.poll(() => heard.mock.calls.length, waiting).toBe(1);
    await remove(id);
    await expect.poll(() => heard.mock.calls.length, waiting).toBeGreaterThan(1);
    stop();
  });

  test("is heard by open pages when it is new", async () => {
    const { heard, stop } = await listen();
    const body = { url: feeds.add(soon("a")).url, blocks_bookings: true };
    expect((await POST(requestOf("POST", { body }))).status).toBe(201);
    await expect.poll(() => heard.mock.calls.length, waiting).toBe(1);
    stop();
  });
});

describe("another interval", () => {
  test("makes it due as if it had always been so", async () => {
    const { id, calendarId } = await subscribed(feeds.add(soon("a")));
    const read = new Date(Date.now() - 2 * hour);
    const isRead = { lastSyncedAt: read, nextSyncAt: new Date(read.getTime() + 24 * hour) };
    await database().update(calendars).set(isRead).where(eq(calendars.id, calendarId));
    const minutesUntil = (body: Record<string, unknown>) =>
      (Date.parse(String(body.next_sync_at)) - Date.now()) / 60_000;
    const sooner = await patch(id, { refresh_interval: "6h" });
    expect(sooner.body).toMatchObject({ refresh_interval: "6h" });
    expect(minutesUntil(sooner.body)).toBeGreaterThan(4 * 60 - 37);
    expect(minutesUntil(sooner.body)).toBeLessThanOrEqual(4 * 60);
    // It is overdue by this one.
    expect(minutesUntil((await patch(id, { refresh_interval: "15m" })).body)).toBeLessThan(0.1);
    expect(minutesUntil((await patch(id, { refresh_interval: "24h" })).body)).toBeGreaterThan(19 * 60);
  });

  test("does not make one that fails wait longer", async () => {
    const { id, calendarId } = await subscribed(feeds.add(soon("a")), {
      subscription: { refreshMinutes: 1440 },
    });
    const nextSyncAt = new Date(Date.now() + 10 * hour);
    await database().update(calendars).set({ errorCount: 2, nextSyncAt }).where(eq(calendars.id, calendarId));
    expect((await patch(id, { refresh_interval: "12h" })).body.next_sync_at).toBe(nextSyncAt.toISOString());
    const { body } = await patch(id, { refresh_interval: "30m" });
    expect(Date.parse(String(body.next_sync_at)) - Date.now()).toBeLessThanOrEqual(hour / 2);
  });
});

describe("another address", () => {
  test("is read at once, and its events take the place of the old ones", async () => {
    const { id, calendarId } = await subscribed(feeds.add(soon("a", "b"), { etag: '"1"' }));
    const there = feeds.add(soon("b", "c"), { etag: '"1"' });
    const moved = await patch(id, { url: there.url });
    expect(moved).toMatchObject({
      ...{ status: 200, body: { url: there.url, status: "pending", last_synced_at: null, enabled: true } },
    });
    expect(await refreshesAsked(calendarId)).toBe(1);
    expect(await titlesOf(calendarId)).toEqual(["a", "b"]);
    await pullCalendar(calendarId, new Date());
    expect(await titlesOf(calendarId)).toEqual(["b", "c"]);
    expect((await patch(id, {})).body).toMatchObject({ status: "synced", event_count: 2, url: there.url });
    expect(there.asked.map((headers) => headers["if-none-match"])).toEqual([undefined, undefined]);
    const objects = await database()
      .select()
      .from(calendarObjects)
      .where(eq(calendarObjects.calendarId, calendarId));
    expect(objects.map(({ uid }) => uid).sort()).toEqual(["b", "c"]);
  });

  test("enables one that was given up, and forgets why", async () => {
    const { subscription, calendar } = await makeSubscription(mine.user.id, {
      calendar: {
        ...{ isEnabled: false, errorCount: 5, lastError: "It is gone.", failingSince: new Date() },
        syncRequestedAt: new Date(),
      },
    });
    const { body } = await patch(subscription.id, { url: feeds.add(soon("a")).url });
    expect(body).toMatchObject({ status: "pending", enabled: true, error_count: 0, last_error: null });
    expect(await refreshesAsked(calendar.id)).toBe(1);
  });

  test("that cannot be read changes nothing", async () => {
    const feed = feeds.add(soon("a"));
    const { id, calendarId } = await subscribed(feed);
    const before = await calendarOf(calendarId);
    const page = feeds.add();
    page.behave(feedAccidents.loginPage);
    const refused = await patch(id, { url: page.url, name: "Mine" });
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "invalid", field: "url" } } });
    expect(await calendarOf(calendarId)).toEqual(before);
    expect((await patch(id, {})).body).toMatchObject({ url: feed.url, name: "Holidays" });
  });

  test("that is the same one is no change", async () => {
    const feed = feeds.add(soon("a"));
    const { id, calendarId } = await subscribed(feed);
    const asked = feed.asked.length;
    expect(await patch(id, { url: `${feed.url}#again` })).toMatchObject({
      status: 200,
      body: { status: "synced" },
    });
    expect([feed.asked.length, await refreshesAsked(calendarId)]).toEqual([asked, 0]);
  });

  test("of another subscription is a conflict", async () => {
    const { id } = await subscribed(feeds.add(soon("a")));
    const other = feeds.add(soon("b"));
    await subscribed(other);
    expect(await patch(id, { url: other.url })).toMatchObject({
      status: 409,
      body: { error: { field: "url" } },
    });
  });

  test("is not written over by what was being read at the old one", async () => {
    const here = feeds.add(soon("old"));
    const { subscription, calendar } = await makeSubscription(mine.user.id, { url: here.url });
    const there = feeds.add(soon("new"));
    let patched: ReturnType<typeof patch> | undefined;
    here.behave((_, response, { text }) => {
      patched = patch(subscription.id, { url: there.url });
      patched.finally(() => response.end(text));
    });
    await pullCalendar(calendar.id, new Date());
    expect((await patched)?.body).toMatchObject({ url: there.url });
    expect(await titlesOf(calendar.id)).toEqual(["new"]);
  });
});

describe("a refresh", () => {
  test("is asked for once while it has not begun", async () => {
    const { id, calendarId } = await subscribed(feeds.add(soon("a")));
    for (let times = 0; times < 3; times += 1)
      expect(await renew(id)).toMatchObject({ status: 202, body: { id, status: "pending" } });
    expect(await refreshesAsked(calendarId)).toBe(1);
    await pullCalendar(calendarId, new Date());
    expect((await patch(id, {})).body).toMatchObject({ status: "synced" });
    await renew(id);
    expect(await refreshesAsked(calendarId)).toBe(2);
  });

  test("that is lost is asked for again soon, however rarely the feed is read", async () => {
    const { subscription, calendar } = await makeSubscription(mine.user.id, {
      calendar: { lastSyncedAt: new Date(), nextSyncAt: new Date(Date.now() + 24 * hour) },
    });
    await renew(subscription.id);
    const isDueAfter = (hours: number) => {
      const isDue = isFeedDue(new Date(Date.now() + hours * hour));
      return database().$count(calendars, and(eq(calendars.id, calendar.id), isDue));
    };
    expect([await isDueAfter(0.5), await isDueAfter(2)]).toEqual([0, 1]);
  });

  test("tries one again that was given up, though that was asked for just before", async () => {
    const feed = feeds.add(soon("a"));
    const { id, calendarId } = await subscribed(feed);
    await database()
      .update(calendars)
      .set({
        ...{ isEnabled: false, errorCount: 5, lastError: "It is away.", failingSince: new Date() },
        syncRequestedAt: new Date(),
      })
      .where(eq(calendars.id, calendarId));
    const { body } = await patch(id, {});
    expect(body).toMatchObject({ status: "disabled", error_count: 5, last_error: "It is away." });
    expect((await renew(id)).body).toMatchObject({
      ...{ status: "pending", enabled: true, error_count: 0, last_error: null },
      next_sync_at: expect.any(String),
    });
    expect(await refreshesAsked(calendarId)).toBe(1);
    expect(await calendarOf(calendarId)).toMatchObject({ failingSince: null });
  });
});

describe("unsubscribing", () => {
  test("takes all of it along", async () => {
    const { id, calendarId, connection } = await subscribed(feeds.add(soon("a")));
    const [event] = await database()
      .select()
      .from(syncedEvents)
      .where(eq(syncedEvents.calendarId, calendarId));
    const providerEventId = event?.providerEventId ?? "";
    const change = { calendarId, hostId: mine.user.id, providerEventId, isHidden: true };
    await database().insert(localChanges).values(change);
    expect(await remove(id)).toEqual({ status: 204, body: {} });
    const counts = await Promise.all([
      database().$count(calendarConnections, eq(calendarConnections.id, connection.id)),
      database().$count(calendars, eq(calendars.id, calendarId)),
      database().$count(syncedEvents, eq(syncedEvents.calendarId, calendarId)),
      database().$count(calendarObjects, eq(calendarObjects.calendarId, calendarId)),
      database().$count(localChanges, eq(localChanges.calendarId, calendarId)),
    ]);
    expect(counts).toEqual([0, 0, 0, 0, 0]);
    expect(await remove(id)).toMatchObject({ status: 404 });
    expect(await renew(id)).toMatchObject({ status: 404 });
  });

  test("twice at once happens once", async () => {
    const { subscription } = await makeSubscription(mine.user.id);
    const answers = await Promise.all([remove(subscription.id), remove(subscription.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
  });

  test("while it is being read leaves nothing behind", async () => {
    const feed = feeds.add(soon("a"));
    const { subscription, calendar } = await makeSubscription(mine.user.id, { url: feed.url });
    let removed: ReturnType<typeof remove> | undefined;
    feed.behave((_, response, { text }) => {
      removed = remove(subscription.id);
      removed.finally(() => response.end(text));
    });
    await pullCalendar(calendar.id, new Date()).catch(() => {});
    expect(await removed).toMatchObject({ status: 204 });
    expect(await titlesOf(calendar.id)).toEqual([]);
    expect(await calendarOf(calendar.id)).toBeUndefined();
  });
});

test("a stranger's is not there, whatever is asked of it", async () => {
  const { subscription, calendar } = await makeSubscription((await makeHost()).user.id);
  const before = await calendarOf(calendar.id);
  const missing = { status: 404, body: { error: { code: "not_found" } } };
  const feed = feeds.add();
  for (const id of [subscription.id, randomUUID(), "no-uuid", "%00"]) {
    expect(await patch(id, { name: "Mine" })).toMatchObject(missing);
    expect(await patch(id, { url: feed.url })).toMatchObject(missing);
    expect(await renew(id)).toMatchObject(missing);
    expect(await remove(id)).toMatchObject(missing);
  }
  expect(feed.asked).toEqual([]);
  expect(await calendarOf(calendar.id)).toEqual(before);
  browser.current.signOut();
  const refused = { status: 401, body: { error: { code: "signed_out" } } };
  const asked = [await patch("x", {}), await renew("x"), await remove("x")];
  expect(asked).toMatchObject(Array(3).fill(refused));
});
