import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets } from "@/db/schema";
import { openCalendar } from "@/lib/connections/open";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import { logRun, noChange, sentenceOf } from "@/lib/sync/log";

type Target = typeof appointmentTargets.$inferSelect;
type Appointment = typeof appointments.$inferSelect;

/**
 * Puts a booking's appointment into every calendar it has a target in. A target that holds it already asks
 * nothing; repeating a push whose answer was lost makes no second event.
 * @throws AppError from the provider, after noting it on the target
 */
export async function pushBooking(bookingId: string, now: Date): Promise<void> {
  const rows = await database()
    .select({ appointment: appointments, target: appointmentTargets })
    .from(appointmentTargets)
    .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .where(eq(appointments.bookingId, bookingId));
  for (const { appointment, target } of rows) await pushTarget(appointment, target, now);
}

async function pushTarget(appointment: Appointment, target: Target, now: Date): Promise<void> {
  const draft = draftOf(appointment, target);
  const pushedHash = hashOf(draft);
  if (target.pushedHash === pushedHash) return;
  try {
    await remember(target, await put(target, draft, now), pushedHash, now);
  } catch (error) {
    const lastError = sentenceOf(error);
    await database()
      .update(appointmentTargets)
      .set({ lastError })
      .where(eq(appointmentTargets.id, target.id));
    throw error;
  }
}

async function put(target: Target, draft: EventDraft, now: Date): Promise<RemoteRef> {
  const { calendar, provider } = await openCalendar(target.calendarId);
  const previous = target.remoteId === null ? undefined : { id: target.remoteId, etag: target.etag };
  const { ref } = await logRun({ calendar, operation: "push", now }, async () => ({
    ref: await provider.putEvent(calendar.remoteId, draft, previous),
    counts: { ...noChange, processed: 1, [previous ? "updated" : "created"]: 1 },
  }));
  return ref;
}

async function remember(target: Target, ref: RemoteRef, pushedHash: string, now: Date): Promise<void> {
  await database()
    .update(appointmentTargets)
    .set({ remoteId: ref.id, etag: ref.etag, pushedHash, pushedAt: now, lastError: null })
    .where(eq(appointmentTargets.id, target.id));
}

function draftOf(appointment: Appointment, target: Target): EventDraft {
  const { sequence, title, description, location, startsAt, endsAt, timeZone } = appointment;
  const time = { kind: "timed", startsAt, endsAt } as const;
  return { uid: target.uid, sequence, title, description, location, time, timeZone };
}

/** Copies are compared by meaning (DESIGN 18): servers rewrite the bytes. */
function hashOf(draft: EventDraft): string {
  return createHash("sha256").update(JSON.stringify(draft)).digest("base64url");
}
