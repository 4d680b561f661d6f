import { eq } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { bookings } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { lockHost } from "@/lib/users/lock-host";

export type BookingRow = typeof bookings.$inferSelect;

/** @throws AppError not_found */
export async function getBooking(
  bookingId: string,
  tx: Pick<Transaction, "select"> = database(),
): Promise<BookingRow> {
  const [booking] = await tx.select().from(bookings).where(eq(bookings.id, bookingId));
  if (!booking) throw new AppError("not_found", "This booking does not exist.");
  return booking;
}

/**
 * The booking as it stands once its host's other changes are through; none follows before `tx` ends. Whatever
 * changes a booking begins here, so that a cancellation, a move and an answer never cross.
 * @throws AppError not_found
 */
export async function lockBooking(tx: Transaction, bookingId: string): Promise<BookingRow> {
  await lockHost(tx, (await getBooking(bookingId, tx)).hostId);
  return getBooking(bookingId, tx);
}
