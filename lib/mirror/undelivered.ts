import { and, eq, exists, gt, isNotNull, lte, not } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings, calendars } from "@/db/schema";

// The first delivery is under way for that long at least.
const graceMs = 15 * 60_000;

/** Ids of confirmed bookings still ahead that are missing from their host's destination calendar. */
export async function listUndelivered(now: Date): Promise<string[]> {
  const db = database();
  const delivered = db
    .select({ id: appointmentTargets.id })
    .from(appointmentTargets)
    .where(
      and(eq(appointmentTargets.appointmentId, appointments.id), isNotNull(appointmentTargets.pushedHash)),
    );
  const destination = db
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.hostId, bookings.hostId), eq(calendars.isDestination, true)));
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .innerJoin(appointments, eq(appointments.bookingId, bookings.id))
    .where(
      and(
        eq(bookings.status, "confirmed"),
        gt(bookings.endsAt, now),
        lte(bookings.decidedAt, new Date(now.getTime() - graceMs)),
        exists(destination),
        not(exists(delivered)),
      ),
    );
  return rows.map((row) => row.id);
}
