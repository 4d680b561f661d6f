import { and, eq, inArray } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { type appointments, appointmentTargets, calendars, syncedEvents } from "@/db/schema";

type Appointment = typeof appointments.$inferSelect;
type Times = { startsAt: Date; endsAt: Date };

/** Aims an appointment at its owner's destination calendar. Without one there is nothing to aim at yet. */
export async function addTarget(
  tx: Pick<Transaction, "select" | "insert">,
  { id, ownerId, uid }: Pick<Appointment, "id" | "ownerId" | "uid">,
) {
  const [destination] = await tx
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.hostId, ownerId), eq(calendars.isDestination, true)));
  if (!destination) return;
  await tx
    .insert(appointmentTargets)
    .values({ appointmentId: id, calendarId: destination.id, ownerId, uid })
    .onConflictDoNothing();
}

/**
 * An appointment has moved, so its copies want pushing again. Until they were, our readings of them move along: a
 * copy that stands where we had put it must not block the time that was given back.
 */
export async function moveTargets(tx: Transaction, before: Appointment, to: Times): Promise<void> {
  const copies = await tx
    .update(appointmentTargets)
    .set({ pushedHash: null })
    .where(eq(appointmentTargets.appointmentId, before.id))
    .returning({ calendarId: appointmentTargets.calendarId, uid: appointmentTargets.uid });
  if (copies.length === 0) return;
  await tx
    .update(syncedEvents)
    .set({ startsAt: to.startsAt, endsAt: to.endsAt })
    .where(
      and(
        inArray(
          syncedEvents.calendarId,
          copies.map(({ calendarId }) => calendarId),
        ),
        inArray(
          syncedEvents.uid,
          copies.map(({ uid }) => uid),
        ),
        eq(syncedEvents.startsAt, before.startsAt),
        eq(syncedEvents.endsAt, before.endsAt),
      ),
    );
}

/** Every copy of the appointment is to go. */
export async function removeTargets(tx: Transaction, appointmentId: string, now: Date): Promise<void> {
  await tx
    .update(appointmentTargets)
    .set({ removedAt: now })
    .where(eq(appointmentTargets.appointmentId, appointmentId));
}
