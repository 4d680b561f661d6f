import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/**
 * One at a time says what a calendar is known to hold: a pull, a push that wrote into it, a run that settles a copy.
 * Whoever also locks the host (lib/users/lock-host) does that first.
 */
export async function lockCalendar(tx: Transaction, calendarId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${calendarId}, 0))`);
}
