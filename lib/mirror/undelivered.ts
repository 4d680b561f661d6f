import { and, eq, exists, gt, isNotNull, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings, calendars } from "@/db/schema";
import { draftOf } from "./copy";
import { hashOf } from "./meaning";

// The first delivery is under way for that long at least.
const graceMs = 15 * 60_000;

/**
 * Ids of bookings whose copies are not what they should be: confirmed ones still ahead that are missing from their
 * host's calendar, or say there what they said before, and copies that were to go.
 */
export async function listUndelivered(now: Date): Promise<string[]> {
  const db = database();
  const since = new Date(now.getTime() - graceMs);
  const { pushedAt, removedAt } = appointmentTargets;
  const hasTarget = (condition: SQL) =>
    exists(
      db
        .select({ id: appointmentTargets.id })
        .from(appointmentTargets)
        .where(and(eq(appointmentTargets.appointmentId, appointments.id), condition)),
    );
  const hasDestination = exists(
    db
      .select({ id: calendars.id })
      .from(calendars)
      .where(and(eq(calendars.hostId, bookings.hostId), eq(calendars.isDestination, true))),
  );
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
          or(hasTarget(isNull(pushedAt)), and(hasDestination, not(hasTarget(isNotNull(pushedAt))))),
        ),
        // Its appointment goes with the last copy.
        and(eq(bookings.status, "cancelled"), not(hasTarget(gt(removedAt, since)))),
      ),
    );
  return [...new Set([...rows.map((row) => row.id), ...(await listOutdated(now, since))])];
}

// Clocks of two processes differ a little.
const clockSkewMs = 3_600_000;

/** Those that say another thing than was pushed: their appointment changed about then or since. */
async function listOutdated(now: Date, since: Date): Promise<string[]> {
  const rows = await database()
    .select({ id: bookings.id, appointment: appointments, target: appointmentTargets })
    .from(appointmentTargets)
    .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .innerJoin(bookings, eq(bookings.id, appointments.bookingId))
    .where(
      and(
        eq(bookings.status, "confirmed"),
        gt(bookings.endsAt, now),
        lte(appointments.updatedAt, since),
        isNull(appointmentTargets.removedAt),
        sql`${appointments.updatedAt} > ${appointmentTargets.pushedAt} - ${clockSkewMs} * interval '1 millisecond'`,
      ),
    );
  return rows
    .filter(({ appointment, target }) => hashOf(draftOf(appointment, target)) !== target.pushedHash)
    .map(({ id }) => id);
}
