import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments, appointmentTargets } from "@/db/schema";
import { cancelByCalendar, tellPutBack } from "@/lib/booking/by-calendar";
import type { BookingRow } from "@/lib/booking/lock";
import type { CalendarRefusal } from "@/lib/booking/mails";
import type { Target } from "@/lib/mirror/copy";
import { hashOf } from "@/lib/mirror/meaning";
import type { Located } from "./locate-copy";
import { applyTheirs } from "./reconcile-apply";
import type { Known } from "./reconcile-known";
import type { Decision, Refusal } from "./reconcile-plan";

type Act = {
  known: Known;
  booking: BookingRow | null;
  located: Located | null;
  decision: Decision;
  now: Date;
};

/**
 * Does all of a decision that is ours to do, in one transaction.
 * @returns what it came to: a time that another booking holds, say, turns into a refusal
 */
export async function act(tx: Transaction, given: Act): Promise<Decision> {
  const { known, located, decision, now } = given;
  const { target } = known;
  switch (decision.kind) {
    case "cancel":
      await cancel(tx, given);
      return decision;
    case "apply":
      return located ? apply(tx, given, located) : decision;
    case "adopt":
      if (located) await settleTarget(tx, target, located, now);
      return decision;
    case "leave": {
      const isFollowed = located && !isAstray(known, located);
      const rest = isFollowed
        ? { ...placeOf(given), etag: located.copy.etag }
        : { pushDueAt: null, attempts: 0 }; // Nothing is there to be written over.
      await updateTarget(tx, target, { ...rest, divergedAt: null, vanishedInBulk: false, lastError: null });
      return decision;
    }
    case "refuse":
      await tell(tx, given, decision.because);
      break;
  }
  // It stays marked until ours is written there, so that a crash before that is made good by the sweep.
  await updateTarget(tx, target, placeOf(given));
  return decision;
}

/**
 * Only the copy of a booking in the calendar that the host chose for bookings goes where they put it, unless another copy
 * belongs there already.
 */
export const isAstray = ({ target, elsewhere }: Known, { calendarId }: Located): boolean =>
  calendarId !== target.calendarId && (!target.isDestination || elsewhere.includes(calendarId));

async function cancel(tx: Transaction, { known, booking, located, now }: Act): Promise<void> {
  const { target, appointment } = known;
  // What is left of a copy without occurrences goes with the other copies; nobody needs it back.
  if (located) await settleTarget(tx, target, located, now);
  else await tx.delete(appointmentTargets).where(eq(appointmentTargets.id, target.id));
  if (booking) await cancelByCalendar(tx, booking, now);
  else await tx.delete(appointments).where(eq(appointments.id, appointment.id));
}

async function apply(tx: Transaction, given: Act, located: Located): Promise<Decision> {
  const { known, booking, decision, now } = given;
  const outcome = await applyTheirs(tx, {
    appointment: known.appointment,
    booking,
    copy: located.copy,
    now,
  });
  if (outcome === "empty") return act(tx, { ...given, decision: { kind: "cancel", loser: "ours" } });
  if (outcome !== "done")
    return act(tx, { ...given, decision: { kind: "refuse", because: outcome, loser: "theirs" } });
  await settleTarget(tx, known.target, located, now);
  return decision;
}

/** Of a booking the host is told by mail; what else is put back, the log has. */
async function tell(tx: Transaction, { known, booking, located, now }: Act, because: Refusal): Promise<void> {
  if (!booking || !located || !isTold(because)) return;
  const { time } = located.copy;
  const to = time.kind === "timed" && because !== "repeats" ? time : null;
  // Until ours is written again, saving the same once more is no other change.
  const version = `${known.target.pushedAt?.toISOString()}:${hashOf(located.copy)}`;
  await tellPutBack(tx, booking, { because, to, version }, now);
}

const told: Refusal[] = ["booking", "past", "all_day", "repeats", "no_length"] satisfies CalendarRefusal[];
const isTold = (because: Refusal): because is CalendarRefusal => told.includes(because);

/**
 * Where the copy lies from now on. One that went astray is nothing of ours any more; the one that is put in its place has
 * a name of its own, since some servers refuse one twice in an account.
 */
function placeOf({ known, located }: Act): Partial<Target> {
  if (!located) return {};
  if (!isAstray(known, located)) return { calendarId: located.calendarId, remoteId: located.copy.id };
  return { uid: `${randomUUID()}@calends`, remoteId: null, etag: null, pushedHash: null };
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
    pushDueAt: null,
    attempts: 0,
    lastError: null,
    divergedAt: null,
    vanishedInBulk: false,
  });
}

export async function updateTarget(
  tx: Transaction,
  target: Target,
  values: Partial<typeof appointmentTargets.$inferInsert>,
): Promise<void> {
  if (Object.keys(values).length === 0) return;
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
    // A binding may want it where it was, too.
    await tx.execute(sql`select request_push(${target.calendarId}::uuid)`);
  }
  await tx.update(appointmentTargets).set(values).where(eq(appointmentTargets.id, target.id));
}
