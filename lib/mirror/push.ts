import { createHash } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets, bookings, syncedEvents } from "@/db/schema";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import { type Counts, logRun, noChange, sentenceOf } from "@/lib/sync/log";
import { pullCalendar } from "@/lib/sync/pull";
import { aimAnew } from "./targets";

type Target = typeof appointmentTargets.$inferSelect;
type Appointment = typeof appointments.$inferSelect;

/**
 * Makes every copy of a booking's appointment what the appointment is: puts it where it is missing or differs, and
 * deletes it where it is to go. What lies in no calendar yet goes into the one that is the destination now, unless the
 * booking is off. Repeating a push whose answer was lost makes no second event. One push per booking at a time.
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
    const work = () => (isToGo ? removeCopy(target, now) : putCopy(appointment, target, now));
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

async function putCopy(appointment: Appointment, target: Target, now: Date): Promise<void> {
  const draft = draftOf(appointment, target);
  const pushedHash = hashOf(draft);
  if (target.pushedHash === pushedHash) return;
  const previous = target.remoteId === null ? undefined : { id: target.remoteId, etag: target.etag };
  const ref = await put(target, draft, previous, now).catch(async (error) => {
    if (!isConflict(error)) throw error;
    // Somebody changed the copy, or an earlier put went through and its answer was lost. Ours is the newer word.
    return put(target, draft, await findCopy(target, now), now);
  });
  await remember(target, ref, { pushedHash, pushedAt: now, sequence: appointment.sequence });
}

function put(
  target: Target,
  draft: EventDraft,
  previous: RemoteRef | undefined,
  now: Date,
): Promise<RemoteRef> {
  return write(target, previous ? "updated" : "created", now, (provider, calendarId) =>
    provider.putEvent(calendarId, draft, previous),
  );
}

type Pushed = { pushedHash: string; pushedAt: Date; sequence: number };

/** What moved on while it was being put is not delivered yet. */
async function remember(
  target: Target,
  ref: RemoteRef,
  { pushedHash, pushedAt, sequence }: Pushed,
): Promise<void> {
  const current = database()
    .select({ sequence: appointments.sequence })
    .from(appointments)
    .where(eq(appointments.id, target.appointmentId));
  await database()
    .update(appointmentTargets)
    .set({
      remoteId: ref.id,
      etag: ref.etag,
      pushedHash: sql`case when (${current}) = ${sequence} then ${pushedHash} end`,
      pushedAt,
      lastError: null,
    })
    .where(eq(appointmentTargets.id, target.id));
}

/** The copy goes, then the target, and our reading of it: it would block a time that is free again. */
async function removeCopy(target: Target, now: Date): Promise<void> {
  const ref =
    target.remoteId === null ? await findCopy(target, now) : { id: target.remoteId, etag: target.etag };
  if (ref) {
    await remove(target, ref, now).catch((error) => {
      if (!isConflict(error)) throw error;
      // The host edited the copy of a meeting that is off.
      return remove(target, { id: ref.id, etag: null }, now);
    });
  }
  await database().transaction(async (tx) => {
    await tx.delete(appointmentTargets).where(eq(appointmentTargets.id, target.id));
    await tx.delete(syncedEvents).where(isCopy(target));
  });
}

const remove = (target: Target, ref: RemoteRef, now: Date) =>
  write(target, "deleted", now, (provider, calendarId) => provider.deleteEvent(calendarId, ref));

/** Where the copy lies, by its UID in a fresh reading: for one whose address or version we do not know. */
async function findCopy(target: Target, now: Date): Promise<RemoteRef | undefined> {
  await pullCalendar(target.calendarId, now);
  const [found] = await database()
    .select({ id: syncedEvents.providerEventId, etag: syncedEvents.etag })
    .from(syncedEvents)
    .where(isCopy(target));
  return found;
}

const isCopy = ({ calendarId, uid }: Target) =>
  and(eq(syncedEvents.calendarId, calendarId), eq(syncedEvents.uid, uid));

type Provider = Awaited<ReturnType<typeof openCalendar>>["provider"];

/** One change at the provider, with its row in the sync log. */
async function write<T>(
  { calendarId }: Target,
  change: Exclude<keyof Counts, "processed">,
  now: Date,
  work: (provider: Provider, remoteId: string) => Promise<T>,
): Promise<T> {
  const { result } = await logRun(calendarId, "push", now, async () => {
    const { calendar, provider } = await openCalendar(calendarId);
    return {
      result: await work(provider, calendar.remoteId),
      counts: { ...noChange, processed: 1, [change]: 1 },
    };
  });
  return result;
}

const isConflict = (error: unknown) => error instanceof AppError && error.code === "conflict";

function draftOf(appointment: Appointment, target: Target): EventDraft {
  const { sequence, title, description, location, startsAt, endsAt, timeZone } = appointment;
  const time = { kind: "timed", startsAt, endsAt } as const;
  return { uid: target.uid, sequence, title, description, location, time, timeZone };
}

/** Copies are compared by meaning (DESIGN 18): servers rewrite the bytes. */
function hashOf(draft: EventDraft): string {
  return createHash("sha256").update(JSON.stringify(draft)).digest("base64url");
}
