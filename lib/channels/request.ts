import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars, syncChannels } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { isRead } from "./health";

/** Once `tx` commits, this calendar gets the channel it wants, and loses those it does not want any more. */
export async function requestWatch(tx: Transaction, calendarId: string): Promise<void> {
  await sendEvent(tx, { name: "calendar/watch.requested", data: { calendarId } });
}

/**
 * The same for every calendar of an account that was connected again: what was opened under the old grant may have
 * ended with it, so nothing of that is relied on any more.
 */
export async function requestNewChannels(tx: Transaction, connectionId: string, now: Date): Promise<void> {
  const own = tx.select({ id: calendars.id }).from(calendars).where(eq(calendars.connectionId, connectionId));
  await tx
    .update(syncChannels)
    .set({ replacedAt: now })
    .where(and(inArray(syncChannels.calendarId, own), isNull(syncChannels.replacedAt)));
  const read = await tx
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.connectionId, connectionId), isRead));
  for (const { id } of read) await requestWatch(tx, id);
}
