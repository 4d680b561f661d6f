import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { feedOf } from "@/e2e/feed-text";
import { type FeedHandler, startHostileFeeds } from "@/e2e/hostile-feed";
import { answer, busy, feedAccidents, gzipBomb, redirect } from "@/e2e/hostile-feed-accidents";
import type { Resolve } from "@/lib/http/addresses";
import { pull, startFeeds } from "./test-feeds";

const feeds = startFeeds(startHostileFeeds);
const host = "127.0.0.1";
/** `reason` follows whose fault it is. */
const unusable = (reason: RegExp) =>
  new RegExp(`^What 127\\.0\\.0\\.1 sent cannot be used\\. .*${reason.source}`);
const failure = (pulling: Promise<unknown>) =>
  pulling.then(
    () => expect.fail("It should have failed."),
    (error: unknown) => error,
  );

describe("an answer that is no calendar", () => {
  test.each<[string, FeedHandler, string, string | RegExp]>([
    ["410", answer(410), "not_found", `${host} says that this calendar is gone for good (410).`],
    ["401", answer(401), "invalid", /^127\.0\.0\.1 asks for a sign-in \(401\)/],
    ["403", answer(403), "invalid", /does not let this calendar be read \(403\)/],
    ["404", answer(404), "invalid", `${host} has no calendar at this address (404).`],
    ["418", answer(418), "invalid", `${host} refused the request (418).`],
    ["408", answer(408), "unavailable", `${host} refused the request (408).`],
    ["300", answer(300), "unavailable", `${host} refused the request (300).`],
    ["500", answer(500), "unavailable", `${host} cannot answer at the moment (500).`],
    ["503", busy(503, 120), "unavailable", `${host} cannot answer at the moment (503).`],
    ["429", busy(429, 120), "rate_limited", `${host} asks us to slow down.`],
    ["a sign-in page", feedAccidents.loginPage, "invalid", unusable(/web page, not a calendar/)],
    ["one that says it is a calendar", feedAccidents.loginPageAsCalendar, "invalid", unusable(/web page/)],
    ["JSON", feedAccidents.json, "invalid", unusable(/JSON, not a calendar/)],
    ["nothing", feedAccidents.nothing, "invalid", unusable(/empty/)],
    ["blanks", feedAccidents.blank, "invalid", unusable(/empty/)],
    ["half a calendar", feedAccidents.half, "invalid", unusable(/stops in the middle/)],
    ["one that broke off", feedAccidents.brokenOff, "unavailable", /^The connection to 127\.0\.0\.1 failed/],
    ["a dropped connection", feedAccidents.drop, "unavailable", /^The connection to 127\.0\.0\.1 failed/],
    ["broken packing", feedAccidents.notGzip, "unavailable", /^The connection to 127\.0\.0\.1 failed/],
    ["a bomb", gzipBomb(3), "invalid", `${host} sent more than 300 KB, more than is read here.`],
    ["no end", feedAccidents.endless, "invalid", `${host} sent more than 300 KB, more than is read here.`],
    ["a circle", redirect(301, "feed.ics"), "invalid", `${host} redirects more than 5 times.`],
    ["the way inside", redirect(301, "http://0.0.0.0/"), "invalid", /^0\.0\.0\.0 is not on the public inter/],
    ["no web address", redirect(302, "file:///etc/passwd"), "invalid", /./],
  ])("%s", async (_name, handler, code, message) => {
    const feed = feeds.server.add(feedOf(["a", "b"]));
    feed.behave(handler);
    expect(await failure(pull(feed.url))).toMatchObject({
      code,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  test.each([
    ["never begins", feedAccidents.hang],
    ["drips", feedAccidents.drip],
  ])("one that %s is not waited for", async (_name, handler) => {
    const feed = feeds.server.add(feedOf(["a"]));
    feed.behave(handler);
    expect(await failure(pull(feed.url, null, { timeoutMs: 100 }))).toMatchObject({
      code: "unavailable",
      message: `${host} took too long to answer.`,
    });
  });

  test("tells when to come back", async () => {
    const feed = feeds.server.add();
    feed.behave(busy(503, 86_400));
    expect(await failure(pull(feed.url))).toMatchObject({ retryAfterSeconds: 86_400 });
    expect(feed.asked).toHaveLength(1);
  });

  test("is asked for again at once where it may have been an accident", async () => {
    const feed = feeds.server.add(feedOf(["a"]));
    feed.behave((request) => {
      feed.behave();
      feedAccidents.drop(request);
    });
    expect((await pull(feed.url)).upserts).toHaveLength(1);
    expect(feed.asked).toHaveLength(2);
  });

  test("of too many events", async () => {
    const feed = feeds.server.add(feedOf(["a", "b", "c"]));
    const feedLimits = { maxBytes: 100_000, maxEvents: 2 };
    expect(await failure(pull(feed.url, null, { feedLimits }))).toMatchObject({
      code: "invalid",
      message: expect.stringMatching(unusable(/more than 2 events/)),
    });
  });

  const { gzip: _, ...accidents } = feedAccidents;
  test.each(Object.entries({ ...accidents, gone: answer(410), bomb: gzipBomb(1) }))(
    "says nothing of the address: %s",
    async (_name, handler) => {
      const feed = feeds.server.add(feedOf(["a"]));
      feed.behave(handler);
      const error = await failure(pull(feed.url, null, { timeoutMs: 50 }));
      expect(inspect(error, { depth: 10 })).toContain("AppError");
      expect(inspect(error, { depth: 10 })).not.toContain("private-token");
    },
  );
});

describe("an address that leads inside", () => {
  const strict = { allowPrivate: false };
  const resolveTo =
    (address: string): Resolve =>
    async () => [{ address, family: address.includes(":") ? 6 : 4 }];

  test.each([
    "https://127.0.0.1/feed.ics",
    "https://[::1]/feed.ics",
    "https://[::ffff:127.0.0.1]/feed.ics",
    "https://[64:ff9b::7f00:1]/feed.ics",
    "https://169.254.169.254/feed.ics",
    "webcal://10.0.0.1/feed.ics",
    "https://localhost/feed.ics",
  ])("is refused: %s", async (url) => {
    expect(await failure(pull(url, null, strict))).toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/is not on the public internet, so it is not contacted\.$/),
    });
  });

  test.each(["127.0.0.1", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "10.1.2.3", "fe80::1", "0.0.0.0"])(
    "is refused when its name stands for %s",
    async (address) => {
      const more = { ...strict, resolve: resolveTo(address) };
      expect(await failure(pull("webcal://feeds.example/private-token.ics", null, more))).toMatchObject({
        code: "invalid",
        message: "feeds.example is not on the public internet, so it is not contacted.",
      });
    },
  );

  test("is refused without https", async () => {
    expect(await failure(pull("http://feeds.example/private-token.ics", null, strict))).toMatchObject({
      code: "invalid",
      message: "The address of feeds.example must start with https://.",
    });
  });
});
