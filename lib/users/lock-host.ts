import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";

/**
 * Makes what must not happen side by side for one host queue on the host's row: holds, confirmations, choices of
 * calendars. Constraints would refuse the losers too, but two inserts that meet in an exclusion constraint wait
 * for each other until PostgreSQL ends the deadlock.
 */
export async function lockHost(tx: Transaction, hostId: string): Promise<void> {
  await tx.execute(sql`select from users where id = ${hostId}::uuid for no key update`);
}
