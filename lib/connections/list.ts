import { and, asc, desc, eq, ne, sql } from "drizzle-orm";
import { calendarConnections, calendars, syncedEvents } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { providerName } from "./provider-name";

export type Connection = Awaited<ReturnType<typeof listConnections>>[number];

const worstBindingError = sql<string | null>`(
  select binding.last_error
  from calendar_bindings binding join calendars calendar on calendar.id = binding.calendar_id
  where calendar.connection_id = calendar_connections.id and binding.is_enabled and binding.last_error is not null
  order by binding.error_count desc, binding.created_at limit 1)`;

/**
 * The viewer's connections, oldest first, each with its calendars, the account's own before the others. Credentials
 * stay in the database, and feeds with the subscriptions.
 */
export async function listConnections(viewer: Viewer) {
  return asViewer(viewer, async (tx) => {
    const connections = await tx
      .select({
        id: calendarConnections.id,
        provider: calendarConnections.provider,
        account: calendarConnections.account,
        serverUrl: calendarConnections.serverUrl,
        status: calendarConnections.status,
        statusSince: calendarConnections.statusSince,
        lastError: calendarConnections.lastError,
        /** The worst of its bindings: the one that has failed most often in a row. */
        bindingError: worstBindingError,
      })
      .from(calendarConnections)
      .where(and(ne(calendarConnections.status, "disconnecting"), ne(calendarConnections.provider, "ics")))
      .orderBy(asc(calendarConnections.createdAt));
    const rows = await tx
      .select({
        connectionId: calendars.connectionId,
        id: calendars.id,
        name: calendars.name,
        color: calendars.color,
        isPrimary: calendars.isPrimary,
        isReadOnly: calendars.isReadOnly,
        checksConflicts: calendars.checksConflicts,
        allDayBlocks: calendars.allDayBlocks,
        isDestination: calendars.isDestination,
        isMirrored: calendars.isMirrored,
        remoteId: calendars.remoteId,
        lastSyncedAt: calendars.lastSyncedAt,
        lastError: calendars.lastError,
        errorCount: calendars.errorCount,
        failingSince: calendars.failingSince,
        nextSyncAt: calendars.nextSyncAt,
        unreadableCount: sql<number>`(select count(*)::int from jsonb_object_keys(${calendars.unreadable}))`,
        eventCount: tx.$count(syncedEvents, eq(syncedEvents.calendarId, calendars.id)),
      })
      .from(calendars)
      .where(eq(calendars.isSubscribed, false))
      .orderBy(desc(calendars.isPrimary), asc(calendars.name));
    return connections.map((connection) => ({
      ...connection,
      providerName: providerName(connection.provider, connection.serverUrl),
      calendars: rows.filter((row) => row.connectionId === connection.id),
    }));
  });
}
