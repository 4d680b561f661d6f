import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings, syncedEvents } from "@/db/schema";
import { markTargetDiverged } from "@/lib/sync/diverged";
import { lockCalendar } from "@/lib/sync/lock";
import { sentenceOf } from "@/lib/sync/log";
import { type Appointment, deleteCopy, draftOf, findCopy, isConflict, putCopy, type Target } from "./copy";
import { hashOf } from "./meaning";
import { isReadingOf } from "./remember";
import { aimAnew } from "./targets";

/**
 * Makes every copy of a booking's appointment what the appointment is: puts it where it is missing or differs, and
 * deletes it where it is to go. What lies in no calendar yet goes into the one that is the destination now, unless the
 * booking is off. What somebody changed there is not overwritten, but settled first (lib/sync/reconcile). Repeating a push
 * whose answer was lost makes no second event. One push per booking at a time.
 * @throws AppError from the provider, after noting it on the target and trying the others
 */
export async function pushBooking(bookingId: string, now: Date): Promise<void> {
  const [found] = await database()
    .select({ appointment: appointments, status: bookings.status })
    .from(appointments)
    .innerJoin(bookings, eq(bookings.id, appointments.bookingId))
    .where(eq(appointments.bookingId, bookingId));
  if (!found) return;
  const { appointment, status } = found;
  if (status === "confirmed") await database().transaction((tx) => aimAnew(tx, appointment, now));
  const failures: unknown[] = [];
  for (const target of await listTargets(appointment)) {
    const isToGo = target.removedAt !== null || status !== "confirmed";
    const work = () => (isToGo ? removeCopy(target, now) : deliver(appointment, target, now));
    await noteFailure(target, work).catch((error) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
  if (status !== "confirmed")
    await database().delete(appointments).where(eq(appointments.id, appointment.id));
}

function listTargets(appointment: Appointment): Promise<Target[]> {
  return database()
    .select()
    .from(appointmentTargets)
    .where(eq(appointmentTargets.appointmentId, appointment.id));
}

async function noteFailure(target: Target, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await database()
      .update(appointmentTargets)
      .set({ lastError: sentenceOf(error) })
      .where(eq(appointmentTargets.id, target.id));
    throw error;
  }
}

async function deliver(appointment: Appointment, target: Target, now: Date): Promise<void> {
  // The run that settles a copy that changed writes it, too.
  if (target.divergedAt || target.pushedHash === hashOf(draftOf(appointment, target))) return;
  const previous = target.remoteId === null ? undefined : { id: target.remoteId, etag: target.etag };
  await putCopy(target, appointment, previous, now).catch((error) => {
    if (!isConflict(error)) throw error;
    return database().transaction((tx) => markTargetDiverged(tx, target.id, now));
  });
}

/** The copy goes, then the target, and our reading of it: it would block a time that is free again. */
async function removeCopy(target: Target, now: Date): Promise<void> {
  const ref =
    target.remoteId === null ? await findCopy(target, now) : { id: target.remoteId, etag: target.etag };
  if (ref) {
    await deleteCopy(target, ref, now).catch((error) => {
      if (!isConflict(error)) throw error;
      // The host edited the copy of a meeting that is off.
      return deleteCopy(target, { id: ref.id, etag: null }, now);
    });
  }
  await database().transaction(async (tx) => {
    await lockCalendar(tx, target.calendarId);
    await tx.delete(appointmentTargets).where(eq(appointmentTargets.id, target.id));
    // By its address: the host may have made a copy of the copy, which is theirs.
    if (ref) await tx.delete(syncedEvents).where(isReadingOf(target, ref));
  });
}
