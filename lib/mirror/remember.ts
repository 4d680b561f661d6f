import { and, eq, or } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { appointments, appointmentTargets, syncedEvents } from "@/db/schema";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import { markTargetDiverged } from "@/lib/sync/diverged";
import { lockCalendar } from "@/lib/sync/lock";
import { draftOf } from "./draft";
import { hashOf, meaningOf } from "./meaning";

type Target = typeof appointmentTargets.$inferSelect;
type Written = { previous: RemoteRef | undefined; ref: RemoteRef; pushed: EventDraft };

/**
 * Keeps what a put left at the provider: nothing is due then, unless the copy should say something else by now. Our reading of the copy follows at once: what was put back must not block
 * where it stood. A reading that is newer than the put says that somebody changed the copy since.
 * @returns false when the target went meanwhile
 */
export async function remember(target: Target, written: Written, now: Date): Promise<boolean> {
  const { previous, ref, pushed } = written;
  return database().transaction(async (tx) => {
    await lockCalendar(tx, target.calendarId);
    const [before] = await tx
      .select({ divergedAt: appointmentTargets.divergedAt, removedAt: appointmentTargets.removedAt })
      .from(appointmentTargets)
      .where(eq(appointmentTargets.id, target.id))
      .for("update");
    if (!before) return false;
    const isDone = before.removedAt === null && (await isStillWanted(tx, target, pushed));
    await tx
      .update(appointmentTargets)
      .set({
        remoteId: ref.id,
        etag: ref.etag,
        pushedHash: hashOf(pushed),
        pushedAt: now,
        lastError: null,
        attempts: 0,
        divergedAt: null,
        vanishedInBulk: false,
        ...(isDone && { pushDueAt: null }),
      })
      .where(eq(appointmentTargets.id, target.id));
    const readings = await tx
      .select({ etag: syncedEvents.etag })
      .from(syncedEvents)
      .where(isReadingOf(target, ref));
    const isRead = (etag: string | null) => readings.every((reading) => reading.etag === etag);
    // A pull marked it while it was written, and has no reading of it: it was deleted again.
    const isGone = readings.length === 0 && before.divergedAt?.getTime() !== target.divergedAt?.getTime();
    if (isRead(ref.etag) && !isGone) return true;
    if (previous && isRead(previous.etag) && !isGone) await replaceReading(tx, target, written);
    else await markTargetDiverged(tx, target.id, now);
    return true;
  });
}

/** Whoever changes the appointment from here on waits for the target, and makes it due. */
async function isStillWanted(tx: Transaction, target: Target, pushed: EventDraft): Promise<boolean> {
  if (target.appointmentId === null) return false;
  const [appointment] = await tx.select().from(appointments).where(eq(appointments.id, target.appointmentId));
  return appointment !== undefined && hashOf(draftOf(appointment, target)) === hashOf(pushed);
}

/**
 * Our reading of a copy says what was written. Of what repeats there is none until the next pull, which reads its
 * occurrences; our own copies need none to be taken for what they are.
 */
async function replaceReading(tx: Transaction, target: Target, { ref, pushed }: Written): Promise<void> {
  const { title, time, recurrence } = meaningOf(pushed);
  await tx.delete(syncedEvents).where(or(isReadingOf(target, ref), isOccurrenceOf(target, ref)));
  if (recurrence) return;
  await tx.insert(syncedEvents).values({
    calendarId: target.calendarId,
    hostId: target.ownerId,
    providerEventId: ref.id,
    occurrenceKey: "",
    uid: target.uid,
    etag: ref.etag,
    title: title.slice(0, 500),
    ...(time.kind === "timed"
      ? { startsAt: time.startsAt, endsAt: time.endsAt }
      : { startDay: time.startDay, endDay: time.endDay }),
    status: "confirmed",
    transparency: "opaque",
  });
}

/** What the pulls know of one event. */
const isReadingOf = ({ calendarId }: Pick<Target, "calendarId">, { id }: Pick<RemoteRef, "id">) =>
  and(eq(syncedEvents.calendarId, calendarId), eq(syncedEvents.providerEventId, id));

/** Where the provider names the occurrences of a series one by one. */
const isOccurrenceOf = ({ calendarId }: Pick<Target, "calendarId">, { id }: Pick<RemoteRef, "id">) =>
  and(eq(syncedEvents.calendarId, calendarId), eq(syncedEvents.seriesId, id));
