import { describe, expect, test } from "vitest";
import { feedOf } from "@/e2e/feed-text";
import { startHostileFeeds } from "@/e2e/hostile-feed";
import { answer, feedAccidents, redirect } from "@/e2e/hostile-feed-accidents";
import type { ChangePage } from "@/lib/providers/provider";
import { open, pull, startFeeds } from "./test-feeds";

const feeds = startFeeds(startHostileFeeds);
const uidsOf = ({ upserts }: ChangePage) => upserts.map(({ uid }) => uid).sort();
const nothing = { upserts: [], deletions: [], unreadable: [] };

describe("reading a feed", () => {
  test("brings every event, as occurrences and as iCalendar, and what the feed says of itself", async () => {
    const days = { uid: "new-year", start: "20260101", lines: ["TRANSP:TRANSPARENT"] };
    const daily = { uid: "daily", start: "20260105T080000Z", lines: ["RRULE:FREQ=DAILY;COUNT=3"] };
    const feed = feeds.server.add(feedOf([days, daily, "old"], ["X-WR-CALNAME:Holidays"]));
    const page = await pull(feed.url);
    expect(uidsOf(page)).toEqual(["daily", "new-year", "old"]);
    expect(page).toMatchObject({ reset: true, deletions: [], unreadable: [] });
    expect(page.feed).toMatchObject({ name: "Holidays", eventCount: 3, skippedCount: 0 });
    const event = page.upserts.find(({ uid }) => uid === "new-year");
    expect(event?.occurrences).toMatchObject([
      { title: "new-year", time: { kind: "allDay", startDay: "2026-01-01", endDay: "2026-01-02" } },
    ]);
    expect(event?.object).toContain("UID:new-year\r\n");
    expect(page.upserts.find(({ uid }) => uid === "daily")?.occurrences).toHaveLength(3);
  });

  test("later brings only what is new or different, and names what is gone", async () => {
    const feed = feeds.server.add(feedOf(["stays", "changes", "goes"]));
    const first = await pull(feed.url);
    const gone = first.upserts.find(({ uid }) => uid === "goes")?.id;
    feed.text = feedOf(["stays", { uid: "changes", title: "Changed" }, "comes"]);
    const second = await pull(feed.url, first.cursor);
    expect(uidsOf(second)).toEqual(["changes", "comes"]);
    expect(second.deletions).toEqual([gone]);
    expect(second).not.toHaveProperty("reset");
    feed.text = feedOf(["comes"]);
    const third = await pull(feed.url, second.cursor);
    expect(third.upserts).toEqual([]);
    expect(third.deletions).toHaveLength(2);
  });

  test("reads all of it when the cursor is none of ours", async () => {
    const feed = feeds.server.add(feedOf(["a", "b"]));
    for (const cursor of ["", "null", '{"version":0}', '{"version":1,"kind":"token","token":"x"}'])
      expect(await pull(feed.url, cursor)).toMatchObject({ reset: true, upserts: { length: 2 } });
  });

  test("packed, as another type, or behind a byte order mark, it is the same feed", async () => {
    const feed = feeds.server.add(feedOf(["a"]));
    feed.behave(feedAccidents.gzip);
    expect(uidsOf(await pull(feed.url))).toEqual(["a"]);
    feed.behave();
    for (const contentType of ["text/plain", "application/octet-stream", "text/html", "nonsense"]) {
      feed.contentType = contentType;
      feed.text = `\uFEFF${feedOf(["a"])}`;
      expect(uidsOf(await pull(feed.url))).toEqual(["a"]);
    }
  });

  test("keeps the last good copy of an event that makes no sense any more, until it does or is gone", async () => {
    const broken = { uid: "breaks", start: "nonsense" };
    const feed = feeds.server.add(feedOf(["fine", "breaks"]));
    const first = await pull(feed.url);
    const id = first.upserts.find(({ uid }) => uid === "breaks")?.id;
    feed.text = feedOf(["fine", broken, { uid: "never", start: "nonsense" }]);
    const second = await pull(feed.url, first.cursor);
    expect(second).toMatchObject({ upserts: [], deletions: [], unreadable: [{ id }] });
    expect(second.unreadable).toHaveLength(1);
    expect(second.feed?.skippedCount).toBe(2);
    // Everything is read again, and nobody here knows what there was.
    expect((await pull(feed.url)).unreadable).toHaveLength(2);
    feed.text = feedOf(["fine", "breaks"]);
    expect(uidsOf(await pull(feed.url, second.cursor))).toEqual(["breaks"]);
    feed.text = feedOf(["fine"]);
    expect((await pull(feed.url, second.cursor)).deletions).toEqual([id]);
  });

  test("ends with whoever stops asking", async () => {
    const feed = feeds.server.add(feedOf(Array.from({ length: 900 }, (_, at) => `event ${at}`)));
    const pages = open(feed.url).pullChanges("feed", null, {
      start: new Date(0),
      end: new Date(),
      timeZone: "UTC",
    });
    for await (const page of pages) {
      expect(page.upserts.length).toBeGreaterThan(0);
      break;
    }
    expect((await pull(feed.url)).upserts).toHaveLength(900);
  });
});

