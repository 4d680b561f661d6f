import { sql } from "drizzle-orm";
import { database } from "@/db/client";

const keptPerCalendar = 1_000;

/**
 * Deletes the log of runs nobody will look for: after 90 days, and of each calendar all but the newest thousand that
 * went well and the newest thousand that failed. What was reconciled stays its 90 days: it holds versions that lost.
 * Says how many rows went.
 */
export async function forgetOldSyncRuns(now: Date): Promise<number> {
  const old = await database().execute(sql`
    delete from sync_logs where started_at < ${now.toISOString()}::timestamptz - interval '90 days'`);
  const surplus = await database().execute(sql`
    delete from sync_logs using (
      select calendars.id, status, oldest.started_at
      from calendars cross join unnest(enum_range(null::sync_status)) status cross join lateral (
        select started_at from sync_logs
        where calendar_id = calendars.id and sync_logs.status = status.status and operation <> 'reconcile'
        order by started_at desc nulls last offset ${keptPerCalendar - 1} limit 1
      ) oldest
    ) kept
    where sync_logs.calendar_id = kept.id and sync_logs.status = kept.status and sync_logs.started_at < kept.started_at
      and operation <> 'reconcile'`);
  return old.count + surplus.count;
}
