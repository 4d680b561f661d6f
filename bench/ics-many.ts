import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { textArray } from "@/db/array";
import { database } from "@/db/client";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { functions } from "@/inngest";
import { createEngine } from "@/inngest/embedded/engine";
import { refreshFeed } from "@/lib/sync/refresh-feed";
import { countCpu } from "./cpu";
import type { FeedServer } from "./ics-server";
import { type Measure, percentile } from "./measure";
import { watchTurns } from "./turns";

const feedsPerHost = 20;
/** As inngest/refresh-subscription. */
const atOnce = 6;
const hourMs = 3_600_000;
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Small feeds, due evenly over an hour, of which some minutes are played; those due then are read once before, back to back. */
export async function* measureMany(
  feeds: FeedServer,
  { count, minutes }: { count: number; minutes: number },
): AsyncGenerator<Measure> {
  const ids = await makeFeeds(feeds, count);
  yield* measureFirst(ids.slice(0, Math.ceil((count * minutes) / 60)));
  yield* measureHour(ids, minutes);
}

async function makeFeeds(feeds: FeedServer, count: number): Promise<string[]> {
  const ids: string[] = [];
  while (ids.length < count) {
    const { user } = await makeHost();
    for (let n = 0; n < feedsPerHost && ids.length < count; n += 1) {
      const values = { calendar: { nextSyncAt: new Date(Date.now() + 24 * hourMs) } };
      const { calendar } = await makeSubscription(user.id, { url: feeds.small(ids.length + 1), ...values });
      ids.push(calendar.id);
    }
  }
  return ids;
}

async function* measureFirst(ids: string[]): AsyncGenerator<Measure> {
  const what = `${ids.length} small feeds, first reading, back to back`;
  const computed = await countCpu();
  const watch = watchTurns();
  const began = performance.now();
  const left = ids.values();
  const readOn = async () => {
    for (const id of left) await refreshFeed(id, new Date());
  };
  await Promise.all(Array.from({ length: atOnce }, readOn));
  const seconds = (performance.now() - began) / 1000;
  const turns = watch.stop();
  const cpu = await computed();
  yield { case: what, metric: "feeds a second", value: ids.length / seconds, unit: "" };
  yield { case: what, metric: "CPU of each, with PostgreSQL", value: cpu / ids.length, unit: "ms" };
  yield {
    case: what,
    metric: "longest turn of the event loop",
    value: turns.longest,
    unit: "ms",
    bar: { atMost: 50 },
  };
  yield { case: what, metric: "growth of RSS, at most", value: turns.growth / 1e6, unit: "MB" };
}

/** Cron, queue and runs are the product's, in this process. Most feeds are as they were (bench/ics-process). */
async function* measureHour(ids: string[], minutes: number): AsyncGenerator<Measure> {
  const what = `${ids.length} small feeds due within an hour`;
  const engine = await createEngine(functions, { databaseUrl: process.env.DATABASE_URL ?? "", log: quiet });
  try {
    const idle = await countCpu();
    await wait(60_000);
    const idleCpu = await idle();
    const begunAt = new Date();
    await spreadOverHour(ids, begunAt);
    const computed = await countCpu();
    const watch = watchTurns();
    await wait(minutes * 60_000);
    const cpu = await computed();
    const turns = watch.stop();
    const lags = await lagsOf(ids, begunAt);
    const share = (ms: number, over: number) => (ms / (over * 60_000)) * 100;
    yield { case: what, metric: "played", value: minutes, unit: "minutes" };
    yield { case: what, metric: "refreshed", value: lags.length, unit: "" };
    yield { case: what, metric: "CPU with PostgreSQL, of one core", value: share(cpu, minutes), unit: "%" };
    yield { case: what, metric: "the same when nothing is due", value: share(idleCpu, 1), unit: "%" };
    yield {
      case: what,
      metric: "from being due to refreshed, p50",
      value: percentile(lags, 0.5) / 1000,
      unit: "s",
    };
    yield {
      case: what,
      metric: "from being due to refreshed, p99",
      value: percentile(lags, 0.99) / 1000,
      unit: "s",
    };
    yield {
      case: what,
      metric: "longest turn of the event loop",
      value: turns.longest,
      unit: "ms",
      bar: { atMost: 50 },
    };
    yield { case: what, metric: "longest wait for the event loop", value: turns.delay, unit: "ms" };
  } finally {
    await engine.stop();
  }
}

async function spreadOverHour(ids: string[], from: Date): Promise<void> {
  await database().execute(sql`
    update calendars set next_sync_at = ${from.toISOString()}::timestamptz + (place - 1) * interval '1 hour' / ${ids.length}::int
    from unnest(${textArray(ids)}::uuid[]) with ordinality as due(id, place) where due.id = calendars.id`);
}

/** Of those that were refreshed since: how long after they were due that began, in milliseconds. */
async function lagsOf(ids: string[], since: Date): Promise<number[]> {
  const rows = await database().execute<{ lag: number }>(sql`
    select extract(epoch from last_synced_at - ${since.toISOString()}::timestamptz
      - (place - 1) * interval '1 hour' / ${ids.length}::int)::float * 1000 as lag
    from calendars, unnest(${textArray(ids)}::uuid[]) with ordinality as due(id, place)
    where due.id = calendars.id and last_synced_at > ${since.toISOString()}::timestamptz`);
  return rows.map(({ lag }) => lag);
}
