import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeSubscribed } from "@/db/factories/subscribed";
import { calendarObjects, calendarSubscriptions, syncedEvents } from "@/db/schema";
import { feedOf } from "@/e2e/feed-text";
import { type FeedHandler, type HostileFeed, type HostileFeeds, startHostileFeeds } from "@/e2e/hostile-feed";
import { answer } from "@/e2e/hostile-feed-accidents";
import { changeSubscription } from "@/lib/subscriptions/change";
import { removeSubscription } from "@/lib/subscriptions/remove";

const now = new Date("2026-01-01T00:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const named = (count: number) => Array.from({ length: count }, (_, at) => `event ${10 + at}`);
let server: HostileFeeds;
beforeAll(async () => {
  server = await startHostileFeeds();
});
afterAll(() => server.stop());

/** From now on the feed answers only when it is let: with what it was when it was asked, or as `handler` does. */
function hold(feed: HostileFeed, handler?: FeedHandler) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const asked = feed.asked.length;
  feed.behave(async (request, response, { text }) => {
    await released;
    if (handler) handler(request, response, feed);
    else response.writeHead(200, { "content-type": "text/calendar" }).end(text);
  });
  return { release, isAsked: (times = 1) => expect.poll(() => feed.asked.length).toBe(asked + times) };
}

describe("two refreshes at once", () => {
  test("end in what the later one read", async () => {
    const feed = server.add(feedOf(["a", "b"]));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    const slow = hold(feed);
    feed.text = feedOf(["a", "b", "c"]);
    const first = subscribed.refresh(later(1));
    await slow.isAsked();
    feed.behave();
    feed.text = feedOf(["a", "b", "d"]);
    await subscribed.refresh(later(2));
    slow.release();
    await first;
    expect(await subscribed.titles()).toEqual(["a", "b", "d"]);
    expect(await subscribed.state()).toMatchObject({ lastSyncedAt: later(2) });
  });

  test("of which both find much less do not confirm each other", async () => {
    const feed = server.add(feedOf(named(10)));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    feed.text = feedOf(named(2));
    const slow = hold(feed);
    const both = [subscribed.failure(later(1)), subscribed.failure(later(1))];
    await slow.isAsked(2);
    slow.release();
    for (const failure of both) expect((await failure).message).toContain("2 of its 10 events");
    expect(await subscribed.titles()).toEqual(named(10));
    await subscribed.refresh(later(60));
    expect(await subscribed.titles()).toEqual(named(2));
  });

  test("of which all fail are one failure", async () => {
    const feed = server.add(feedOf(["a"]));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    const slow = hold(feed, answer(404));
    const all = Array.from({ length: 5 }, () => subscribed.failure(later(60)));
    await slow.isAsked(5);
    slow.release();
    await Promise.all(all);
    expect(await subscribed.state()).toMatchObject({ errorCount: 1, isEnabled: true });
    await subscribed.failure(later(120));
    expect(await subscribed.state()).toMatchObject({ errorCount: 2 });
  });

  test("of which one finds much less, and the later one all of it, leave no doubt", async () => {
    const feed = server.add(feedOf(named(10)));
    const subscribed = await makeSubscribed(feed);
    await subscribed.refresh(now);
    feed.text = feedOf(named(2));
    const slow = hold(feed);
    const first = subscribed.refresh(later(1));
    await slow.isAsked();
    feed.behave();
    feed.text = feedOf(named(11));
    await subscribed.refresh(later(2));
    slow.release();
    await first;
    const [row] = await database()
      .select()
      .from(calendarSubscriptions)
      .where(eq(calendarSubscriptions.calendarId, subscribed.calendar.id));
    expect(row).toMatchObject({ eventCount: 11, shrunkTo: null });
    expect(await subscribed.state()).toMatchObject({ errorCount: 0, lastError: null });
  });
});

describe("another address during a refresh", () => {
  const setUp = async () => {
    const [old, next] = [server.add(feedOf(["old"])), server.add(feedOf(["new"]))];
    const subscribed = await makeSubscribed(old);
    const change = () =>
      changeSubscription(subscribed.viewer, subscribed.subscription.id, { url: next.url }, later(2));
    return { old, next, subscribed, change };
  };

  test.each([
    ["the first", false],
    ["a later", true],
  ])("of which %s throws away what it read, and reads the new one", async (_name, isRead) => {
    const { old, subscribed, change } = await setUp();
    if (isRead) await subscribed.refresh(now);
    const slow = hold(old);
    old.text = feedOf(["old", "old too"]);
    const pull = subscribed.refresh(later(1));
    await slow.isAsked();
    await change();
    slow.release();
    await pull;
    expect(await subscribed.titles()).toEqual(["new"]);
    expect((await subscribed.copy()).objects).toMatchObject([{ uid: "new" }]);
    expect(await subscribed.shown()).toMatchObject({ eventCount: 1, lastError: null });
  });

  test("is not given up because the old one is gone for good", async () => {
    const { old, next, subscribed, change } = await setUp();
    await subscribed.refresh(now);
    const slow = hold(old, answer(410));
    const pull = subscribed.refresh(later(1));
    await slow.isAsked();
    await change();
    slow.release();
    await pull;
    expect(await subscribed.titles()).toEqual(["new"]);
    expect(await subscribed.shown()).toMatchObject({ url: next.url, enabled: true, errorCount: 0 });
  });

  test("has no less events than the old one to be compared with", async () => {
    const { old, next, subscribed, change } = await setUp();
    old.text = feedOf(named(10));
    await subscribed.refresh(now);
    next.text = feedOf(["new"]);
    await change();
    await subscribed.refresh(later(3));
    expect(await subscribed.titles()).toEqual(["new"]);
  });
});

test("a feed that is unsubscribed from while it is read leaves nothing", async () => {
  const feed = server.add(feedOf(["a"]));
  const subscribed = await makeSubscribed(feed);
  const slow = hold(feed);
  const failure = subscribed.failure(now);
  await slow.isAsked();
  await removeSubscription(subscribed.viewer, subscribed.subscription.id);
  slow.release();
  expect(await failure).toMatchObject({ code: "not_found" });
  const { id } = subscribed.calendar;
  expect(await database().select().from(syncedEvents).where(eq(syncedEvents.calendarId, id))).toEqual([]);
  expect(await database().select().from(calendarObjects).where(eq(calendarObjects.calendarId, id))).toEqual(
    [],
  );
});
