import { and, eq, exists, gt, isNotNull, isNull, lte, not, or, type SQL } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings, calendars } from "@/db/schema";

// The first delivery is under way for that long at least.
const graceMs = 15 * 60_000;

/**
 * Ids of bookings whose copies are not what they should be: confirmed ones still ahead that are missing from their
 * host's destination calendar, or say there what they said before, and copies that were to go.
 */
export async function listUndelivered(now: Date): Promise<string[]> {
  const db = database();
  const since = new Date(now.getTime() - graceMs);
  const { isDestination, pushDueAt, removedAt } = appointmentTargets;
  const hasTarget = (...conditions: (SQL | undefined)[]) =>
    exists(
      db
        .select({ id: appointmentTargets.id })
        .from(appointmentTargets)
        .where(and(eq(appointmentTargets.appointmentId, appointments.id), ...conditions)),
    );
  const hasDestination = exists(
    db
      .select({ id: calendars.id })
      .from(calendars)
      .where(and(eq(calendars.hostId, bookings.hostId), eq(calendars.isDestination, true))),
  );
  const isWaiting = and(isNotNull(pushDueAt), lte(pushDueAt, now));
  const rows = await db
    .select({ id: bookings.id })
    .from(bookings)
    .innerJoin(appointments, eq(appointments.bookingId, bookings.id))
    .where(
      or(
        and(
          eq(bookings.status, "confirmed"),
          gt(bookings.endsAt, now),
          lte(bookings.decidedAt, since),
          lte(appointments.updatedAt, since),
          or(
            hasTarget(eq(isDestination, true), isWaiting),
            and(hasDestination, not(hasTarget(eq(isDestination, true), isNull(removedAt)))),
          ),
        ),
        // Its appointment goes with the last copy.
        and(eq(bookings.status, "cancelled"), not(hasTarget(gt(removedAt, since)))),
      ),
    );
  return rows.map(({ id }) => id);
}
