import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { bookings } from "@/db/schema";
import { AppError } from "@/lib/errors";

/** The id of the host a booking is with. @throws AppError not_found */
export async function getBookingHost(bookingId: string): Promise<string> {
  const [row] = await database()
    .select({ hostId: bookings.hostId })
    .from(bookings)
    .where(eq(bookings.id, bookingId));
  if (!row) throw new AppError("not_found", "This booking does not exist.");
  return row.hostId;
}
