import { and, eq, not } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars } from "@/db/schema";
import { isRead } from "@/lib/channels/health";
import { requestWatch } from "@/lib/channels/request";
import { requestPull } from "@/lib/sync/request";

/**
 * A calendar that is about to be bound is read from then on; one that was not read until now begins at once, and
 * notifies where it can. The flag itself is set by the table's trigger.
 */
export async function beginReading(tx: Transaction, calendarId: string, now: Date): Promise<void> {
  const unread = await tx.$count(calendars, and(eq(calendars.id, calendarId), not(isRead)));
  if (unread === 0) return;
  await requestPull(tx, calendarId, "connected", now);
  await requestWatch(tx, calendarId);
}
