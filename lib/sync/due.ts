import { and, asc, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendars } from "@/db/schema";

/**
 * Takes the calendars that block bookings and are due for a poll (SPEC B5), longest due first. Each is due again
 * a little less than five minutes later, in time for the next tick, so that polls of a slow one do not pile up.
 */
export async function takeDueCalendars(now: Date): Promise<string[]> {
  const rows = await database().execute<{ id: string }>(sql`
    with due as (
      select id, next_sync_at from calendars
      where checks_conflicts and (next_sync_at <= ${now.toISOString()}::timestamptz
        or next_sync_at > ${now.toISOString()}::timestamptz + interval '1 day')
      for no key update skip locked
    )
    update calendars c set next_sync_at = ${now.toISOString()}::timestamptz + interval '4 minutes 30 seconds'
    from due where c.id = due.id
    returning c.id, due.next_sync_at`);
  return rows.map((row) => row.id);
}

/** Ids of the calendars that block a booking's host, whatever their state: an unreadable one must fail the run. */
export async function listConflictCalendars(hostId: string): Promise<string[]> {
  const rows = await database()
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.hostId, hostId), eq(calendars.checksConflicts, true)))
    .orderBy(asc(calendars.id));
  return rows.map((row) => row.id);
}
