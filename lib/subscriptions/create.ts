import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { requestPull } from "@/lib/sync/request";
import { lockHost } from "@/lib/users/lock-host";
import { sealAddress } from "./address";
import { checkNew, checkRoom, orConflict } from "./check-new";
import { getSubscription } from "./get";
import { colorFor, nameFor } from "./look";
import { addressOf, type ProbedFeed, probeFeed } from "./probe";
import { type NewSubscription, newSubscription, refreshIntervals } from "./schema";
import type { Subscription } from "./view";

/**
 * Subscribes to a feed, which is read first; its events come with the first refresh, asked for at once.
 * @throws AppError invalid, unavailable or rate_limited naming the field; conflict for an address that is subscribed to
 */
export async function createSubscription(viewer: Viewer, input: unknown, now: Date): Promise<Subscription> {
  const wanted = parseInput(newSubscription, input);
  const url = addressOf(wanted.url);
  // Before anybody is asked, and again when it is certain.
  await asViewer(viewer, (tx) => checkNew(tx, url));
  const feed = await probeFeed(viewer, url, now);
  const stored = asViewer(viewer, async (tx) => {
    await lockHost(tx, viewer.userId);
    await checkRoom(tx);
    await checkNew(tx, feed.url);
    return store(tx, viewer, { wanted, feed }, now);
  });
  return getSubscription(viewer, await orConflict(stored));
}

type Found = { wanted: NewSubscription; feed: ProbedFeed };

async function store(
  tx: Transaction,
  { userId: hostId }: Viewer,
  { wanted, feed }: Found,
  now: Date,
): Promise<string> {
  const [id, connectionId, calendarId] = [randomUUID(), randomUUID(), randomUUID()];
  await tx.insert(calendarConnections).values({
    ...{ id: connectionId, hostId, provider: "ics" },
    ...sealAddress(connectionId, feed.url),
  });
  await tx.insert(calendars).values({
    ...{ id: calendarId, connectionId, hostId, remoteId: "feed", isSubscribed: true, isReadOnly: true },
    name: wanted.name ?? nameFor(feed),
    color: wanted.color ?? (await colorFor(tx, feed)),
    checksConflicts: wanted.blocksBookings,
    allDayBlocks: wanted.allDayBlocks,
    nextSyncAt: now,
  });
  // Said by hand: Drizzle names every column, and a request may write these alone.
  await tx.execute(sql`
    insert into calendar_subscriptions (id, host_id, calendar_id, refresh_minutes, keeps_local_changes)
    values (${id}, ${hostId}, ${calendarId}, ${refreshIntervals[wanted.refreshInterval]}, ${wanted.keepLocalChanges})`);
  // Until it was read it keeps open pages closed; what is only added does not say so by itself.
  if (wanted.blocksBookings) await tx.execute(sql`select pg_notify('availability', ${hostId})`);
  await requestPull(tx, calendarId, "connected", now);
  return id;
}
