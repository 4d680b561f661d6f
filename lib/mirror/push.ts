import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { appointments, appointmentTargets } from "@/db/schema";
import { openCalendar } from "@/lib/connections/open";
import type { EventDraft, RemoteRef } from "@/lib/providers/provider";
import { logRun, noChange, sentenceOf } from "@/lib/sync/log";
import { addTarget } from "./targets";

type Target = typeof appointmentTargets.$inferSelect;
type Appointment = typeof appointments.$inferSelect;

/**
 * Puts a booking's appointment into every calendar it has a target in, or into the destination calendar when it
 * has none yet. A target that holds it already asks nothing; repeating a push whose answer was lost makes no
 * second event.
 * @throws AppError from the provider, after noting it on the target
 */
export async function pushBooking(bookingId: string, now: Date): Promise<void> {
  const [appointment] = await database()
    .select()
    .from(appointments)
    .where(eq(appointments.bookingId, bookingId));
  if (!appointment) return;
  for (const target of await listTargets(appointment)) await pushTarget(appointment, target, now);
}

async function listTargets(appointment: Appointment): Promise<Target[]> {
  const list = () =>
    database().select().from(appointmentTargets).where(eq(appointmentTargets.appointmentId, appointment.id));
  const targets = await list();
  if (targets.length > 0) return targets;
  await addTarget(database(), appointment);
  return list();
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
  const previous = target.remoteId === null ? undefined : { id: target.remoteId, etag: target.etag };
  const { ref } = await logRun(target.calendarId, "push", now, async () => {
    const { calendar, provider } = await openCalendar(target.calendarId);
    return {
      ref: await provider.putEvent(calendar.remoteId, draft, previous),
      counts: { ...noChange, processed: 1, [previous ? "updated" : "created"]: 1 },
    };
  });
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
