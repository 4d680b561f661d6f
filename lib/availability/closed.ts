import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { database } from "@/db/client";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

/** The calendar that keeps everything closed. */
export type StaleCalendar = {
  name: string;
  lastSyncedAt: Date | null;
  /** How old a reading of it may be. */
  patienceMinutes: number;
  /** Why the last reading failed, if it did. */
  lastError: string | null;
  /** The feed of a subscription. */
  isSubscribed: boolean;
  /** False: a feed that was given up, and is not read until somebody asks for that. */
  isEnabled: boolean;
};

export type ClosedReason = Omit<StaleCalendar, "name"> & { calendarName: string };

/** Why no slot is offered at all: the conflict calendar that went unread for too long. Null while bookings are open. */
export async function findClosedReason(viewer: Viewer, now: Date): Promise<ClosedReason | null> {
  const calendar = await asViewer(viewer, (tx) => findStaleCalendar(tx, viewer.userId, now));
  if (!calendar) return null;
  const { name: calendarName, ...facts } = calendar;
  return { calendarName, ...facts };
}

/** The calendar that keeps everything closed; null when all were read in time. */
export async function findStaleCalendar(
  tx: Transaction,
  hostId: string,
  now: Date,
): Promise<StaleCalendar | null> {
  const [row] = await tx.execute<Row>(sql`
    select stale.name, stale.last_synced_at as "lastSyncedAt", stale.last_error as "lastError",
      stale.is_subscribed as "isSubscribed", stale.is_enabled as "isEnabled",
      get_patience_minutes(stale::calendars, max_staleness_minutes) as "patienceMinutes"
    from find_stale_calendar(${hostId}::uuid, ${now.toISOString()}::timestamptz) stale
    join users on users.id = stale.host_id`);
  return row ? { ...row, lastSyncedAt: row.lastSyncedAt ? new Date(row.lastSyncedAt) : null } : null;
}

type Row = Omit<StaleCalendar, "lastSyncedAt"> & { lastSyncedAt: string | null };

/** The same for anybody: whether, not why. */
export async function isClosed(eventTypeId: string, now: Date): Promise<boolean> {
  const rows = await database().execute(sql`
    select from event_types e, find_stale_calendar(e.host_id, ${now.toISOString()}::timestamptz)
    where e.id = ${eventTypeId}::uuid`);
  return rows.length > 0;
}
