import { and, eq, isNull, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { type appointments, appointmentTargets, calendars, syncedEvents } from "@/db/schema";

type Appointment = typeof appointments.$inferSelect;
type Times = { startsAt: Date; endsAt: Date };

/** Aims an appointment at its owner's destination calendar. Without one there is nothing to aim at yet. */
export async function addTarget(tx: Transaction, { id, ownerId, uid }: Appointment): Promise<void> {
  const destination = await findDestination(tx, ownerId);
  if (!destination) return;
  const { removedAt, pushedHash } = appointmentTargets;
  const isBack = sql`${removedAt} is not null`;
  await tx
    .insert(appointmentTargets)
    .values({ appointmentId: id, calendarId: destination, ownerId, uid, isDestination: true })
    .onConflictDoUpdate({
      target: [appointmentTargets.appointmentId, appointmentTargets.calendarId],
      set: {
        removedAt: null,
        isDestination: true,
        // It may have been deleted already, so it is no longer certain what lies there.
        pushedHash: sql`case when ${isBack} then ' ' || ltrim(${pushedHash}) else ${pushedHash} end`,
        pushDueAt: sql`case when ${isBack} then 'epoch' else ${appointmentTargets.pushDueAt} end`,
        attempts: sql`case when ${isBack} then 0 else ${appointmentTargets.attempts} end`,
      },
    });
}

/**
 * The copy of a booking that lies in no destination calendar yet follows its owner's choice: the one chosen before may
 * never let it in. Where it lies already, it stays.
 */
export async function aimAnew(tx: Transaction, appointment: Appointment, now: Date): Promise<void> {
  const destination = await findDestination(tx, appointment.ownerId);
  const isAim = and(
    eq(appointmentTargets.appointmentId, appointment.id),
    eq(appointmentTargets.isDestination, true),
    isNull(appointmentTargets.removedAt),
  );
  const aims = await tx.select().from(appointmentTargets).where(isAim);
  const isThere = aims.some(({ remoteId, calendarId }) => remoteId !== null || calendarId === destination);
  if (!destination || isThere) return;
  // An answer may have been lost, so it is looked for there, too. Where a binding wants it, it stays all the same.
  const isBound = sql`${appointmentTargets.bindingId} is not null`;
  await tx
    .update(appointmentTargets)
    .set({
      removedAt: sql`case when ${isBound} then null else ${now.toISOString()}::timestamptz end`,
      isDestination: sql`not ${isBound}`,
      pushDueAt: new Date(0),
      attempts: 0,
    })
    .where(isAim);
  await addTarget(tx, appointment);
}

async function findDestination(tx: Transaction, hostId: string): Promise<string | undefined> {
  const [destination] = await tx
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.hostId, hostId), eq(calendars.isDestination, true)));
  return destination?.id;
}

/**
 * An appointment has moved, and its copies follow with the next push. Until then our readings of them move along: a
 * copy that stands where we had put it must not block the time that was given back.
 */
export async function moveTargets(tx: Transaction, before: Appointment, to: Times): Promise<void> {
  const copies = await tx
    .select()
    .from(appointmentTargets)
    .where(eq(appointmentTargets.appointmentId, before.id));
  for (const { calendarId, uid, remoteId } of copies)
    await tx
      .update(syncedEvents)
      .set({ startsAt: to.startsAt, endsAt: to.endsAt })
      .where(
        and(
          eq(syncedEvents.calendarId, calendarId),
          eq(syncedEvents.uid, uid),
          // What the host made of the copy is theirs, and stays.
          remoteId === null ? undefined : eq(syncedEvents.providerEventId, remoteId),
          eq(syncedEvents.startsAt, before.startsAt),
          eq(syncedEvents.endsAt, before.endsAt),
        ),
      );
}

/** Every copy of the appointment is to go. */
export async function removeTargets(tx: Transaction, appointmentId: string, now: Date): Promise<void> {
  await tx
    .update(appointmentTargets)
    .set({ removedAt: now, bindingId: null, pushDueAt: new Date(0), attempts: 0 })
    .where(eq(appointmentTargets.appointmentId, appointmentId));
}
