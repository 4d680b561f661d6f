import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { answerOf, at, requestOf } from "@/db/factories/requests";
import { makeBrowser } from "@/db/factories/signed-in";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendarSubscriptions, calendars, rateLimits } from "@/db/schema";
import { feedOf } from "@/e2e/feed-text";
import { type HostileFeeds, startHostileFeeds } from "@/e2e/hostile-feed";
import { busy, feedAccidents, redirect } from "@/e2e/hostile-feed-accidents";
import { problem } from "@/lib/openapi/answers";
import { manySubscriptions, onePreview, oneSubscription } from "@/lib/openapi/subscriptions";
import { GET } from "./[id]/route";
import { POST as preview } from "./preview/route";
import { GET as list, POST } from "./route";

const browser = vi.hoisted(() => ({ current: {} as ReturnType<typeof makeBrowser> }));
vi.mock("next/headers", () => ({
  cookies: () => browser.current.cookies(),
  headers: () => browser.current.headers(),
}));
const installation = vi.hoisted(() => ({ allowsPrivate: true }));
vi.mock("@/lib/env", async (original) => {
  const { env, ...rest } = await original<typeof import("@/lib/env")>();
  return { ...rest, env: () => ({ ...env(), ALLOW_PRIVATE_ADDRESSES: installation.allowsPrivate }) };
});

let feeds: HostileFeeds;
let mine: Awaited<ReturnType<typeof makeHost>>;

beforeAll(async () => {
  feeds = await startHostileFeeds();
});
afterAll(() => feeds.stop());
beforeEach(async () => {
  installation.allowsPrivate = true;
  browser.current = makeBrowser();
  mine = await makeHost({ timeZone: "Europe/Berlin" });
  await browser.current.signIn(mine.user);
});

const post = async (body: unknown) =>
  answerOf(await POST(requestOf("POST", { body })), oneSubscription.or(problem));
const look = async (body: unknown) =>
  answerOf(await preview(requestOf("POST", { body })), onePreview.or(problem));
const read = async (id: string) =>
  answerOf(await GET(requestOf("GET"), at({ id })), oneSubscription.or(problem));
const listed = async (query = "") =>
  answerOf(await list(requestOf("GET", { query })), manySubscriptions.or(problem));

const dayFromNow = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "");
const dashed = (day: string) => day.replace(/^(....)(..)(..)$/, "$1-$2-$3");

const someFeed = () =>
  feedOf(
    [
      { uid: "later", title: "Later", start: dayFromNow(9) },
      { uid: "over", title: "Over", start: dayFromNow(-9) },
      { uid: "soon", title: "Soon", start: `${dayFromNow(2)}T100000Z`, end: `${dayFromNow(2)}T110000Z` },
      { uid: "off", title: "Off", start: dayFromNow(1), lines: ["STATUS:CANCELLED"] },
      { uid: "broken", title: "Broken", start: "99999999T999999Z" },
    ],
    ["X-WR-CALNAME:Days\\, that count", "COLOR:teal", "REFRESH-INTERVAL;VALUE=DURATION:P1D"],
  );

const storedBy = async (hostId: string) => ({
  connections: await database()
    .select()
    .from(calendarConnections)
    .where(eq(calendarConnections.hostId, hostId)),
  calendars: await database().select().from(calendars).where(eq(calendars.hostId, hostId)),
  subscriptions: await database()
    .select()
    .from(calendarSubscriptions)
    .where(eq(calendarSubscriptions.hostId, hostId)),
});
const nothing = { connections: [], calendars: [], subscriptions: [] };

const refreshesAsked = (calendarId: string) =>
  database().execute(sql`select data::jsonb ->> 'reason' as reason from inngest_events
    where name = 'subscription/refresh.requested' and data::jsonb ->> 'calendarId' = ${calendarId}`);

