import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { database } from "@/db/client";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type ClosedReason = { calendarName: string; lastSyncedAt: Date | null };

/** Why no slot is offered at all: the conflict calendar that went unread for too long. Null while bookings are open. */
export async function findClosedReason(viewer: Viewer, now: Date): Promise<ClosedReason | null> {
  const calendar = await asViewer(viewer, (tx) => findStaleCalendar(tx, viewer.userId, now));
  return calendar && { calendarName: calendar.name, lastSyncedAt: calendar.lastSyncedAt };
}

/** The calendar that keeps everything closed; null when all were read in time. */
export async function findStaleCalendar(
  tx: Transaction,
  hostId: string,
  now: Date,
): Promise<{ name: string; lastSyncedAt: Date | null } | null> {
  const [row] = await tx.execute<{ name: string; last_synced_at: string | null }>(sql`
    select name, last_synced_at from find_stale_calendar(${hostId}::uuid, ${now.toISOString()}::timestamptz)`);
  if (!row) return null;
  return { name: row.name, lastSyncedAt: row.last_synced_at ? new Date(row.last_synced_at) : null };
}

/** The same for anybody: whether, not why. */
export async function isClosed(eventTypeId: string, now: Date): Promise<boolean> {
  const rows = await database().execute(sql`
    select from event_types e, find_stale_calendar(e.host_id, ${now.toISOString()}::timestamptz)
    where e.id = ${eventTypeId}::uuid`);
  return rows.length > 0;
}
