import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections, calendarSubscriptions, calendars, localChanges } from "@/db/schema";
import { providerName } from "@/lib/connections/provider-name";
import { env } from "@/lib/env";
import { findAddress } from "./address";
import { intervalOf } from "./schema";
import { statusOf } from "./status";
import type { Subscription } from "./view";

/** Reads subscriptions with their calendars and connections; for `asViewer`. */
export function selectSubscriptions(tx: Transaction) {
  return tx
    .select({
      subscription: calendarSubscriptions,
      // Without the cursor, which may be megabytes.
      calendar: {
        id: calendars.id,
        name: calendars.name,
        color: calendars.color,
        lastSyncedAt: calendars.lastSyncedAt,
        nextSyncAt: calendars.nextSyncAt,
        lastError: calendars.lastError,
        errorCount: calendars.errorCount,
        failingSince: calendars.failingSince,
        isEnabled: calendars.isEnabled,
        syncRequestedAt: calendars.syncRequestedAt,
        checksConflicts: calendars.checksConflicts,
        allDayBlocks: calendars.allDayBlocks,
      },
      connection: {
        id: calendarConnections.id,
        serverUrl: calendarConnections.serverUrl,
        account: calendarConnections.account,
        credentials: calendarConnections.credentials,
      },
      localChangeCount: tx.$count(localChanges, eq(localChanges.calendarId, calendars.id)),
    })
    .from(calendarSubscriptions)
    .innerJoin(calendars, eq(calendars.id, calendarSubscriptions.calendarId))
    .innerJoin(calendarConnections, eq(calendarConnections.id, calendars.connectionId))
    .$dynamic();
}

export type FoundSubscription = Awaited<ReturnType<typeof selectSubscriptions>>[number];

const lostAddress = "The stored address can no longer be opened. Enter it again.";

/** Grey where a calendar has none of its own. */
export const colorOf = ({ color }: { color: string | null }): string => color ?? "#74808a";

export function toSubscription({
  subscription,
  calendar,
  connection,
  localChangeCount,
}: FoundSubscription): Subscription {
  const { isEnabled, errorCount } = calendar;
  const url = findAddress(connection);
  const status = statusOf({ ...calendar, errorCount: url === null ? errorCount + 1 : errorCount });
  return {
    id: subscription.id,
    calendarId: calendar.id,
    name: calendar.name,
    color: colorOf(calendar),
    url,
    serverName: providerName("ics", connection.serverUrl),
    refreshInterval: intervalOf(subscription.refreshMinutes),
    feedRefreshMinutes: subscription.feedMinutes,
    lastSyncedAt: calendar.lastSyncedAt,
    nextSyncAt: isEnabled ? calendar.nextSyncAt : null,
    lastError: url === null ? lostAddress : calendar.lastError,
    errorCount,
    failingSince: calendar.failingSince,
    triesLeft: isEnabled ? Math.max(0, env().SUBSCRIPTION_MAX_FAILURES - errorCount) : 0,
    eventCount: subscription.eventCount,
    skippedCount: subscription.skippedCount,
    skipped: subscription.skipped,
    status,
    enabled: isEnabled,
    blocksBookings: calendar.checksConflicts,
    allDayBlocks: calendar.allDayBlocks,
    keepLocalChanges: subscription.keepsLocalChanges,
    localChangeCount,
    createdAt: subscription.createdAt,
  };
}
