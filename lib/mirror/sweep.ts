import { sql } from "drizzle-orm";
import { database } from "@/db/client";

const everyMinutes = 5;
const turns = 60 / everyMinutes;
// All of them are asked for in one request, and an Inngest server bounds what it takes in one.
const most = 2_000;

/**
 * Ids of the calendars that want a push: something is due in them that nobody has, or it is their turn of the hour to be
 * aimed anew, so that what no event told of is found. Called every five minutes.
 */
export async function listCalendarsToPush(now: Date): Promise<string[]> {
  await wakeReconnected(now);
  const turn = Math.floor(now.getUTCMinutes() / everyMinutes);
  const rows = await database().execute<{ id: string }>(sql`
    select calendar_id as id from appointment_targets
    where push_due_at <= ${at(now)} and (taken_until is null or taken_until <= ${at(now)})
    union
    select calendar_id from calendar_bindings
    where is_enabled and (hashtext(calendar_id::text) & 65535) % ${turns} = ${turn}
    union
    select id from calendars
    where is_mirrored and (hashtext(id::text) & 65535) % ${turns} = ${turn}
    limit ${most}`);
  return rows.map(({ id }) => id);
}

/** An account that lets us in again is not made to wait as long as it was closed. */
async function wakeReconnected(now: Date): Promise<void> {
  await database().execute(sql`
    update appointment_targets t set push_due_at = 'epoch'
    from calendars c join calendar_connections n on n.id = c.connection_id
    where n.status = 'connected' and n.status_since between ${at(now)} - ${2 * everyMinutes} * interval '1 minute' and ${at(now)}
      and c.id = t.calendar_id and t.push_due_at > ${at(now)} and t.attempts > 0
      and (t.taken_until is null or t.taken_until <= ${at(now)})`);
}

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
