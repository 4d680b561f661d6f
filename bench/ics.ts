import { closeDatabase } from "@/db/client";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { pullCalendar } from "@/lib/sync/pull";
import { applyTestSettings } from "@/scripts/lib/test-settings";
import { measureLarge } from "./ics-large";
import { measureMany } from "./ics-many";
import { type FeedServer, startFeedServer } from "./ics-server";
import type { Measure } from "./measure";
import { onOwnDatabase } from "./own-database";

// `FEEDS=1000 MINUTES=1 npm run bench ics` for a smaller one.
const feedCount = Number(process.env.FEEDS ?? 10_000);
const minutes = Number(process.env.MINUTES ?? 5);

/** Large feeds of a server in another process, and very many small ones, all due within an hour. */
export const bench = () => onOwnDatabase(onDatabase);

async function* onDatabase(databaseUrl: string): AsyncGenerator<Measure> {
  applyTestSettings(databaseUrl);
  const feeds = await startFeedServer();
  try {
    await warmUp(feeds);
    for (const megabytes of [5, 20]) yield* measureLarge(feeds, megabytes);
    yield* measureMany(feeds, { count: feedCount, minutes });
  } finally {
    feeds.stop();
    await closeDatabase();
  }
}

/** So that the first number is not the start of a thread. */
async function warmUp(feeds: FeedServer): Promise<void> {
  const { user } = await makeHost();
  const { calendar } = await makeSubscription(user.id, { url: feeds.small(0) });
  await pullCalendar(calendar.id, new Date());
}
