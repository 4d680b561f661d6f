import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeSubscribed, type Subscribed } from "@/db/factories/subscribed";
import { calendarSubscriptions, localChanges, syncLogs } from "@/db/schema";
import { feedOf } from "@/e2e/feed-text";
import { type HostileFeeds, startHostileFeeds } from "@/e2e/hostile-feed";
import { answer } from "@/e2e/hostile-feed-accidents";

const now = new Date("2026-01-01T00:00:00Z");
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const nextBaseline = later(24 * 9);
const named = (count: number) => Array.from({ length: count }, (_, at) => `event ${100 + at}`);
let server: HostileFeeds;
beforeAll(async () => {
  server = await startHostileFeeds();
});
afterAll(() => server.stop());

async function makeRead(text: string, values: Parameters<typeof makeSubscribed>[1] = {}) {
  const feed = server.add(text);
  const subscribed = await makeSubscribed(feed, values);
  await subscribed.refresh(now);
  return { feed, ...subscribed };
}

const logOf = async ({ calendar }: Pick<Subscribed, "calendar">) => {
  const rows = database().select().from(syncLogs).where(eq(syncLogs.calendarId, calendar.id));
  return (await rows.orderBy(asc(syncLogs.id))).map(({ status, processed }) => [status, processed]);
};

/** The row, with the transaction that wrote it. */
async function factsOf({ calendar }: Pick<Subscribed, "calendar">) {
  const [row] = await database()
    .select({ facts: calendarSubscriptions, written: sql<string>`${calendarSubscriptions}.xmin::text` })
    .from(calendarSubscriptions)
    .where(eq(calendarSubscriptions.calendarId, calendar.id));
  return row;
}

/** Which large values of calendars are stored; one that is written again, is another one. */
async function largeValues(): Promise<string[]> {
  const [{ name } = { name: "" }] = await database().execute<{ name: string }>(
    sql`select reltoastrelid::regclass::text as name from pg_class where oid = 'calendars'::regclass`,
  );
  const rows = await database().execute<{ id: string }>(
    sql`select distinct chunk_id::text as id from ${sql.raw(name)} order by 1`,
  );
  return rows.map(({ id }) => id);
}

describe("what a refresh costs", () => {
  test("is the calendar's own row where nothing changed, without its long cursor, and none in the log", async () => {
    const subscribed = await makeRead(feedOf(named(200)));
    const before = [await subscribed.copy(), await factsOf(subscribed), await largeValues()];
    expect(before[2]).not.toEqual([]);
    await subscribed.refresh(later(1));
    expect([await subscribed.copy(), await factsOf(subscribed), await largeValues()]).toEqual(before);
    expect(await subscribed.state()).toMatchObject({ lastSyncedAt: later(1) });
    expect(await logOf(subscribed)).toEqual([["ok", 200]]);
  });

  test("is one row of each where one event changed", async () => {
    const { feed, ...subscribed } = await makeRead(feedOf(named(200)));
    const [before, facts] = [await subscribed.copy(), await factsOf(subscribed)];
    feed.text = feedOf([...named(199), { uid: "event 299", title: "Changed" }]);
    expect(await subscribed.refresh(later(1))).toEqual({ processed: 1, created: 0, updated: 1, deleted: 0 });
    const after = await subscribed.copy();
    const writtenBefore = new Set([...before.events, ...before.objects].map(({ written }) => written));
    const isNew = ({ written }: { written: string }) => !writtenBefore.has(written);
    expect(after.events.filter(isNew)).toMatchObject([{ title: "Changed" }]);
    expect(after.objects.filter(isNew)).toMatchObject([{ uid: "event 299" }]);
    expect(await factsOf(subscribed)).toEqual(facts);
    expect(await logOf(subscribed)).toEqual([
      ["ok", 200],
      ["ok", 1],
    ]);
  });

  test("is noted in the log where it failed, and where it works again", async () => {
    const { feed, ...subscribed } = await makeRead(feedOf(named(2)));
    feed.behave(answer(403));
    await subscribed.failure(later(1));
    feed.behave();
    await subscribed.refresh(later(2));
    await subscribed.refresh(later(3));
    expect(await logOf(subscribed)).toEqual([
      ["ok", 2],
      ["error", 0],
      ["ok", 0],
    ]);
  });
});

describe("what a feed says of itself", () => {
  test("is noted, and its name and colour are its host's to say", async () => {
    const { feed, ...subscribed } = await makeRead(
      feedOf(["a", { uid: "b", start: "nonsense" }], ["X-WR-CALNAME:Theirs", "X-PUBLISHED-TTL:PT6H"]),
    );
    const { name, color } = subscribed.calendar;
    expect(await subscribed.state()).toMatchObject({ name, color, unreadable: {} });
    expect((await factsOf(subscribed))?.facts).toMatchObject({
      feedMinutes: 360,
      eventCount: 1,
      skippedCount: 1,
      skipped: [{ uid: "b" }],
    });
    feed.text = feedOf(["a", "b"]);
    await subscribed.refresh(later(1));
    expect((await factsOf(subscribed))?.facts).toMatchObject({
      feedMinutes: null,
      eventCount: 2,
      skippedCount: 0,
      skipped: [],
    });
  });

  test("may be anything: what PostgreSQL cannot keep is left out", async () => {
    const odd = { uid: "odd\u0000", title: "Ti\u0000tle", lines: ["DESCRIPTION:\u0000\\, \\n"] };
    const broken = { uid: "broken", start: "nonsense", title: `\u0000${"😀".repeat(600)}` };
    const subscribed = await makeRead(feedOf([odd, broken]));
    const { events, objects } = await subscribed.copy();
    expect(events).toMatchObject([{ title: "Title" }]);
    expect(objects).toMatchObject([{ uid: "odd" }]);
    expect((await factsOf(subscribed))?.facts).toMatchObject({ eventCount: 1, skippedCount: 1 });
  });
});

