import { setTimeout as wait } from "node:timers/promises";
import { sql } from "drizzle-orm";
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

/** Small feeds: read for the first time, one after the other; then due evenly over an hour, of which some minutes are played. */
export async function* measureMany(
  feeds: FeedServer,
  { count, minutes }: { count: number; minutes: number },
): AsyncGenerator<Measure> {
  const ids = await makeFeeds(feeds, count);
  yield* measureFirst(ids);
  yield* measureHour(ids.length, minutes);
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
async function* measureHour(count: number, minutes: number): AsyncGenerator<Measure> {
  const what = `${count} small feeds due within an hour`;
  const engine = await createEngine(functions, { databaseUrl: process.env.DATABASE_URL ?? "", log: quiet });
  try {
    const idle = await countCpu();
    await wait(60_000);
    const idleCpu = await idle();
    const begunAt = new Date();
    const due = await spreadOverHour(begunAt);
    const computed = await countCpu();
    const watch = watchTurns();
    await wait(minutes * 60_000);
    const cpu = await computed();
    const turns = watch.stop();
    const lags = await lagsOf(due, begunAt);
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

/** When each is due. */
async function spreadOverHour(from: Date): Promise<Map<string, number>> {
  const rows = await database().execute<{ id: string; at: string }>(sql`
    with places as (
      select id, row_number() over (order by id) - 1 as place, count(*) over () as total
      from calendars where is_subscribed)
    update calendars set next_sync_at = ${from.toISOString()}::timestamptz + place * interval '1 hour' / total
    from places where places.id = calendars.id
    returning calendars.id, next_sync_at::text as at`);
  return new Map(rows.map(({ id, at }) => [id, new Date(at).getTime()]));
}

async function lagsOf(due: Map<string, number>, since: Date): Promise<number[]> {
  const rows = await database().execute<{ id: string; at: string }>(sql`
    select calendar_id as id, min(started_at + duration_ms * interval '1 millisecond')::text as at from sync_logs
    where started_at > ${since.toISOString()}::timestamptz and calendar_id is not null group by calendar_id`);
  return rows.map(({ id, at }) => new Date(at).getTime() - (due.get(id) ?? Number.NaN));
}