describe("subscribing", () => {
  test("takes what was said, and has the feed read at once", async () => {
    const { url } = feeds.add(someFeed());
    const wish = {
      ...{ url: ` ${url}#part `, name: " My \n days ", color: "#0E8A8C", refresh_interval: "6h" },
      ...{ blocks_bookings: true, all_day_blocks: false, keep_local_changes: false },
    };
    const { status, body } = await post(wish);
    expect(status).toBe(201);
    expect(body).toEqual({
      ...{ id: expect.any(String), calendar_id: expect.any(String) },
      ...{ name: "My days", color: "#0e8a8c", url, refresh_interval: "6h", status: "pending", enabled: true },
      ...{ last_synced_at: null, next_sync_at: expect.any(String), last_error: null, error_count: 0 },
      ...{ event_count: 0, skipped_count: 0, skipped: [], feed_refresh_minutes: null },
      ...{ blocks_bookings: true, all_day_blocks: false, keep_local_changes: false },
      created_at: expect.any(String),
    });
    expect(await read(String(body.id))).toEqual({ status: 200, body });
    expect([...(await refreshesAsked(String(body.calendar_id)))]).toEqual([{ reason: "connected" }]);
    const { connections, calendars } = await storedBy(mine.user.id);
    expect(connections).toMatchObject([{ provider: "ics", serverUrl: new URL(url).origin }]);
    expect(JSON.stringify(connections)).not.toContain("private-token");
    expect(calendars).toMatchObject([
      { remoteId: "feed", isReadOnly: true, isSubscribed: true, checksConflicts: true, isDestination: false },
    ]);
  });

  test("asks for nothing but the address", async () => {
    const first = await post({ url: feeds.add(someFeed()).url });
    expect(first.body).toMatchObject({
      ...{ name: "Days, that count", color: "#008080", refresh_interval: "1h" },
      ...{ blocks_bookings: false, all_day_blocks: true, keep_local_changes: true },
    });
    const plain = [await post({ url: feeds.add().url }), await post({ url: feeds.add().url })];
    expect(plain.map(({ body }) => body)).toMatchObject([{ name: "127.0.0.1" }, { name: "127.0.0.1" }]);
    expect(plain[0]?.body.color).not.toBe(plain[1]?.body.color);
  });

  test("to a feed that moved for good takes where it is now", async () => {
    const there = feeds.add(someFeed());
    const here = feeds.add();
    here.behave(redirect(301, there.url));
    expect((await post({ url: here.url })).body).toMatchObject({ url: there.url });
    expect(await post({ url: here.url })).toMatchObject({ status: 409, body: { error: { field: "url" } } });
  });

  test("twice to one address is a conflict, however it is written", async () => {
    const { url } = feeds.add(someFeed());
    await post({ url, name: "Mine" });
    const twice = await post({ url: `${url}#again` });
    expect(twice).toMatchObject({ status: 409, body: { error: { code: "conflict", field: "url" } } });
    expect(twice.body).toMatchObject({ error: { message: expect.stringContaining("“Mine”") } });
    expect(await look({ url })).toMatchObject({ status: 409 });
    await makeSubscription(mine.user.id, { url: "https://feeds.example.test/a.ics" });
    for (const same of ["webcal://feeds.example.test/a.ics", "feeds.example.test/a.ics"])
      expect(await post({ url: same })).toMatchObject({ status: 409 });
    const stranger = await makeHost();
    await browser.current.signIn(stranger.user);
    expect(await post({ url })).toMatchObject({ status: 201 });
  });

  test("at the same time to one address happens once", async () => {
    const { url } = feeds.add(someFeed());
    const answers = await Promise.all([post({ url }), post({ url }), post({ url })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect((await storedBy(mine.user.id)).subscriptions).toHaveLength(1);
  });

  test("ends at two hundred", async () => {
    await database().execute(sql`
      with connection as (
        insert into calendar_connections (id, host_id, provider, server_url, account, credentials)
        select gen_random_uuid(), ${mine.user.id}, 'ics', 'https://feeds.example.test', n::text, ''
        from generate_series(1, 200) n returning id),
      calendar as (
        insert into calendars (connection_id, host_id, remote_id, name, is_subscribed)
        select id, ${mine.user.id}, 'feed', 'Feed', true from connection returning id)
      insert into calendar_subscriptions (host_id, calendar_id, refresh_minutes)
      select ${mine.user.id}, id, 60 from calendar`);
    const refused = await post({ url: feeds.add().url });
    expect(refused).toMatchObject({ status: 409, body: { error: { field: "url" } } });
    expect(JSON.stringify(refused.body)).toContain("200 subscriptions");
  });
});

describe("what is wrong is said of its field, and nothing is stored", () => {
  const wrong: [string, Record<string, unknown>, string][] = [
    ["no address", { url: undefined }, "url"],
    ["an empty address", { url: " " }, "url"],
    ["an address that is none", { url: "http://" }, "url"],
    ["an address that is a number", { url: 5 }, "url"],
    ["a very long address", { url: `https://feeds.example.test/${"a".repeat(2000)}` }, "url"],
    ["another scheme", { url: "ftp://feeds.example.test/a.ics" }, "url"],
    ["a file", { url: "file:///etc/passwd" }, "url"],
    ["an empty name", { name: " \n" }, "name"],
    ["a name that nobody sees", { name: "\u200b\u2060" }, "name"],
    ["a long name", { name: "a".repeat(121) }, "name"],
    ["a name with a NUL", { name: "a\0" }, "name"],
    ["a colour by name", { color: "red" }, "color"],
    ["a colour that is no text", { color: 0xff0000 }, "color"],
    ["an interval that is not offered", { refresh_interval: "5m" }, "refresh_interval"],
    ["an interval in minutes", { refresh_interval: 60 }, "refresh_interval"],
    ["blocks_bookings as a text", { blocks_bookings: "yes" }, "blocks_bookings"],
    ["all_day_blocks null", { all_day_blocks: null }, "all_day_blocks"],
    ["keep_local_changes as a number", { keep_local_changes: 1 }, "keep_local_changes"],
    ["a field that is none", { colour: "#000000" }, "colour"],
    ["a field of another spelling", { refreshInterval: "1h" }, "refreshInterval"],
    ["a field that only we write", { event_count: 5 }, "event_count"],
  ];

  test.each(wrong)("%s", async (_, values, field) => {
    const feed = feeds.add();
    const refused = await post({ url: feed.url, ...values });
    expect(refused).toEqual({
      status: 400,
      body: { error: { code: "invalid", message: expect.stringMatching(/\.$/), field } },
    });
    expect(feed.asked).toEqual([]);
    expect(await storedBy(mine.user.id)).toEqual(nothing);
  });

  test("a body that is none", async () => {
    for (const body of ["{", "null", "[]", "5", '"text"'])
      expect(await post(body)).toMatchObject({ status: 400, body: { error: { code: "invalid" } } });
  });

  const feedsThatFail: [string, () => string, number, string][] = [
    ["a web page", () => behaving(feedAccidents.loginPage), 400, "web page"],
    ["JSON", () => behaving(feedAccidents.json), 400, "127.0.0.1"],
    ["nothing", () => behaving(feedAccidents.nothing), 400, "127.0.0.1"],
    ["half a file", () => behaving(feedAccidents.half), 400, "127.0.0.1"],
    ["one that is gone for good", () => behaving(redirect(410, "/")), 400, "410"],
    ["no such page", () => `${feeds.url}nowhere`, 400, "404"],
    ["a server that asks to wait", () => behaving(busy(429, 77)), 429, "127.0.0.1"],
  ];
  const behaving = (handler: Parameters<ReturnType<HostileFeeds["add"]>["behave"]>[0]) => {
    const feed = feeds.add(someFeed());
    feed.behave(handler);
    return feed.url;
  };

  test.each(feedsThatFail)("an address with %s", async (_, urlOf, status, words) => {
    const url = urlOf();
    for (const refused of [await post({ url }), await look({ url })]) {
      expect(refused).toMatchObject({ status, body: { error: { field: "url" } } });
      expect(JSON.stringify(refused.body)).toContain(words);
      expect(JSON.stringify(refused.body)).not.toContain("private-token");
    }
    expect(await storedBy(mine.user.id)).toEqual(nothing);
  });

  test("how long a server asks to wait goes on to who asked", async () => {
    const response = await POST(requestOf("POST", { body: { url: behaving(busy(429, 77)) } }));
    expect(response.headers.get("retry-after")).toBe("77");
  });

  test("an address on the own network, and one without https", async () => {
    installation.allowsPrivate = false;
    const { port } = new URL(feeds.url);
    const feed = feeds.add(someFeed());
    for (const url of [
      ...[feed.url, feed.url.replace("http:", "webcal:"), `https://localhost:${port}/`, "https://10.0.0.1/"],
      ...["https://[::1]/a.ics", "https://[::ffff:127.0.0.1]/a.ics", "https://169.254.169.254/latest"],
    ])
      expect(await post({ url })).toMatchObject({ status: 400, body: { error: { field: "url" } } });
    expect(feed.asked).toEqual([]);
    expect(await storedBy(mine.user.id)).toEqual(nothing);
  });

  test("more addresses than somebody could try by hand", async () => {
    const { url } = feeds.add(someFeed());
    await look({ url });
    const digest = createHash("sha256").update(mine.user.id).digest("base64url");
    const own = eq(rateLimits.key, `feed-reading:${digest}`);
    expect(await database().update(rateLimits).set({ points: 100 }).where(own).returning()).toHaveLength(1);
    const refused = await preview(requestOf("POST", { body: { url } }));
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await post({ url })).toMatchObject({ status: 429 });
  });
});

test("a preview says what a subscription would bring, and stores nothing", async () => {
  const { url } = feeds.add(someFeed());
  expect(await look({ url })).toEqual({
    status: 200,
    body: {
      ...{ name: "Days, that count", color: "#008080", event_count: 4, skipped_count: 1 },
      skipped: [{ uid: "broken", title: "Broken", reason: expect.any(String) }],
      feed_refresh_minutes: 1440,
      next_events: [
        { title: "Soon", time: expect.objectContaining({ kind: "timed" }) },
        {
          title: "Later",
          time: { kind: "all_day", start_day: dashed(dayFromNow(9)), end_day: dashed(dayFromNow(10)) },
        },
      ],
    },
  });
  expect(await storedBy(mine.user.id)).toEqual(nothing);
  expect(await look({ url, name: "Mine" })).toMatchObject({
    status: 400,
    body: { error: { field: "name" } },
  });
});

const cursorOf = (createdAt: string) =>
  Buffer.from(JSON.stringify([createdAt, crypto.randomUUID()])).toString("base64url");

describe("the list", () => {
  test("comes a page at a time, as they were made", async () => {
    const ids: string[] = [];
    // Three of one instant: ids tell them apart.
    const createdAt = new Date("2026-05-05T05:05:05.005Z");
    for (const made of [new Date("2026-05-01T00:00:00Z"), createdAt, createdAt, createdAt, new Date()])
      ids.push((await makeSubscription(mine.user.id, { subscription: { createdAt: made } })).subscription.id);
    await makeSubscription((await makeHost()).user.id);
    const seen: string[] = [];
    let query = "?limit=2";
    for (let page = 0; page < 3; page += 1) {
      const { body } = await listed(query);
      const { subscriptions, next_cursor } = manySubscriptions.parse(body);
      seen.push(...subscriptions.map(({ id }) => id));
      expect(next_cursor === null).toBe(page === 2);
      query = `?limit=2&cursor=${next_cursor}`;
    }
    expect(seen).toEqual([ids[0], ...ids.slice(1, 4).sort(), ids[4]]);
    const { body } = await listed();
    expect(manySubscriptions.parse(body)).toMatchObject({ subscriptions: { length: 5 }, next_cursor: null });
  });

  test.each([
    ["?limit=0", "limit"],
    ["?limit=101", "limit"],
    ["?limit=many", "limit"],
    ["?cursor=nonsense", "cursor"],
    [`?cursor=${Buffer.from('["2026-01-01T00:00:00Z","1"]').toString("base64url")}`, "cursor"],
    [`?cursor=${cursorOf("0000-01-01T00:00:00Z")}`, "cursor"],
    ["?page=2", "page"],
  ])("refuses %s", async (query, field) => {
    expect(await listed(query)).toMatchObject({ status: 400, body: { error: { code: "invalid", field } } });
  });

  test("says of each how it is doing", async () => {
    const lastSyncedAt = new Date();
    const states: [object, string][] = [
      [{}, "pending"],
      [{ lastSyncedAt }, "synced"],
      [{ lastSyncedAt, syncRequestedAt: lastSyncedAt }, "pending"],
      [{ lastSyncedAt, errorCount: 2, lastError: "It is away.", syncRequestedAt: lastSyncedAt }, "error"],
      [{ lastSyncedAt, errorCount: 5, lastError: "It is away.", isEnabled: false }, "disabled"],
    ];
    for (const [calendar, status] of states) {
      const { subscription } = await makeSubscription(mine.user.id, { calendar });
      const { body } = await read(subscription.id);
      expect(body).toMatchObject({ status, enabled: status !== "disabled" });
      expect(body.next_sync_at === null).toBe(status === "disabled");
    }
  });

  test("bears a key that was lost", async () => {
    const lost = await makeSubscription(mine.user.id, { calendar: { lastSyncedAt: new Date() } });
    await makeSubscription(mine.user.id);
    await database()
      .update(calendarConnections)
      .set({ credentials: "sealed with another key" })
      .where(eq(calendarConnections.id, lost.connection.id));
    const { subscriptions } = manySubscriptions.parse((await listed()).body);
    expect(subscriptions).toMatchObject([
      { id: lost.subscription.id, url: null, status: "error", last_error: expect.stringMatching(/opened/) },
      { url: expect.any(String), status: "pending" },
    ]);
  });
});

test("a stranger's is not there, and nobody's is for nobody", async () => {
  const { subscription } = await makeSubscription((await makeHost()).user.id);
  for (const id of [subscription.id, crypto.randomUUID(), "no-uuid", "%00"])
    expect(await read(id)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
  browser.current.signOut();
  const refused = { status: 401, body: { error: { code: "signed_out" } } };
  expect([await listed(), await post({}), await look({}), await read(subscription.id)]).toMatchObject(
    Array(4).fill(refused),
  );
});
