import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeSubscribed } from "@/db/factories/subscribed";
import { makeHost } from "@/db/factories/users";
import { feedOf } from "@/e2e/feed-text";
import { type FeedHandler, type HostileFeeds, startHostileFeeds } from "@/e2e/hostile-feed";
import { answer, busy, feedAccidents, gzipBomb, redirect } from "@/e2e/hostile-feed-accidents";
import type { ProviderOptions } from "@/lib/providers";
import { refreshFeed } from "@/lib/sync/refresh-feed";
import { createSubscription } from "./create";
import { getSubscription } from "./get";
import { refreshSubscription } from "./refresh";

// As an installation has them, but for less patience; and names stand for what a test says.
const options = vi.hoisted(() => ({ current: {} as ProviderOptions }));
vi.mock("@/lib/connections/options", () => ({ providerOptions: () => options.current }));
const patient: ProviderOptions = {
  allowPrivate: true,
  timeoutMs: 5_000,
  retryDelayMs: 1,
  feedLimits: { maxBytes: 300_000, maxEvents: 100 },
};
beforeEach(() => {
  options.current = patient;
});

const now = new Date("2026-01-01T00:00:00Z");
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
let server: HostileFeeds;
beforeAll(async () => {
  server = await startHostileFeeds();
});
afterAll(() => server.stop());

async function makeRead() {
  const feed = server.add(feedOf(["a", "b", "c"]), { etag: '"v1"' });
  const subscribed = await makeSubscribed(feed);
  await subscribed.refresh(now);
  return { feed, ...subscribed };
}

describe("whatever comes instead of the feed, its last good copy stays", () => {
  const tooLarge = "127.0.0.1 sent more than 300 KB, more than is read here.";
  test.each<[string, FeedHandler, RegExp | string]>([
    ["401", answer(401), /asks for a sign-in \(401\)/],
    ["403", answer(403), /does not let this calendar be read \(403\)/],
    ["404", answer(404), "127.0.0.1 has no calendar at this address (404)."],
    ["500", answer(500), "127.0.0.1 cannot answer at the moment (500)."],
    ["503", busy(503, 60), "127.0.0.1 cannot answer at the moment (503)."],
    ["429", busy(429, 60), "127.0.0.1 asks us to slow down."],
    ["a sign-in page", feedAccidents.loginPage, /^What 127\.0\.0\.1 sent cannot be used\. .*web page/],
    ["one that says it is a calendar", feedAccidents.loginPageAsCalendar, /cannot be used\. .*web page/],
    ["JSON", feedAccidents.json, /cannot be used\. .*JSON/],
    ["nothing", feedAccidents.nothing, /cannot be used\. .*empty/],
    ["half of it", feedAccidents.half, /cannot be used\. The calendar stops in the middle/],
    ["an end before its end", feedAccidents.brokenOff, /^The connection to 127\.0\.0\.1 failed/],
    ["a dropped connection", feedAccidents.drop, /^The connection to 127\.0\.0\.1 failed/],
    ["a gzip bomb", gzipBomb(3), tooLarge],
    ["what never ends", feedAccidents.endless, tooLarge],
    ["too many events", (_, to) => to.end(feedOf(manyEvents)), /more than 100 events/],
    ["a circle", redirect(301, "feed.ics"), "127.0.0.1 redirects more than 5 times."],
    ["the way inside", redirect(301, "http://0.0.0.0/a.ics"), /^0\.0\.0\.0 is not on the public internet/],
  ])("%s", async (_name, handler, message) => {
    const { feed, ...subscribed } = await makeRead();
    const before = await subscribed.copy();
    feed.behave(handler);
    const error = await subscribed.failure(later(1));
    expect(error.message).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
    expect(await subscribed.copy()).toEqual(before);
    expect(await subscribed.shown()).toMatchObject({
      status: "error",
      lastError: error.message,
      errorCount: 1,
      eventCount: 3,
      lastSyncedAt: now,
      url: feed.url,
    });
    expect(error.message).not.toContain("private-token");
    feed.behave();
    feed.text = feedOf(["a", "b", "d"]);
    feed.validators = { etag: '"v2"' };
    await subscribed.refresh(later(2));
    expect(await subscribed.titles()).toEqual(["a", "b", "d"]);
    expect(await subscribed.shown()).toMatchObject({ status: "synced", lastError: null, errorCount: 0 });
  });

  test.each([
    ["silence", feedAccidents.hang],
    ["a byte at a time", feedAccidents.drip],
  ])("%s", async (_name, handler) => {
    const { feed, ...subscribed } = await makeRead();
    const before = await subscribed.copy();
    feed.behave(handler);
    options.current = { ...patient, timeoutMs: 100 };
    await subscribed.failure(later(1));
    expect(await subscribed.copy()).toEqual(before);
    expect(await subscribed.shown()).toMatchObject({
      status: "error",
      lastError: "127.0.0.1 took too long to answer.",
    });
  });

  test("and a wrong content type is none of it", async () => {
    const { feed, ...subscribed } = await makeRead();
    feed.contentType = "text/html";
    feed.text = feedOf(["a", "b", "d"]);
    feed.validators = {};
    await subscribed.refresh(later(1));
    expect(await subscribed.titles()).toEqual(["a", "b", "d"]);
  });
});

