import { and, desc, eq, lt } from "drizzle-orm";
import { calendarConnections, calendars, syncLogs } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type SyncRun = Awaited<ReturnType<typeof listSyncRuns>>["runs"][number];

/** The viewer's sync runs, newest first; `before` is the id the previous page ended with. */
export async function listSyncRuns(
  viewer: Viewer,
  { before, onlyErrors = false, size = 50 }: { before?: number; onlyErrors?: boolean; size?: number } = {},
) {
  const rows = await asViewer(viewer, (tx) =>
    tx
      .select({
        id: syncLogs.id,
        operation: syncLogs.operation,
        status: syncLogs.status,
        processed: syncLogs.processed,
        created: syncLogs.created,
        updated: syncLogs.updated,
        deleted: syncLogs.deleted,
        durationMs: syncLogs.durationMs,
        error: syncLogs.error,
        startedAt: syncLogs.startedAt,
        calendarName: calendars.name,
        account: calendarConnections.account,
      })
      .from(syncLogs)
      .leftJoin(calendars, eq(calendars.id, syncLogs.calendarId))
      .leftJoin(calendarConnections, eq(calendarConnections.id, syncLogs.connectionId))
      .where(
        and(
          eq(syncLogs.hostId, viewer.userId),
          before === undefined ? undefined : lt(syncLogs.id, before),
          onlyErrors ? eq(syncLogs.status, "error") : undefined,
        ),
      )
      .orderBy(desc(syncLogs.id))
      .limit(size + 1),
  );
  return { runs: rows.slice(0, size), hasMore: rows.length > size };
}
