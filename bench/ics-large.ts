import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendarConnections } from "@/db/schema";
import { pullCalendar } from "@/lib/sync/pull";
import { countCpu } from "./cpu";
import type { FeedServer } from "./ics-server";
import type { Measure } from "./measure";
import { watchTurns } from "./turns";

const longestTurn = { bar: { atMost: 50 } };

/** A large feed: read for the first time, with one event changed, sent again as it was, and not sent at all. */
export async function* measureLarge(feeds: FeedServer, megabytes: number): AsyncGenerator<Measure> {
  const what = `feed of ${megabytes} MB`;
  const { user } = await makeHost();
  const feed = { bytes: megabytes * 1e6 * 0.97, changed: 0, isConditional: false };
  await feeds.offer(feed);
  const { calendar, connection } = await makeSubscription(user.id, { url: feeds.large });
  const refresh = () => measureRefresh(calendar.id);

  const first = await refresh();
  yield* say(`${what}, first reading`, first);
  yield { case: `${what}, first reading`, metric: "rows written", value: first.rows, unit: "" };

  await feeds.offer({ ...feed, changed: 1 });
  const changed = await refresh();
  yield* say(`${what}, one event changed`, changed);
  yield {
    case: `${what}, one event changed`,
    metric: "rows of events written",
    value: changed.events,
    unit: "",
    bar: { atMost: 1 },
  };
  yield { case: `${what}, one event changed`, metric: "rows written", value: changed.rows, unit: "" };

  yield* say(`${what}, the same body`, await refresh());
  await feeds.offer({ ...feed, changed: 2, isConditional: true });
  await refresh();
  yield* say(`${what}, 304`, await refresh());
  await database().delete(calendarConnections).where(eq(calendarConnections.id, connection.id));
}

type Refresh = {
  ms: number;
  cpu: number;
  turns: ReturnType<ReturnType<typeof watchTurns>["stop"]>;
  /** Rows of synced_events alone, and with those of calendar_objects. */
  events: number;
  rows: number;
};

async function measureRefresh(calendarId: string): Promise<Refresh> {
  const [before] = await database().execute<{ at: string }>(sql`select pg_current_xact_id()::text as at`);
  const computed = await countCpu();
  const watch = watchTurns();
  const began = performance.now();
  await pullCalendar(calendarId, new Date());
  const ms = performance.now() - began;
  const turns = watch.stop();
  const cpu = await computed();
  const writtenIn = async (table: "synced_events" | "calendar_objects") => {
    const [row] = await database().execute<{ count: number }>(sql`
      select count(*)::int from ${sql.identifier(table)}
      where calendar_id = ${calendarId}::uuid and xmin::text::bigint > (${before?.at ?? 0}::bigint & 4294967295)`);
    return row?.count ?? 0;
  };
  const events = await writtenIn("synced_events");
  return { ms, cpu, turns, events, rows: events + (await writtenIn("calendar_objects")) };
}

function* say(what: string, { ms, cpu, turns }: Refresh): Generator<Measure> {
  yield { case: what, metric: "all in all", value: ms, unit: "ms" };
  yield { case: what, metric: "CPU of this process and PostgreSQL", value: cpu, unit: "ms" };
  yield {
    case: what,
    metric: "longest turn of the event loop",
    value: turns.longest,
    unit: "ms",
    ...longestTurn,
  };
  yield { case: what, metric: "longest wait for the event loop", value: turns.delay, unit: "ms" };
  yield { case: what, metric: "growth of RSS, at most", value: turns.growth / 1e6, unit: "MB" };
}
