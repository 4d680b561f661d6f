import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { type Needs, needing } from "./needs";

const batch = 100;

/**
 * Ids of calendars that want a channel, a successor, or to be rid of one: at most a batch, the most urgent first. One
 * where that failed within the hour is left alone for now, and so is an account that wants reconnecting.
 */
export async function listUnwatched(now: Date): Promise<string[]> {
  const hasFailed = sql`exists (
    select from sync_logs
    where calendar_id = calendars.id and operation = 'watch' and status = 'error'
      and started_at > ${now.toISOString()}::timestamptz - interval '1 hour')`;
  const rows = await database().execute<Needs>(
    sql`${needing(now, sql`calendar_connections.status = 'connected' and not ${hasFailed}`)} limit ${batch}`,
  );
  return rows.map((row) => row.id);
}

/**
 * What became of channels without anybody's doing. One that was asked for ten minutes ago and was never heard of is
 * given up, as a crash may have left it; its row stays as long as such a channel could live, and a day, in case it
 * speaks after all. One that was replaced and has ended is forgotten.
 */
export async function tidyChannels(now: Date): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  await database().execute(sql`
    update sync_channels set replaced_at = ${at}
    where expires_at is null and replaced_at is null and created_at <= ${at} - interval '10 minutes'`);
  await database().execute(sql`
    delete from sync_channels
    where replaced_at is not null
      and (expires_at <= ${at} or expires_at is null and created_at <= ${at} - interval '8 days')`);
}
