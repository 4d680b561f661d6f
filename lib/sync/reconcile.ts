import { eq, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { appointments, appointmentTargets } from "@/db/schema";
import { lockBooking } from "@/lib/booking/lock";
import { AppError } from "@/lib/errors";
import { draftOf, isConflict, putCopy, type Target } from "@/lib/mirror/copy";
import { readPushed } from "@/lib/mirror/pushed";
import type { RemoteCopy } from "@/lib/providers/provider";
import { failElsewhere, type Located, locateCopy } from "./locate-copy";
import { lockCalendar } from "./lock";
import { logRun, noChange, sentenceOf } from "./log";
import { act, isAstray, updateTarget } from "./reconcile-act";
import type { ReconcileDetail } from "./reconcile-detail";
import { isStill, type Known, loadKnown } from "./reconcile-known";
import { detailOf } from "./reconcile-outcome";
import { planReconcile, type Situation } from "./reconcile-plan";

const attempts = 3;

/**
 * Settles a copy that is no longer what was pushed (docs/sync.md): reads that one event again and decides whose word
 * counts. A copy nobody marked, or that is to go anyway, is left alone.
 * @throws AppError from the provider; the copy stays marked, and both times stay taken
 */
export async function reconcileTarget(targetId: string, now: Date): Promise<void> {
  const found = await loadKnown(database(), targetId);
  if (!found?.target.divergedAt) return;
  const { calendarId, bindingId } = found.target;
  const work = async () => {
    const detail = await settle(found.target, now).catch((error) => noteFailure(targetId, error));
    return { counts: { ...noChange, processed: 1 }, ...(detail && { detail }) };
  };
  await logRun(calendarId, "reconcile", now, work, bindingId);
}

/** Whoever looks at a binding sees which of its copies are not where they should be, and why. */
async function noteFailure(targetId: string, error: unknown): Promise<never> {
  await database()
    .update(appointmentTargets)
    .set({ lastError: sentenceOf(error) })
    .where(eq(appointmentTargets.id, targetId));
  throw error;
}

/** What was decided on a state that is not the present one any more is decided anew. */
async function settle({ id, calendarId }: Target, now: Date): Promise<ReconcileDetail | null> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const known = await loadKnown(database(), id);
    if (!known?.target.divergedAt) return null;
    const located = await locateCopy(known.target, now);
    const outcome = await conclude(known, located, now);
    if (outcome === "changed meanwhile") continue;
    if (!outcome.write) return outcome.detail;
    const read = located && !isAstray(known, located) ? located : null;
    const writing = writeOurs(id, read?.copy ?? null, now);
    const isHere = !read || read.calendarId === calendarId;
    const isWritten = await (isHere ? writing : writing.catch(failElsewhere));
    if (isWritten) return outcome.detail;
  }
  throw new AppError("unavailable", "The event kept changing while it was being settled.");
}

type Outcome = { detail: ReconcileDetail | null; write: boolean };

/** Decides, and does all of it that is ours to do, in one transaction. `write`: our version is to be written there. */
async function conclude(
  known: Known,
  located: Located | null,
  now: Date,
): Promise<Outcome | "changed meanwhile"> {
  const { target, appointment } = known;
  return database().transaction(async (tx) => {
    const booking = appointment.bookingId ? await lockBooking(tx, appointment.bookingId) : null;
    await lockCalendar(tx, located?.calendarId ?? target.calendarId);
    await aimAgain(tx, appointment.id);
    if (!(await isStill(tx, known, located))) return "changed meanwhile";
    if (target.removedAt || (booking && booking.status !== "confirmed")) {
      await updateTarget(tx, target, { divergedAt: null, vanishedInBulk: false, lastError: null });
      return { detail: null, write: false };
    }
    const situation = situationOf(known, located, now);
    const planned = planReconcile(situation);
    const decision = await act(tx, { known, booking, located, decision: planned, now });
    return {
      detail: detailOf(known, located, decision),
      write: decision.kind === "deliver" || decision.kind === "keep" || decision.kind === "refuse",
    };
  });
}

/**
 * What left the scope, for one that was switched off or lost sight of a project, say, is nobody's word about the
 * appointment any more, though the push that takes its copies away may not have begun.
 */
async function aimAgain(tx: Transaction, appointmentId: string): Promise<void> {
  await tx
    .select({ id: appointments.id })
    .from(appointments)
    .where(eq(appointments.id, appointmentId))
    .for("no key update");
  await tx.execute(sql`select aim_targets(null, ${appointmentId}::uuid)`);
}

function situationOf(known: Known, located: Located | null, now: Date): Situation {
  const { target, appointment, mayEdit } = known;
  return {
    ours: draftOf(appointment, target),
    oursChangedAt: appointment.updatedAt,
    oursEndsAt: appointment.lastEndsAt,
    isBooking: appointment.bookingId !== null,
    mayEdit,
    pushed: { ...readPushed(target.pushedHash), at: target.pushedAt },
    copy: located?.copy ?? null,
    isAstray: located !== null && isAstray(known, located),
    wasThere: target.remoteId !== null,
    vanishedInBulk: target.vanishedInBulk,
    seenAt: target.divergedAt ?? now,
    now,
  };
}

/**
 * Ours, over exactly what was read; new where nothing was.
 * @returns false when something newer is there by now
 */
async function writeOurs(targetId: string, read: RemoteCopy | null, now: Date): Promise<boolean> {
  const known = await loadKnown(database(), targetId);
  // It was called off meanwhile, and its copy goes.
  if (!known || known.target.removedAt) return true;
  const { target, appointment } = known;
  try {
    await putCopy(target, appointment, read ? { id: read.id, etag: read.etag } : undefined, now);
    return true;
  } catch (error) {
    if (!isConflict(error)) throw error;
  }
  if (read || target.remoteId === null) return false;
  // An event that was called off is still in the way of a new one with its name; one that lives again is not.
  if ((await locateCopy(target, now)) !== null) return false;
  try {
    await putCopy(target, appointment, { id: target.remoteId, etag: null }, now);
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}
