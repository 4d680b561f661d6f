import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { type calendars, syncChannels } from "@/db/schema";

/**
 * An incremental reading found changes. If the channel has said nothing since the reading `before`, it has ten minutes
 * left to tell of them; then it is overdue.
 */
export async function noteUntold(
  before: Pick<typeof calendars.$inferSelect, "id" | "lastSyncedAt">,
  now: Date,
): Promise<void> {
  if (!before.lastSyncedAt) return;
  const { calendarId, replacedAt, expiresAt, createdAt, lastNotifiedAt, untoldSince } = syncChannels;
  const lastWord = sql<Date>`coalesce(${lastNotifiedAt}, ${createdAt})`;
  await database()
    .update(syncChannels)
    .set({ untoldSince: now })
    .where(
      and(
        eq(calendarId, before.id),
        isNull(replacedAt),
        gt(expiresAt, now),
        isNull(untoldSince),
        lt(lastWord, sql`${before.lastSyncedAt.toISOString()}::timestamptz`),
      ),
    );
}
