import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeSubscribed } from "@/db/factories/subscribed";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendarSubscriptions, syncedEvents } from "@/db/schema";
import { feedOf } from "@/e2e/feed-text";
import { type HostileFeeds, startHostileFeeds } from "@/e2e/hostile-feed";
import { answer, redirect } from "@/e2e/hostile-feed-accidents";
import { pullCalendar } from "@/lib/sync/pull";
import { createSubscription } from "./create";
import { getSubscription } from "./get";
import { refreshSubscription } from "./refresh";
import { removeSubscription } from "./remove";

const now = new Date("2026-01-01T00:00:00Z");
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const named = (count: number) => Array.from({ length: count }, (_, at) => `event ${10 + at}`);
let server: HostileFeeds;
beforeAll(async () => {
  server = await startHostileFeeds();
});
afterAll(() => server.stop());

test("a feed is subscribed to, read, changed by its owner, and unsubscribed from", async () => {
  const { viewer } = await makeHost();
  const feed = server.add(feedOf(["stays", "changes", "goes"], ["X-WR-CALNAME:Holidays"]));
  const { id, ...made } = await createSubscription(viewer, { url: feed.url, refreshInterval: "15m" }, now);
  expect(made).toMatchObject({ name: "Holidays", url: feed.url, status: "pending", eventCount: 0 });
  expect(await pullCalendar(made.calendarId, now)).toMatchObject({ created: 3, updated: 0, deleted: 0 });
  expect(await getSubscription(viewer, id)).toMatchObject({
    status: "synced",
    eventCount: 3,
    lastSyncedAt: now,
    lastError: null,
  });
  feed.text = feedOf(["stays", { uid: "changes", title: "changed" }, "comes"]);
  expect(await pullCalendar(made.calendarId, later(1))).toMatchObject({ created: 1, updated: 1, deleted: 1 });
  await removeSubscription(viewer, id);
  await expect(getSubscription(viewer, id)).rejects.toMatchObject({ code: "not_found" });
  const left = database().select().from(syncedEvents).where(eq(syncedEvents.calendarId, made.calendarId));
  expect(await left).toEqual([]);
});

describe("what has not changed is not written", () => {
  test("304, and the same bytes", async () => {
    for (const validators of [{ etag: '"v1"' }, {}]) {
      const feed = server.add(feedOf(named(3)), validators);
      const subscribed = await makeSubscribed(feed);
      await subscribed.refresh(now);
      const [before, { cursor }] = [await subscribed.copy(), await subscribed.state()];
      expect(await subscribed.refresh(later(1))).toMatchObject({ created: 0, updated: 0, deleted: 0 });
      expect(feed.asked).toHaveLength(2);
      expect(await subscribed.copy()).toEqual(before);
      expect(await subscribed.state()).toMatchObject({ cursor, lastSyncedAt: later(1), errorCount: 0 });
    }
  });

  test("another stamp on every event", async () => {
    const feed = server.add(feedOf(named(3)));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    const before = await subscribed.copy();
    feed.text = feedOf(named(3)).replaceAll("DTSTAMP:20260101", "DTSTAMP:20260203");
    expect(await subscribed.refresh(later(1))).toMatchObject({ created: 0, updated: 0, deleted: 0 });
    expect(await subscribed.copy()).toEqual(before);
  });

  test("the others, where one event has", async () => {
    const feed = server.add(feedOf(named(5)));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    const before = await subscribed.copy();
    feed.text = feedOf([...named(4), { uid: "event 14", title: "event 14 changed" }]);
    expect(await subscribed.refresh(later(1))).toMatchObject({ created: 0, updated: 1, deleted: 0 });
    const after = await subscribed.copy();
    expect(after.events.slice(0, 4)).toEqual(before.events.slice(0, 4));
    expect(after.objects.slice(0, 4)).toEqual(before.objects.slice(0, 4));
    expect(after.events[4]?.title).toBe("event 14 changed");
    expect(after.objects[4]?.data).toContain("SUMMARY:event 14 changed");
  });

  test("an event of which nothing can be used any more; it is counted and named", async () => {
    const feed = server.add(feedOf(["fine", "breaks"]));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    const before = await subscribed.copy();
    feed.text = feedOf(["fine", { uid: "breaks", title: "Broken", start: "nonsense" }]);
    await subscribed.refresh(later(1));
    expect(await subscribed.copy()).toEqual(before);
    expect(await subscribed.shown()).toMatchObject({
      status: "synced",
      skippedCount: 1,
      skipped: [{ uid: "breaks", title: "Broken" }],
    });
    // Once a week everything is read.
    await subscribed.refresh(later(24 * 9));
    expect(await subscribed.copy()).toEqual(before);
    feed.text = feedOf(["fine"]);
    await subscribed.refresh(later(24 * 9 + 1));
    expect(await subscribed.titles()).toEqual(["fine"]);
  });
});

