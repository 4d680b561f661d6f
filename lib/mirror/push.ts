import { and, eq, or } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { appointments, appointmentTargets, bookings, syncedEvents } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { RemoteRef } from "@/lib/providers/provider";
import { markTargetDiverged } from "@/lib/sync/diverged";
import { locateCopy } from "@/lib/sync/locate-copy";
import { lockCalendar } from "@/lib/sync/lock";
import { sentenceOf } from "@/lib/sync/log";
import { type Appointment, deleteCopy, draftOf, isConflict, putCopy, type Target } from "./copy";
import { hashOf } from "./meaning";
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

/**
 * The copy goes, wherever the host has put it meanwhile; then the target, and our reading of the copy: it would block a
 * time that is free again.
 */
async function removeCopy(target: Target, now: Date): Promise<void> {
  const located = await locateCopy(target, now).catch((error) => {
    // With its calendar it is gone; what nobody understands is taken away all the same.
    if (error instanceof AppError && error.code === "not_found") return null;
    if (!(error instanceof AppError && error.code === "invalid" && target.remoteId)) throw error;
    return { calendarId: target.calendarId, copy: { id: target.remoteId, etag: null } };
  });
  if (located) await deleteLocated({ ...target, calendarId: located.calendarId }, located.copy, now);
  const isDone = await database().transaction(async (tx) => {
    await lockCalendar(tx, target.calendarId);
    const [current] = await tx
      .select({ remoteId: appointmentTargets.remoteId })
      .from(appointmentTargets)
      .where(eq(appointmentTargets.id, target.id))
      .for("update");
    // It was put back while we looked.
    if (current && current.remoteId !== target.remoteId) return false;
    await tx.delete(appointmentTargets).where(eq(appointmentTargets.id, target.id));
    // By its address: the host may have made a copy of the copy, which is theirs.
    if (located) await forgetReadings(tx, located);
    return true;
  });
  if (!isDone) throw new AppError("unavailable", "The event was written again while it was being deleted.");
}

/** What the pulls know of it, and of its occurrences, if it came to repeat. */
async function forgetReadings(
  tx: Transaction,
  { calendarId, copy }: { calendarId: string; copy: RemoteRef },
): Promise<void> {
  const { providerEventId, seriesId } = syncedEvents;
  const isOfIt = or(eq(providerEventId, copy.id), eq(seriesId, copy.id));
  await tx.delete(syncedEvents).where(and(eq(syncedEvents.calendarId, calendarId), isOfIt));
}

async function deleteLocated(target: Target, ref: RemoteRef, now: Date): Promise<void> {
  await deleteCopy(target, ref, now).catch((error) => {
    if (!isConflict(error)) throw error;
    // The host edited the copy of a meeting that is off.
    return deleteCopy(target, { id: ref.id, etag: null }, now);
  });
}
