import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections, calendarSubscriptions, calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { nextPollAt } from "@/lib/sync/due";
import { lockCalendar } from "@/lib/sync/lock";
import { requestPull } from "@/lib/sync/request";
import { lockHost } from "@/lib/users/lock-host";
import { accountOf, sealAddress } from "./address";
import { checkNew, orConflict } from "./check-new";
import { getRow, getSubscription } from "./get";
import { addressOf, probeFeed } from "./probe";
import { beginAnew } from "./refresh";
import type { FoundSubscription } from "./row";
import { refreshIntervals, type SubscriptionChange, subscriptionChange } from "./schema";
import type { Subscription } from "./view";

/**
 * Changes what is named, and nothing else. Another address is read first, and its events take the place of the old ones
 * with the refresh that is asked for at once.
 * @throws AppError not_found, or naming the field
 */
export async function changeSubscription(
  viewer: Viewer,
  id: string,
  input: unknown,
  now: Date,
): Promise<Subscription> {
  const before = await asViewer(viewer, (tx) => getRow(tx, id));
  const change = parseInput(subscriptionChange, input);
  const url = await findNewAddress(viewer, before, change, now);
  const changed = asViewer(viewer, async (tx) => {
    await lockHost(tx, viewer.userId);
    // What a refresh reads at the old address meanwhile must not come after what is said here.
    if (url !== null) await lockCalendar(tx, before.calendar.id);
    const found = await getRow(tx, id);
    await setOwn(tx, found, change);
    await setCalendar(tx, found, change);
    if (change.refreshInterval !== undefined) await setInterval(tx, found, change.refreshInterval, now);
    if (url !== null) await setAddress(tx, found, url, now);
  });
  await orConflict(changed);
  return getSubscription(viewer, id);
}

/** Where the feed is to be read from now on, if it can be read there; null: where it was. */
async function findNewAddress(
  viewer: Viewer,
  { connection }: FoundSubscription,
  change: SubscriptionChange,
  now: Date,
): Promise<string | null> {
  if (change.url === undefined) return null;
  const url = addressOf(change.url);
  if (accountOf(url) === connection.account) return null;
  await asViewer(viewer, (tx) => checkNew(tx, url));
  const feed = await probeFeed(viewer, url, now);
  return accountOf(feed.url) === connection.account ? null : feed.url;
}

async function setOwn(tx: Transaction, { subscription }: FoundSubscription, change: SubscriptionChange) {
  const { keepLocalChanges: keepsLocalChanges } = change;
  if (keepsLocalChanges === undefined) return;
  await tx
    .update(calendarSubscriptions)
    .set({ keepsLocalChanges })
    .where(eq(calendarSubscriptions.id, subscription.id));
}

async function setCalendar(tx: Transaction, { calendar }: FoundSubscription, change: SubscriptionChange) {
  const { name, color, blocksBookings, allDayBlocks } = change;
  const values = {
    ...(name !== undefined && { name }),
    ...(color !== undefined && { color }),
    ...(blocksBookings !== undefined && { checksConflicts: blocksBookings }),
    ...(allDayBlocks !== undefined && { allDayBlocks }),
  };
  if (Object.keys(values).length === 0) return;
  await tx.update(calendars).set(values).where(eq(calendars.id, calendar.id));
}

/** Due as if it had always been so; one that fails keeps waiting, but no longer than it would from here. */
async function setInterval(
  tx: Transaction,
  { subscription, calendar }: FoundSubscription,
  interval: keyof typeof refreshIntervals,
  now: Date,
) {
  const refreshMinutes = refreshIntervals[interval];
  if (refreshMinutes === subscription.refreshMinutes) return;
  await tx
    .update(calendarSubscriptions)
    .set({ refreshMinutes })
    .where(eq(calendarSubscriptions.id, subscription.id));
  const { lastSyncedAt, errorCount } = calendar;
  const nextSyncAt =
    errorCount > 0 || lastSyncedAt === null
      ? sql<Date>`least(${calendars.nextSyncAt}, ${nextPollAt(now)})`
      : sql<Date>`greatest(${now.toISOString()}::timestamptz, ${nextPollAt(lastSyncedAt)})`;
  await tx.update(calendars).set({ nextSyncAt }).where(eq(calendars.id, calendar.id));
}

/** All is read anew; until then the old events stay. */
async function setAddress(
  tx: Transaction,
  { calendar, connection }: FoundSubscription,
  url: string,
  now: Date,
) {
  await checkNew(tx, url);
  await tx
    .update(calendarConnections)
    .set({ ...sealAddress(connection.id, url), status: "connected", lastError: null })
    .where(eq(calendarConnections.id, connection.id));
  await tx
    .update(calendars)
    .set({ cursor: null, baselineDueAt: null, lastSyncedAt: null, unreadable: {} })
    .where(eq(calendars.id, calendar.id));
  await beginAnew(tx, calendar.id, now);
  await requestPull(tx, calendar.id, "connected", now);
}
