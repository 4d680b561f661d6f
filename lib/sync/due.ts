import { and, asc, eq, lte, or } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";

/** Ids of calendars that block bookings and are due for a poll, longest due first (SPEC B5). */
export async function listDueCalendars(now: Date): Promise<string[]> {
  const rows = await database()
    .select({ id: calendars.id })
    .from(calendars)
    .innerJoin(calendarConnections, eq(calendarConnections.id, calendars.connectionId))
    .where(
      and(
        eq(calendars.checksConflicts, true),
        // A refused password is asked of the host, not of the server again every five minutes.
        eq(calendarConnections.status, "connected"),
        or(lte(calendars.nextSyncAt, now), lte(calendars.baselineDueAt, now)),
      ),
    )
    .orderBy(asc(calendars.nextSyncAt));
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