describe("a feed that has not changed", () => {
  const old = "Wed, 01 Jan 2025 00:00:00 GMT";

  test.each([
    ["an ETag", { etag: '"v1"' }, { "if-none-match": '"v1"' }],
    ["a weak ETag", { etag: 'W/"v1"' }, { "if-none-match": 'W/"v1"' }],
    ["a date", { lastModified: old }, { "if-modified-since": old }],
  ])("need not be sent: it is known by %s", async (_name, validators, conditions) => {
    const feed = feeds.server.add(feedOf(["a"]), validators);
    const { cursor } = await pull(feed.url);
    expect(feed.asked[0]).not.toHaveProperty("if-none-match");
    expect(await pull(feed.url, cursor)).toEqual({ ...nothing, cursor });
    expect(feed.asked[1]).toMatchObject(conditions);
  });

  test("is known by its bytes where the server knows no better", async () => {
    const feed = feeds.server.add(feedOf(["a"]));
    const { cursor } = await pull(feed.url);
    expect(await pull(feed.url, cursor)).toEqual({ ...nothing, cursor });
    expect(feed.asked).toHaveLength(2);
  });

  test("is known by its new name next time", async () => {
    const feed = feeds.server.add(feedOf(["a"]), { etag: '"v1"' });
    const { cursor } = await pull(feed.url);
    feed.validators = { etag: '"v2"' };
    const second = await pull(feed.url, cursor);
    expect(second).toMatchObject(nothing);
    await pull(feed.url, second.cursor);
    expect(feed.asked[2]).toMatchObject({ "if-none-match": '"v2"' });
  });

  test("is not known by the time at which it was made, which is always now", async () => {
    const feed = feeds.server.add(feedOf(["a"]), { lastModified: new Date().toUTCString() });
    const { cursor } = await pull(feed.url);
    expect(await pull(feed.url, cursor)).toEqual({ ...nothing, cursor });
    expect(feed.asked[1]).not.toHaveProperty("if-modified-since");
  });

  test("is told from one that was never asked for", async () => {
    const feed = feeds.server.add(feedOf(["a"]));
    feed.behave(answer(304));
    await expect(pull(feed.url)).rejects.toMatchObject({
      code: "unavailable",
      message: "127.0.0.1 says that nothing has changed (304), but was asked for everything.",
    });
  });
});

describe("a feed that has moved", () => {
  test.each([301, 308])("for good (%i) says where to", async (status) => {
    const [from, to] = [feeds.server.add(), feeds.server.add(feedOf(["a"]), { etag: '"v1"' })];
    from.behave(redirect(status, to.url));
    const page = await pull(from.url);
    expect(page).toMatchObject({ movedTo: to.url, upserts: { length: 1 } });
    expect(await pull(from.url, page.cursor)).toEqual({ ...nothing, cursor: page.cursor, movedTo: to.url });
    expect(await pull(to.url, page.cursor)).toEqual({ ...nothing, cursor: page.cursor });
  });

  test.each([302, 303, 307])("for now (%i) is followed and forgotten", async (status) => {
    const [from, to] = [feeds.server.add(), feeds.server.add(feedOf(["a"]))];
    from.behave(redirect(status, to.url));
    const page = await pull(from.url);
    expect(page.upserts).toHaveLength(1);
    expect(page).not.toHaveProperty("movedTo");
  });

  test("for good, and from there for now, is asked for where it has moved", async () => {
    const [from, between, to] = [feeds.server.add(), feeds.server.add(), feeds.server.add(feedOf(["a"]))];
    from.behave(redirect(301, between.url));
    between.behave(redirect(302, to.url));
    expect(await pull(from.url)).toMatchObject({ movedTo: between.url });
  });

  test("has not, where the other address has no calendar", async () => {
    const [from, to] = [feeds.server.add(feedOf(["a"])), feeds.server.add()];
    const { cursor } = await pull(from.url);
    from.behave(redirect(301, to.url));
    to.behave(feedAccidents.loginPage);
    await expect(pull(from.url, cursor)).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("its one calendar", () => {
  test("is called what the feed says, or else by its server", async () => {
    const named = feeds.server.add(feedOf(["a"], ["X-WR-CALNAME:Holidays"]));
    expect(await open(named.url).listCalendars()).toEqual([
      { id: "feed", name: "Holidays", color: null, isReadOnly: true },
    ]);
    expect(await open(feeds.server.add().url).listCalendars()).toMatchObject([{ name: "127.0.0.1" }]);
  });

  test("can only be read", async () => {
    const provider = open("https://feeds.example/a.ics");
    const time = { kind: "allDay", startDay: "2026-01-01", endDay: "2026-01-02" } as const;
    const draft = {
      uid: "1",
      sequence: 0,
      title: "",
      description: null,
      location: null,
      timeZone: "UTC",
      time,
    };
    for (const refused of [
      provider.putEvent("feed", draft),
      provider.deleteEvent("feed", { id: "1", etag: null }),
      provider.findNewId("feed", "1"),
      provider.getEvent("feed", "1", "UTC"),
    ])
      await expect(refused).rejects.toMatchObject({
        code: "forbidden",
        message: "A subscribed calendar can only be read.",
      });
  });
});
