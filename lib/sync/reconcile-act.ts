import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments, appointmentTargets } from "@/db/schema";
import { cancelByCalendar, moveByCalendar, tellPutBack } from "@/lib/booking/by-calendar";
import type { BookingRow } from "@/lib/booking/lock";
import type { Appointment, Target } from "@/lib/mirror/copy";
import { hashOf, isSameTime, meaningOf } from "@/lib/mirror/meaning";
import type { RemoteCopy } from "@/lib/providers/provider";
import type { Located } from "./locate-copy";
import type { Known } from "./reconcile-known";
import type { Decision } from "./reconcile-plan";

type Act = {
  known: Known;
  booking: BookingRow | null;
  located: Located | null;
  decision: Decision;
  now: Date;
};

/**
 * Does all of a decision that is ours to do, in one transaction.
 * @returns what it came to: a time that another booking holds turns into a refusal
 */
export async function act(
  tx: Transaction,
  { known, booking, located, decision, now }: Act,
): Promise<Decision> {
  const { target, appointment } = known;
  const place = located && { calendarId: located.calendarId, remoteId: located.copy.id };
  switch (decision.kind) {
    case "cancel":
      await tx.delete(appointmentTargets).where(eq(appointmentTargets.id, target.id));
      if (booking) await cancelByCalendar(tx, booking, now);
      else await tx.delete(appointments).where(eq(appointments.id, appointment.id));
      return decision;
    case "apply": {
      if (!located) return decision;
      const isApplied = await applyTheirs(tx, { appointment, booking, copy: located.copy, now });
      if (!isApplied) {
        const refused = { kind: "refuse", because: "booking", loser: "theirs" } as const;
        return act(tx, { known, booking, located, decision: refused, now });
      }
      await settleTarget(tx, target, located, now);
      return decision;
    }
    case "adopt":
      if (located) await settleTarget(tx, target, located, now);
      return decision;
    case "leave":
      await updateTarget(tx, target, {
        ...place,
        ...(located && { etag: located.copy.etag }),
        divergedAt: null,
      });
      return decision;
    case "refuse":
      if (booking && located) {
        const { time } = located.copy;
        const to = time.kind === "timed" && decision.because !== "repeats" ? time : null;
        // Until ours is written again, saving the same once more is no other change.
        const version = `${target.pushedAt?.toISOString()}:${hashOf(located.copy)}`;
        await tellPutBack(tx, booking, { because: decision.because, to, version }, now);
      }
      break;
  }
  // It stays marked until ours is written there, so that a crash before that is made good by the sweep.
  if (place) await updateTarget(tx, target, place);
  return decision;
}

type Change = { appointment: Appointment; booking: BookingRow | null; copy: RemoteCopy; now: Date };

/** @returns false when another booking holds the time */
async function applyTheirs(tx: Transaction, { appointment, booking, copy, now }: Change): Promise<boolean> {
  const { title, description, location, time } = meaningOf(copy);
  if (time.kind !== "timed") throw new Error("An appointment is never a day.");
  const { startsAt, endsAt } = time;
  if (booking && !isSameTime(time, { ...appointment, kind: "timed" })) {
    if (!(await moveByCalendar(tx, booking, { startsAt, endsAt }, now))) return false;
  }
  await tx
    .update(appointments)
    .set({ title, description, location, startsAt, endsAt, updatedAt: now })
    .where(eq(appointments.id, appointment.id));
  return true;
}

/** The copy says what we say: nothing is to be pushed there, and its version is the one we know. */
async function settleTarget(tx: Transaction, target: Target, located: Located, now: Date): Promise<void> {
  const { calendarId, copy } = located;
  await updateTarget(tx, target, {
    calendarId,
    remoteId: copy.id,
    etag: copy.etag,
    pushedHash: hashOf(copy),
    pushedAt: now,
    lastError: null,
    divergedAt: null,
  });
}

export async function updateTarget(
  tx: Transaction,
  target: Target,
  values: Partial<typeof appointmentTargets.$inferInsert>,
): Promise<void> {
  if (values.calendarId && values.calendarId !== target.calendarId) {
    // A target that was to go from there makes room: its copy is the one that stays.
    const { appointmentId } = target;
    await tx
      .delete(appointmentTargets)
      .where(
        and(
          appointmentId === null ? sql`false` : eq(appointmentTargets.appointmentId, appointmentId),
          eq(appointmentTargets.calendarId, values.calendarId),
        ),
      );
  }
  await tx.update(appointmentTargets).set(values).where(eq(appointmentTargets.id, target.id));
}
