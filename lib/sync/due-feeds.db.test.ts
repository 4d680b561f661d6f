import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeFakeFeed } from "@/db/factories/fake-feed";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars } from "@/db/schema";
import { isFeedDue, takeDueCalendars, takeDueFeeds } from "./due";
import { requestPull } from "./request";

const now = new Date("2026-06-01T00:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const day = 1440;

type Values = NonNullable<Parameters<typeof makeFakeFeed>[1]>;

async function makeFeed({ calendar, ...values }: Values = {}) {
  const { user } = await makeHost();
  const feed = await makeFakeFeed(user.id, { calendar: { nextSyncAt: now, ...calendar }, ...values });
  return feed.calendar.id;
}

const nextOf = async (id: string) => {
  const [row] = await database().select().from(calendars).where(eq(calendars.id, id));
  return ((row?.nextSyncAt.getTime() ?? 0) - now.getTime()) / 60_000;
};

describe("takeDueFeeds", () => {
  test("takes feeds that are due, whether they block bookings or not, and leaves calendars to the poll", async () => {
    const { user } = await makeHost();
    const blocking = await makeFeed();
    const shown = await makeFeed({ calendar: { checksConflicts: false } });
    const notYet = await makeFeed({ calendar: { nextSyncAt: later(1) } });
    const givenUp = await makeFeed({ calendar: { isEnabled: false } });
    const { id: calendar } = await makeCalendar(user.id, { nextSyncAt: now });
    const polled = await takeDueCalendars(now);
    const taken = await takeDueFeeds(now);
    expect(taken).toEqual(expect.arrayContaining([blocking, shown]));
    for (const id of [notYet, givenUp, calendar]) expect(taken).not.toContain(id);
    expect(polled).toContain(calendar);
    for (const id of [blocking, shown, notYet, givenUp]) expect(polled).not.toContain(id);
  });

  test("leaves a feed that stands in the queue to that, for an hour", async () => {
    const id = await makeFeed({ subscription: { refreshMinutes: 15 } });
    expect(await takeDueFeeds(now)).toContain(id);
    expect(await takeDueFeeds(later(16))).not.toContain(id);
    await database().update(calendars).set({ syncRequestedAt: null }).where(eq(calendars.id, id));
    expect(await takeDueFeeds(later(17))).toContain(id);
    await database().update(calendars).set({ nextSyncAt: now }).where(eq(calendars.id, id));
    expect(await takeDueFeeds(later(17 + 61))).toContain(id);
  });

  test("waits for a feed of a week, but not for what a wrong clock put further ahead", async () => {
    const weekly = await makeFeed({ calendar: { nextSyncAt: later(7 * day) } });
    const fromTheFuture = await makeFeed({ calendar: { nextSyncAt: later(9 * day) } });
    const taken = await takeDueFeeds(now);
    expect(taken).not.toContain(weekly);
    expect(taken).toContain(fromTheFuture);
  });

  test.each([
    ["the host's interval", { refreshMinutes: 360 }, 360],
    ["the feed's own, if that is longer", { refreshMinutes: 60, feedMinutes: 720 }, 720],
    ["the host's, if the feed would be read more often", { refreshMinutes: 1440, feedMinutes: 5 }, 1440],
    [
      "a week, if the feed wants to be left alone for longer",
      { refreshMinutes: 15, feedMinutes: 500_000 },
      7 * day,
    ],
  ])("reads it again after %s, or up to a tenth sooner", async (_, subscription, minutes) => {
    const ids = [await makeFeed({ subscription }), await makeFeed({ subscription })];
    await takeDueFeeds(now);
    const waits = await Promise.all(ids.map(nextOf));
    for (const wait of waits) {
      expect(wait).toBeGreaterThan(minutes * 0.9 - 0.001);
      expect(wait).toBeLessThanOrEqual(minutes);
    }
    expect(waits[0]).not.toBe(waits[1]);
  });

  test("finds them by the index among many", async () => {
    const { user } = await makeHost();
    const { connectionId } = await makeCalendar(user.id);
    await database().execute(sql`
      insert into calendars (connection_id, host_id, remote_id, name, is_subscribed, next_sync_at)
      select ${connectionId}, ${user.id}, 'feed-' || n, 'Feed', true, ${now.toISOString()}::timestamptz + n * interval '1 second'
      from generate_series(1, 20000) n`);
    await database().execute(sql`analyze calendars`);
    const plan = await database().execute(sql`explain select id from calendars where ${isFeedDue(now)}`);
    const lines = plan.map((line) => line["QUERY PLAN"]).join("\n");
    await database().delete(calendarConnections).where(eq(calendarConnections.id, connectionId));
    expect(lines).toContain("calendars_next_sync_at");
    expect(lines).not.toContain("Seq Scan");
  });
});

test("a wish to read a feed is one for its own queue, and one at a time", async () => {
  const id = await makeFeed();
  for (const at of [now, now]) await database().transaction((tx) => requestPull(tx, id, "manual", at));
  const events = await database().execute<{ name: string; reason: string }>(sql`
    select name, data::jsonb ->> 'reason' as reason from inngest_events where data::jsonb ->> 'calendarId' = ${id}`);
  expect([...events]).toEqual([{ name: "subscription/refresh.requested", reason: "manual" }]);
});
