import { and, eq, lte } from "drizzle-orm";
import { database } from "@/db/client";
import { bookings } from "@/db/schema";
import { declineBooking } from "./confirm";

// A confirm run with all its retries takes minutes.
const graceMs = 15 * 60_000;
const longestMs = 2 * 3_600_000;

/**
 * Ids of holds that nobody decided and whose check should run again. Those that have waited too long are declined
 * instead: a slot is not held without end.
 */
export async function sweepPending(now: Date): Promise<string[]> {
  const rows = await database()
    .select({ id: bookings.id, createdAt: bookings.createdAt })
    .from(bookings)
    .where(and(eq(bookings.status, "pending"), lte(bookings.createdAt, new Date(now.getTime() - graceMs))));
  const isHopeless = ({ createdAt }: { createdAt: Date }) => now.getTime() - createdAt.getTime() > longestMs;
  for (const { id } of rows.filter(isHopeless)) await declineBooking(id, now);
  return rows.filter((row) => !isHopeless(row)).map((row) => row.id);
}
