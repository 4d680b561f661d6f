import { and, eq, isNull, lte } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings } from "@/db/schema";

// Long enough for the first delivery with all its retries to have ended.
const graceMs = 6 * 3_600_000;

/** Ids of confirmed bookings that are still missing from a calendar although their delivery has given up. */
export async function listUndelivered(now: Date): Promise<string[]> {
  const rows = await database()
    .selectDistinct({ id: bookings.id })
    .from(appointmentTargets)
    .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .innerJoin(bookings, eq(bookings.id, appointments.bookingId))
    .where(
      and(
        isNull(appointmentTargets.pushedHash),
        eq(bookings.status, "confirmed"),
        lte(bookings.decidedAt, new Date(now.getTime() - graceMs)),
      ),
    );
  return rows.map((row) => row.id);
}
