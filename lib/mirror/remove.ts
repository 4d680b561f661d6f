import { and, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { appointmentTargets, syncedEvents } from "@/db/schema";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import type { RemoteRef } from "@/lib/providers/provider";
import { getCopy, locateCopy } from "@/lib/sync/locate-copy";
import { lockCalendar } from "@/lib/sync/lock";
import { isConflict, type OpenCalendar, type Target } from "./copy";
import { isOurs, keepLost } from "./lost";

type Place = { calendarId: string; ref: RemoteRef };

const attempts = 3;

/**
 * The copy goes, and then the target, with our reading of the copy: it would block a time that is free again. One that
 * is wanted again by then is put anew.
 * @throws AppError unavailable when it kept changing meanwhile
 */
export async function removeCopy(target: Target, opened: OpenCalendar, now: Date): Promise<void> {
  const place = await findPlace(target, now);
  if (place) {
    const isHere = place.calendarId === target.calendarId;
    await deleteAt(place, target, isHere ? opened : await openCalendar(place.calendarId), now);
  }
  const isDone = await database().transaction((tx) => forget(tx, target, place));
  if (!isDone) throw new AppError("unavailable", "The event was written again while it was being deleted.");
}

/** Nobody ever tried to write it. */
export async function forgetTarget({ id }: Target): Promise<void> {
  const { remoteId, pushedHash, removedAt } = appointmentTargets;
  await database().transaction(async (tx) => {
    const [gone] = await tx
      .delete(appointmentTargets)
      .where(and(eq(appointmentTargets.id, id), isNull(remoteId), isNull(pushedHash), isNotNull(removedAt)))
      .returning();
    if (gone) await forgetAppointment(tx, gone);
  });
}

/**
 * A booking's copy goes wherever its host has put it. Any other is where it was: what lies elsewhere is the host's own
 * (docs/sync.md). One whose answer was lost has to be looked for, either way.
 */
async function findPlace(target: Target, now: Date): Promise<Place | null> {
  const { calendarId, remoteId, etag } = target;
  const here = remoteId === null ? null : { calendarId, ref: { id: remoteId, etag } };
  // What somebody changed is read before it goes.
  if (here && !target.isDestination) return target.divergedAt ? { ...here, ref: unread(here.ref) } : here;
  try {
    const located = await locateCopy(target, now);
    return located && { calendarId: located.calendarId, ref: unread(located.copy) };
  } catch (error) {
    // With its calendar it is gone; what nobody understands is taken away all the same.
    if (error instanceof AppError && error.code === "not_found") return null;
    if (here && error instanceof AppError && error.code === "invalid") return here;
    throw error;
  }
}

const unread = ({ id }: RemoteRef): RemoteRef => ({ id, etag: null });

/** Deletes the version we know, or the one we read: what a person entered is kept in the log before it goes. */
async function deleteAt(
  { calendarId, ref }: Place,
  target: Target,
  { calendar, provider }: OpenCalendar,
  now: Date,
): Promise<void> {
  let known = ref.etag === null ? await read() : ref;
  for (let attempt = 0; known && attempt < attempts; attempt += 1) {
    try {
      return await provider.deleteEvent(calendar.remoteId, known);
    } catch (error) {
      if (!isConflict(error)) throw error;
      known = await read();
    }
  }
  if (known) throw new AppError("unavailable", "The event kept changing while it was being deleted.");

  async function read(): Promise<RemoteRef | null> {
    try {
      const copy = await getCopy(calendarId, ref.id);
      if (copy && !isOurs(copy, target)) await keepLost({ calendarId, target, copy, now });
      return copy && { id: copy.id, etag: copy.etag };
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") return null;
      if (error instanceof AppError && error.code === "invalid") return unread(ref);
      throw error;
    }
  }
}

/** @returns false when it was put back while we looked */
async function forget(tx: Transaction, target: Target, place: Place | null): Promise<boolean> {
  await lockCalendar(tx, target.calendarId);
  const isTarget = eq(appointmentTargets.id, target.id);
  const [current] = await tx.select().from(appointmentTargets).where(isTarget).for("update");
  if (current && current.remoteId !== target.remoteId) return false;
  // By its address: the host may have made a copy of the copy, which is theirs.
  if (place) await forgetReadings(tx, place);
  if (!current) return true;
  if (current.removedAt === null) {
    const nothing = { remoteId: null, etag: null, pushedHash: null, pushedAt: null, divergedAt: null };
    await tx
      .update(appointmentTargets)
      .set({ ...nothing, pushDueAt: new Date(0), attempts: 0, lastError: null })
      .where(isTarget);
    return true;
  }
  await tx.delete(appointmentTargets).where(isTarget);
  await forgetAppointment(tx, current);
  return true;
}

/** What the pulls know of it, and of its occurrences, if it came to repeat. */
async function forgetReadings(tx: Transaction, { calendarId, ref }: Place): Promise<void> {
  const { providerEventId, seriesId } = syncedEvents;
  const isOfIt = or(eq(providerEventId, ref.id), eq(seriesId, ref.id));
  await tx.delete(syncedEvents).where(and(eq(syncedEvents.calendarId, calendarId), isOfIt));
}

/** That of a booking that is off goes with its last copy. */
async function forgetAppointment(tx: Transaction, { appointmentId }: Target): Promise<void> {
  if (appointmentId === null) return;
  await tx.execute(sql`
    delete from appointments a using bookings b
    where a.id = ${appointmentId}::uuid and b.id = a.booking_id and b.status <> 'confirmed'
      and not exists (select from appointment_targets t where t.appointment_id = a.id)`);
}
