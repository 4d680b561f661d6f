import { asc, eq, sql } from "drizzle-orm";
import { calendarConnections, calendars, syncedEvents } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type Connection = Awaited<ReturnType<typeof listConnections>>[number];

/** The viewer's connections with their calendars, oldest first. Credentials stay in the database. */
export async function listConnections(viewer: Viewer) {
  return asViewer(viewer, async (tx) => {
    const connections = await tx
      .select({
        id: calendarConnections.id,
        provider: calendarConnections.provider,
        account: calendarConnections.account,
        serverUrl: calendarConnections.serverUrl,
        status: calendarConnections.status,
        lastError: calendarConnections.lastError,
      })
      .from(calendarConnections)
      .orderBy(asc(calendarConnections.createdAt));
    const rows = await tx
      .select({
        connectionId: calendars.connectionId,
        id: calendars.id,
        name: calendars.name,
        color: calendars.color,
        isReadOnly: calendars.isReadOnly,
        checksConflicts: calendars.checksConflicts,
        allDayBlocks: calendars.allDayBlocks,
        isDestination: calendars.isDestination,
        lastSyncedAt: calendars.lastSyncedAt,
        lastError: calendars.lastError,
        unreadableCount: sql<number>`(select count(*)::int from jsonb_object_keys(${calendars.unreadable}))`,
        eventCount: tx.$count(syncedEvents, eq(syncedEvents.calendarId, calendars.id)),
      })
      .from(calendars)
      .orderBy(asc(calendars.name));
    return connections.map((connection) => ({
      ...connection,
      calendars: rows.filter((row) => row.connectionId === connection.id),
    }));
  });
}