describe("the events of a feed, whole", () => {
  test("come, change and go with it", async () => {
    const { feed, ...subscribed } = await makeRead(feedOf(["stays", "changes", "goes"]));
    const uids = async () => (await subscribed.copy()).objects.map(({ uid }) => uid);
    expect(await uids()).toEqual(["changes", "goes", "stays"]);
    feed.text = feedOf(["stays", { uid: "changes", lines: ["DESCRIPTION:New"] }, "comes"]);
    await subscribed.refresh(later(1));
    expect(await uids()).toEqual(["changes", "comes", "stays"]);
    const { events, objects } = await subscribed.copy();
    expect(objects[0]?.data).toMatch(/^BEGIN:VCALENDAR\r\n.*\r\nDESCRIPTION:New\r\n.*END:VCALENDAR\r\n$/s);
    expect(new Set(objects.map(({ id }) => id))).toEqual(new Set(events.map(({ id }) => id)));
    feed.text = feedOf(["stays", "comes"]);
    await subscribed.refresh(nextBaseline);
    expect(await uids()).toEqual(["comes", "stays"]);
    expect(await subscribed.titles()).toEqual(["comes", "stays"]);
  });

  test("are there as well where none of it lies in the window, or very much", async () => {
    const daily = { uid: "daily", start: "20260102T090000Z", lines: ["RRULE:FREQ=HOURLY;COUNT=2500"] };
    const { feed, ...subscribed } = await makeRead(feedOf([{ uid: "old", start: "20010102" }, daily]));
    expect((await subscribed.copy()).objects).toMatchObject([{ uid: "daily" }, { uid: "old" }]);
    expect(await subscribed.titles()).toHaveLength(2500);
    feed.text = feedOf(["old", { ...daily, lines: ["RRULE:FREQ=HOURLY;COUNT=1200"] }]);
    expect(await subscribed.refresh(later(1))).toMatchObject({ created: 1, updated: 1200, deleted: 1300 });
  });
});

test("of two thousand events those go that are gone, first and last", async () => {
  const many = Array.from({ length: 2_200 }, (_, n) => `event ${n}`);
  const { feed, ...subscribed } = await makeRead(feedOf(many));
  const uidOf = new Map((await subscribed.copy()).events.map(({ id, title }) => [id, title]));
  const sorted = [...uidOf.keys()].sort();
  const gone = new Set([...sorted.slice(0, 60), ...sorted.slice(1_970, 2_030), ...sorted.slice(-60)]);
  const goneUids = new Set([...gone].map((id) => uidOf.get(id)));
  const left = many.filter((uid) => !goneUids.has(uid));
  feed.text = feedOf(left);
  expect(await subscribed.refresh(nextBaseline)).toMatchObject({ created: 0, updated: 0, deleted: 180 });
  const { events, objects } = await subscribed.copy();
  expect(new Set(events.map(({ title }) => title))).toEqual(new Set(left));
  expect(new Set(objects.map(({ uid }) => uid))).toEqual(new Set(left));
});

describe("what its host changed about an event of a feed", () => {
  const text = feedOf(["changes", "goes", "stays"]);
  const changed = feedOf([{ uid: "changes", title: "Changed" }, "stays"]);

  async function makeChanged(keepsLocalChanges: boolean) {
    const made = await makeRead(text, { subscription: { keepsLocalChanges } });
    const { id: calendarId, hostId } = made.calendar;
    const { objects } = await made.copy();
    const rows = objects.map(({ id }) => ({ calendarId, hostId, providerEventId: id, isHidden: true }));
    await database().insert(localChanges).values(rows);
    const left = async () => {
      const all = await database().select().from(localChanges).where(eq(localChanges.calendarId, calendarId));
      const ids = new Set(all.map(({ providerEventId }) => providerEventId));
      return objects.filter(({ id }) => ids.has(id)).map(({ uid }) => uid);
    };
    return { ...made, left };
  }

  test("stays, whatever the feed does with that event", async () => {
    const { feed, refresh, left } = await makeChanged(true);
    feed.text = changed;
    await refresh(later(1));
    expect(await left()).toEqual(["changes", "goes", "stays"]);
  });

  test("goes when the feed changes it, if its host wants that, and not before", async () => {
    const { feed, refresh, left } = await makeChanged(false);
    feed.text = text.replaceAll("DTSTAMP:20260101", "DTSTAMP:20260203");
    await refresh(nextBaseline);
    expect(await left()).toEqual(["changes", "goes", "stays"]);
    feed.text = changed;
    await refresh(new Date(nextBaseline.getTime() + 3_600_000));
    expect(await left()).toEqual(["stays"]);
  });

  test("goes as well when that is found by reading everything", async () => {
    const { feed, refresh, left } = await makeChanged(false);
    feed.text = changed;
    await refresh(nextBaseline);
    expect(await left()).toEqual(["stays"]);
  });
});
