import { eq } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { againAfterDeadlock } from "@/db/errors";
import { calendarSubscriptions } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { lockStill, type Read } from "@/lib/sync/still";
import type { Doubt, Known } from "./plan-doubt";

/**
 * What a feed had when it was last believed, and when it last was not. To be asked before it is read: a reading that
 * goes on at the same time confirms nothing. Null where there is nothing to compare with: no feed, or a new address.
 */
export async function findKnown({ id, isSubscribed, lastSyncedAt }: Read["calendar"]): Promise<Known | null> {
  if (!isSubscribed || !lastSyncedAt) return null;
  const { calendarId, eventCount, shrunkTo } = calendarSubscriptions;
  const [known] = await database()
    .select({ eventCount, shrunkTo })
    .from(calendarSubscriptions)
    .where(eq(calendarId, id));
  return known ?? null;
}

/**
 * Notes that a feed was not believed, and that its last good copy stays for now.
 * @returns where what was read is out of date
 * @throws AppError unavailable
 */
export async function noteDoubt(read: Read, { shrunkTo, sentence }: Doubt): Promise<void> {
  const note = async (tx: Transaction) => {
    if (!(await lockStill(tx, read))) return false;
    await tx
      .update(calendarSubscriptions)
      .set({ shrunkTo })
      .where(eq(calendarSubscriptions.calendarId, read.calendar.id));
    return true;
  };
  const isNoted = await againAfterDeadlock(() => database().transaction(note));
  if (isNoted) throw new AppError("unavailable", sentence);
}
