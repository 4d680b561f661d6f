import { eq } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import { lockCalendar } from "./lock";

/** A calendar as it was before it was read, and the account it was read from. */
export type Read = { calendar: typeof calendars.$inferSelect; account: string };

/**
 * Locks a calendar. Null when what was read of it is out of date: another pull has moved the cursor, a new time zone of
 * the host asked for a fresh baseline, or the feed has another address by now.
 */
export async function lockStill(tx: Transaction, { calendar, account }: Read) {
  await lockCalendar(tx, calendar.id);
  // A feed's address changes together with its row. Who lets go of a connection locks it before its calendars, too.
  if (calendar.isSubscribed && (await lockAccount(tx, calendar.connectionId)) !== account) return null;
  const [current] = await tx
    .select({
      cursor: calendars.cursor,
      baselineDueAt: calendars.baselineDueAt,
      failingSince: calendars.failingSince,
    })
    .from(calendars)
    .where(eq(calendars.id, calendar.id))
    .for("no key update");
  const isStill =
    current?.cursor === calendar.cursor &&
    current.baselineDueAt?.getTime() === calendar.baselineDueAt?.getTime();
  return isStill ? current : null;
}

/** Whether a feed has got another address since it was read. */
export async function isElsewhere({ calendar, account }: Read): Promise<boolean> {
  if (!calendar.isSubscribed) return false;
  const [row] = await database()
    .select({ account: calendarConnections.account })
    .from(calendarConnections)
    .where(eq(calendarConnections.id, calendar.connectionId));
  return row !== undefined && row.account !== account;
}

async function lockAccount(tx: Transaction, connectionId: string): Promise<string | undefined> {
  const [row] = await tx
    .select({ account: calendarConnections.account })
    .from(calendarConnections)
    .where(eq(calendarConnections.id, connectionId))
    .for("no key update");
  return row?.account;
}