const manyEvents = Array.from({ length: 101 }, (_, at) => `event ${at}`);

describe("an address that leads inside", () => {
  const strict = { ...patient, allowPrivate: false };
  const refused = /is not on the public internet, so it is not contacted\.$/;

  test.each([
    ["a name that stands for loopback", "https://feeds.example/a.ics", "127.0.0.1"],
    ["one that stands for it as IPv6", "https://feeds.example/a.ics", "::1"],
    ["one that stands for loopback mapped to IPv6", "https://feeds.example/a.ics", "::ffff:127.0.0.1"],
    ["loopback mapped to IPv6", "https://[::ffff:127.0.0.1]/a.ics", null],
    ["localhost", "https://localhost/a.ics", null],
    ["the cloud's own address", "webcal://169.254.169.254/a.ics", null],
  ])("is refused, stored or new: %s", async (_name, url, address) => {
    const resolve = async () => [{ address: address ?? "", family: address?.includes(":") ? 6 : 4 }];
    options.current = { ...strict, ...(address === null ? {} : { resolve }) };
    const subscribed = await makeSubscribed({ url });
    expect(await subscribed.failure(now)).toMatchObject({ code: "invalid" });
    expect(await subscribed.shown()).toMatchObject({
      status: "error",
      lastError: expect.stringMatching(refused),
    });
    const { viewer } = await makeHost();
    await expect(createSubscription(viewer, { url }, now)).rejects.toMatchObject({
      code: "invalid",
      field: "url",
      message: expect.stringMatching(refused),
    });
  });

  test("is not reached by a name that means another address when it is asked again", async () => {
    const { feed, ...subscribed } = await makeRead();
    const before = await subscribed.copy();
    let asked = 0;
    const resolve = async () => [{ address: ++asked === 1 ? "0.0.0.0" : "127.0.0.1", family: 4 }];
    options.current = { ...patient, resolve };
    feed.behave(redirect(301, feed.url.replace("127.0.0.1", "feeds.example")));
    expect(await subscribed.failure(later(1))).toMatchObject({ code: "invalid" });
    expect(asked).toBe(1);
    expect(await subscribed.copy()).toEqual(before);
  });
});

describe("a feed that keeps failing", () => {
  test("is asked ever more rarely, and given up after five times until somebody asks for it", async () => {
    const { feed, ...subscribed } = await makeRead();
    const { id } = subscribed.subscription;
    feed.behave(answer(500));
    let at = later(1);
    for (const hours of [1, 4, 16, 24]) {
      await subscribed.failure(at);
      const { nextSyncAt } = await subscribed.state();
      const waited = (nextSyncAt.getTime() - at.getTime()) / 3_600_000;
      expect(waited).toBeGreaterThan(hours * 0.9 - 0.001);
      expect(waited).toBeLessThanOrEqual(hours);
      expect(await subscribed.shown()).toMatchObject({ status: "error", enabled: true });
      at = nextSyncAt;
    }
    await subscribed.failure(at);
    expect(await subscribed.shown()).toMatchObject({
      status: "disabled",
      enabled: false,
      errorCount: 5,
      lastError: "127.0.0.1 cannot answer at the moment (500).",
      eventCount: 3,
    });
    expect(await subscribed.titles()).toEqual(["a", "b", "c"]);
    const asked = feed.asked.length;
    expect(await refreshFeed(subscribed.calendar.id, at)).toEqual({ left: "given up, or gone" });
    expect(feed.asked).toHaveLength(asked);

    feed.behave();
    await refreshSubscription(subscribed.viewer, id, at);
    expect(await getSubscription(subscribed.viewer, id)).toMatchObject({ status: "pending", errorCount: 0 });
    await refreshFeed(subscribed.calendar.id, at);
    expect(await subscribed.shown()).toMatchObject({ status: "synced", enabled: true, lastError: null });
  });

  test("is given up at once when it says that it is gone (410), and keeps what it had", async () => {
    const { feed, ...subscribed } = await makeRead();
    feed.behave(answer(410));
    expect(await subscribed.failure(later(1))).toMatchObject({ code: "not_found" });
    expect(await subscribed.shown()).toMatchObject({
      status: "disabled",
      enabled: false,
      nextSyncAt: null,
      lastError: "127.0.0.1 says that this calendar is gone for good (410).",
    });
    expect(await subscribed.titles()).toEqual(["a", "b", "c"]);
    feed.behave();
    await refreshSubscription(subscribed.viewer, subscribed.subscription.id, later(2));
    await refreshFeed(subscribed.calendar.id, later(2));
    expect(await subscribed.shown()).toMatchObject({ status: "synced", enabled: true });
  });

  test("is not asked before it says so", async () => {
    const { feed, ...subscribed } = await makeRead();
    feed.behave(busy(503, 10 * 3600));
    await subscribed.failure(later(1));
    const { nextSyncAt } = await subscribed.state();
    expect(nextSyncAt.getTime()).toBeGreaterThanOrEqual(later(11).getTime());
  });
});
