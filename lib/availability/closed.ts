import { sql } from "drizzle-orm";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type ClosedReason = { calendarName: string; lastSyncedAt: Date | null };

/** Why no slot is offered at all: the conflict calendar that went unread for too long. Null while bookings are open. */
export async function findClosedReason(viewer: Viewer, now: Date): Promise<ClosedReason | null> {
  const [row] = await asViewer(viewer, (tx) =>
    tx.execute<{ name: string; last_synced_at: string | null }>(sql`
      select name, last_synced_at
      from find_stale_calendar(${viewer.userId}::uuid, ${now.toISOString()}::timestamptz)`),
  );
  if (!row) return null;
  return { calendarName: row.name, lastSyncedAt: row.last_synced_at ? new Date(row.last_synced_at) : null };
}