describe("a feed that moves", () => {
  test.each([301, 308])("for good (%i) is asked at its new address from then on", async (status) => {
    const [old, next] = [server.add(feedOf(named(2))), server.add(feedOf(named(3)))];
    const subscribed = await makeSubscribed(old);
    await subscribed.refresh(now);
    old.behave(redirect(status, next.url));
    await subscribed.refresh(later(1));
    expect(await subscribed.shown()).toMatchObject({ url: next.url, eventCount: 3 });
    old.behave(answer(410));
    const asked = old.asked.length;
    await subscribed.refresh(later(2));
    expect(old.asked).toHaveLength(asked);
    expect(next.asked).toHaveLength(2);
  });

  test.each([302, 307])("for now (%i) is asked at its own address again", async (status) => {
    const [old, next] = [server.add(feedOf(named(2))), server.add(feedOf(named(3)))];
    const subscribed = await makeSubscribed(old);
    old.behave(redirect(status, next.url));
    await subscribed.refresh(now);
    expect(await subscribed.shown()).toMatchObject({ url: old.url, eventCount: 3 });
    await subscribed.refresh(later(1));
    expect(old.asked).toHaveLength(2);
  });

  test("onto one that its host has already stays where it is", async () => {
    const [old, next] = [server.add(feedOf(named(2))), server.add(feedOf(named(3)))];
    const subscribed = await makeSubscribed(old);
    await createSubscription(subscribed.viewer, { url: next.url }, now);
    old.behave(redirect(301, next.url));
    await subscribed.refresh(now);
    expect(await subscribed.shown()).toMatchObject({ url: old.url, status: "synced" });
    const { hostId } = subscribed.calendar;
    const connections = database().select().from(calendarConnections);
    const accounts = await connections.where(eq(calendarConnections.hostId, hostId));
    expect(new Set(accounts.map(({ account }) => account)).size).toBe(2);
  });
});

describe("a feed that comes back with much less", () => {
  test("is doubted, and believed when it does so again", async () => {
    const feed = server.add(feedOf(named(10)));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    const before = await subscribed.copy();
    feed.text = feedOf(named(2));
    expect(await subscribed.failure(later(1))).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("2 of its 10 events"),
    });
    expect(await subscribed.copy()).toEqual(before);
    expect(await subscribed.shown()).toMatchObject({ status: "error", eventCount: 10, lastSyncedAt: now });
    await subscribed.refresh(later(2));
    expect(await subscribed.titles()).toEqual(named(2));
    expect(await subscribed.shown()).toMatchObject({ status: "synced", eventCount: 2, lastError: null });
  });

  test("is doubted also when it is empty, or is read as a whole", async () => {
    const feed = server.add(feedOf(named(3)));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    feed.text = feedOf([]);
    // After a week everything is read, and what is not named is gone.
    expect(await subscribed.failure(later(24 * 9))).toMatchObject({
      message: expect.stringContaining("without any of its 3 events"),
    });
    expect(await subscribed.titles()).toEqual(named(3));
    await subscribed.refresh(later(24 * 9 + 1));
    expect(await subscribed.titles()).toEqual([]);
  });

  test.each([
    ["by name", { etag: '"v1"' }],
    ["by its bytes", {}],
  ])("and then with all of it, known %s, is doubted the next time, too", async (_name, validators) => {
    const feed = server.add(feedOf(named(10)), validators);
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    feed.validators = {};
    feed.text = feedOf(named(2));
    await subscribed.failure(later(1));
    feed.validators = validators;
    feed.text = feedOf(named(10));
    await subscribed.refresh(later(2));
    expect(await subscribed.shown()).toMatchObject({ status: "synced", lastError: null, errorCount: 0 });
    feed.validators = {};
    feed.text = feedOf(named(2));
    expect((await subscribed.failure(later(3))).message).toContain("2 of its 10 events");
    expect(await subscribed.titles()).toEqual(named(10));
  });
});

test("a feed that asks for rest is read when both are content", async () => {
  const feed = server.add(feedOf(["a"], ["REFRESH-INTERVAL;VALUE=DURATION:PT12H"]));
  const subscribed = await makeSubscribed(feed, { subscription: { refreshMinutes: 15 } });
  await subscribed.refresh(now);
  expect(await subscribed.shown()).toMatchObject({ feedRefreshMinutes: 720, refreshInterval: "15m" });
  const { nextSyncAt } = await subscribed.state();
  expect(nextSyncAt.getTime()).toBeGreaterThan(later(10).getTime());
  expect(nextSyncAt.getTime()).toBeLessThanOrEqual(later(12).getTime());
  await refreshSubscription(subscribed.viewer, subscribed.subscription.id, later(1));
  const [row] = await database()
    .select()
    .from(calendarSubscriptions)
    .where(eq(calendarSubscriptions.id, subscribed.subscription.id));
  expect(row).toMatchObject({ feedMinutes: 720, refreshMinutes: 15 });
  expect(await subscribed.shown()).toMatchObject({ status: "pending" });
});
