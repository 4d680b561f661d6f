import { expect, type Page } from "@playwright/test";
import type postgres from "postgres";
import { Temporal } from "temporal-polyfill";
import { feedOf } from "../feed-text";
import type { HostileFeeds } from "../hostile-feed";
import type { Product } from "./product";

/** Far enough that nothing else is on it, and near enough that feeds are read so far. */
export const feedDay = Temporal.Now.plainDateISO("UTC").add({ days: 40 });
const day = feedDay.toString().replaceAll("-", "");

type Given = { page: Page; product: Product; sql: postgres.Sql; feeds: HostileFeeds };
type Told = { id: string; name: string; calendar_id: string; status: string };

/**
 * What the signed-in host is subscribed to, in every state: fresh with skipped events and a change of the host's, blocking
 * bookings, failing, switched off. All that takes place is on `feedDay`.
 */
export async function addSubscriptions({ page, product, sql, feeds }: Given): Promise<void> {
  const api = `${product.url}/api/v1/calendar-subscriptions`;
  const subscribe = async (data: object) => {
    const answer = await page.request.post(api, { data });
    expect(answer.status()).toBe(201);
  };
  await subscribe({ url: feeds.add(school).url });
  await subscribe({ url: feeds.add(holidays).url, blocks_bookings: true });
  await subscribe({ url: feeds.add().url, name: "Fixtures", color: "#ffee00" });
  await subscribe({ url: feeds.add().url, name: longName });

  const read = async (): Promise<Told[]> => (await (await page.request.get(api)).json()).subscriptions;
  const statuses = async () => (await read()).map(({ status }) => status);
  await expect.poll(statuses, { timeout: 45_000 }).toEqual(["synced", "synced", "synced", "synced"]);

  const span = new URLSearchParams({
    from: `${feedDay}T00:00:00Z`,
    to: `${feedDay.add({ days: 1 })}T00:00:00Z`,
  });
  const { events } = await (await page.request.get(`${api}/events?${span}`)).json();
  const concert = events.find(({ title }: { title: string }) => title === "Concert");
  const changed = await page.request.patch(`${api}/${concert.subscription_id}/events/${concert.event_id}`, {
    data: { color: "#8a63d2", busy: false },
  });
  expect(changed.ok()).toBe(true);

  // Longer than a journey lasts: nothing is read again by itself.
  await sql`update calendars set next_sync_at = now() + interval '20 hours' where is_subscribed`;
  const failure = {
    last_error: "calendars.example.test took too long to answer.",
    failing_since: new Date(Date.now() - 7_200_000),
  };
  await sql`update calendars set ${sql({ ...failure, error_count: 3 })} where name = 'Fixtures'`;
  await sql`update calendars set ${sql({ ...failure, error_count: 5, is_enabled: false })} where name = ${longName}`;
}

const longName =
  "Sitzungskalenderderlandeshauptstadtdüsseldorf mit allen Ausschüssen, Beiräten und Kommissionen";

const school = feedOf(
  [
    { uid: "lesson", title: "Latin", start: `${day}T090000Z` },
    { uid: "concert", title: "Concert", start: `${day}T170000Z` },
    {
      uid: "maybe",
      title: "Rehearsal",
      start: `${day}T130000Z`,
      lines: ["STATUS:TENTATIVE", "TRANSP:TRANSPARENT"],
    },
    { uid: "excursion", title: "Excursion", start: "20271301T990000Z" },
    { uid: "nothing", title: "", start: "soon" },
  ],
  [
    "X-WR-CALNAME:Heinrich Heine school",
    "X-APPLE-CALENDAR-COLOR:#ff2d55",
    "REFRESH-INTERVAL;VALUE=DURATION:P1D",
  ],
);

const holidays = feedOf(
  [{ uid: "holiday", title: "Carnival", start: day, lines: ["TRANSP:TRANSPARENT"] }],
  ["X-WR-CALNAME:Holidays"],
);
