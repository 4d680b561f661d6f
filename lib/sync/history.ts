import { and, desc, eq, sql } from "drizzle-orm";
import { calendarConnections, calendars, syncLogs } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { providerName } from "@/lib/connections/provider-name";
import { describeReconcile, reconcileDetail } from "./reconcile-detail";
import type { HistoryQuery } from "./schema";

export type SyncRun = Awaited<ReturnType<typeof listSyncRuns>>["runs"][number];

/** The viewer's sync runs, newest first. */
export async function listSyncRuns(
  viewer: Viewer,
  { before, only, calendar, size = 50 }: Partial<HistoryQuery> & { size?: number } = {},
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
        detail: syncLogs.detail,
        startedAt: syncLogs.startedAt,
        calendarName: calendars.name,
        provider: calendarConnections.provider,
        serverUrl: calendarConnections.serverUrl,
        account: calendarConnections.account,
      })
      .from(syncLogs)
      .leftJoin(calendars, eq(calendars.id, syncLogs.calendarId))
      .leftJoin(calendarConnections, eq(calendarConnections.id, syncLogs.connectionId))
      .where(
        and(
          eq(syncLogs.hostId, viewer.userId),
          before === undefined
            ? undefined
            : sql`(${syncLogs.startedAt}, ${syncLogs.id}) < (select started_at, id from sync_logs where id = ${before})`,
          calendar ? eq(syncLogs.calendarId, calendar) : undefined,
          only === "errors" ? eq(syncLogs.status, "error") : undefined,
        ),
      )
      // As its indexes have it.
      .orderBy(sql`${syncLogs.startedAt} desc nulls last`, desc(syncLogs.id))
      .limit(size + 1),
  );
  const runs = rows.slice(0, size).map(({ detail, provider, serverUrl, account, ...run }) => ({
    ...{ ...run, settled: settledOf(detail) },
    // That of a feed says nothing to a person.
    account: provider === "ics" && serverUrl !== null ? providerName(provider, serverUrl) : account,
  }));
  return { runs, hasMore: rows.length > size };
}

/** What a `reconcile` run came to, in a sentence, and the version that lost; null for other runs. */
function settledOf(detail: unknown) {
  const sentence = describeReconcile(detail);
  if (sentence === null) return null;
  return { sentence, lost: reconcileDetail.safeParse(detail).data?.lost ?? null };
}
