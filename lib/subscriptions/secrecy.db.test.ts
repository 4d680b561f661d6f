import { inspect } from "node:util";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { feedOf } from "@/e2e/feed-text";
import { type HostileFeeds, startHostileFeeds } from "@/e2e/hostile-feed";
import { answer, busy, feedAccidents, redirect } from "@/e2e/hostile-feed-accidents";
import { readMetrics } from "@/lib/metrics/read";
import type { ProviderOptions } from "@/lib/providers";
import { listSyncRuns } from "@/lib/sync/history";
import { refreshFeed } from "@/lib/sync/refresh-feed";
import { changeSubscription } from "./change";
import { createSubscription } from "./create";
import { refreshSubscription } from "./refresh";

const options: ProviderOptions = { allowPrivate: true, retryDelayMs: 1 };
vi.mock("@/lib/connections/options", () => ({ providerOptions: () => options }));

let server: HostileFeeds;
beforeAll(async () => {
  server = await startHostileFeeds();
});
afterAll(() => server.stop());

/** In the path of every address of that server. */
const secret = "private-token";
const accidents = [
  ...[answer(500), answer(404), busy(503, 3600), answer(410), feedAccidents.loginPage, feedAccidents.drop],
  ...[
    `file:///${secret}`,
    `http://u:${secret}@127.0.0.1/`,
    `http://127.0.0.1:1/${secret}`,
    `http://[/${secret}`,
  ].map((to) => redirect(301, to)),
];

const textOf = (value: unknown) => inspect(value, { depth: 20, maxStringLength: null, maxArrayLength: null });
const errorOf = (work: Promise<unknown>) => work.then(() => expect.fail("It should fail."), textOf);

/** Where the database has it, in whatever column. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await database().execute<{ name: string }>(sql`
    select tablename as name from pg_tables where schemaname = 'public'`);
  const found = await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await database().execute(sql`
        select from ${sql.identifier(name)} row where strpos(row::text, ${word}) > 0 limit 1`);
      return rows.length > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

test("whatever a feed does, its address is kept nowhere in the open, and told by nothing but its subscription", async () => {
  const [feed, other] = [server.add(feedOf(["a", "b"])), server.add(feedOf(["c"]))];
  const { viewer } = await makeHost();
  const start = new Date("2026-01-01T00:00:00Z").getTime();
  const made = await createSubscription(viewer, { url: feed.url, blocksBookings: true }, new Date(start));
  expect(made.url).toContain(secret);
  const told: unknown[] = [await refreshFeed(made.calendarId, new Date(start))];
  for (const [at, accident] of accidents.entries()) {
    const now = new Date(start + (at + 1) * 86_400_000);
    feed.behave(accident);
    other.behave(accident);
    await refreshSubscription(viewer, made.id, now);
    const refreshed = await refreshFeed(made.calendarId, now);
    expect(refreshed).toHaveProperty("failed");
    told.push(refreshed, await errorOf(changeSubscription(viewer, made.id, { url: other.url }, now)));
  }
  told.push(await listSyncRuns(viewer), await readMetrics());
  expect(textOf(told)).toContain("127.0.0.1");
  expect(textOf(told)).not.toContain(secret);
  const name = new URL(feed.url).pathname;
  expect(await tablesWith(name)).toEqual([]);
  // What is looked for would be found.
  expect(await tablesWith(made.calendarId)).toEqual(
    expect.arrayContaining(["calendars", "sync_logs", "mail_outbox"]),
  );
});
