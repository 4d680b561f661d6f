import { and, eq } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { appointments, appointmentTargets, bookings, syncedEvents } from "@/db/schema";
import { cancelByCalendar, moveByCalendar, tellPutBack } from "@/lib/booking/by-calendar";
import { type BookingRow, lockBooking } from "@/lib/booking/lock";
import { AppError } from "@/lib/errors";
import { type Appointment, draftOf, isConflict, putCopy, type Target } from "@/lib/mirror/copy";
import { hashOf, isSameTime, meaningOf } from "@/lib/mirror/meaning";
import { readPushed } from "@/lib/mirror/pushed";
import type { RemoteCopy } from "@/lib/providers/provider";
import { type Located, locateCopy } from "./locate-copy";
import { lockCalendar } from "./lock";
import { logRun, noChange } from "./log";
import type { ReconcileDetail } from "./reconcile-detail";
import { type Decision, planReconcile, type Situation } from "./reconcile-plan";

const attempts = 3;

/**
 * Settles a copy that is no longer what was pushed (docs/sync.md): reads that one event again and decides whose word
 * counts. A copy nobody marked, or that is to go anyway, is left alone.
 * @throws AppError from the provider; the copy stays marked, and both times stay taken
 */
export async function reconcileTarget(targetId: string, now: Date): Promise<void> {
  const found = await load(database(), targetId);
  if (!found?.target.divergedAt) return;
  await logRun(found.target.calendarId, "reconcile", now, async () => {
    const detail = await settle(targetId, now);
    return { counts: { ...noChange, processed: 1 }, ...(detail && { detail }) };
  });
}

/** What was decided on a state that is not the present one any more is decided anew. */
async function settle(targetId: string, now: Date): Promise<ReconcileDetail | null> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const known = await load(database(), targetId);
    if (!known?.target.divergedAt) return null;
    const located = await locateCopy(known.target, now);
    const outcome = await conclude(known, located, now);
    if (outcome === "changed meanwhile") continue;
    if (!outcome.write) return outcome.detail;
    const isWritten = await writeOurs(targetId, located?.copy ?? null, now);
    if (isWritten) return outcome.detail;
  }
  throw new AppError("unavailable", "The event kept changing while it was being settled.");
}

type Known = NonNullable<Awaited<ReturnType<typeof load>>>;

/** The target with all that its settlement depends on. */
async function load(tx: Pick<Transaction, "select">, targetId: string) {
  const [row] = await tx
    .select({ target: appointmentTargets, appointment: appointments, booking: bookings })
    .from(appointmentTargets)
    .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .leftJoin(bookings, eq(bookings.id, appointments.bookingId))
    .where(eq(appointmentTargets.id, targetId));
  return row && { ...row, readEtag: await findReadEtag(tx, row.target) };
}

/** The version that the latest pull read; undefined when it read none. */
async function findReadEtag(
  tx: Pick<Transaction, "select">,
  { calendarId, remoteId }: Pick<Target, "calendarId" | "remoteId">,
): Promise<string | null | undefined> {
  const [reading] = await tx
    .select({ etag: syncedEvents.etag })
    .from(syncedEvents)
    .where(and(eq(syncedEvents.calendarId, calendarId), eq(syncedEvents.providerEventId, remoteId ?? "")))
    .limit(1);
  return reading?.etag;
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
    if (!(await isStill(tx, known, located))) return "changed meanwhile";
    if (target.removedAt || (booking && booking.status !== "confirmed")) {
      await updateTarget(tx, target, { divergedAt: null });
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

/** Nothing we decide on has moved since, and no pull read a version that we did not. */
async function isStill(tx: Transaction, known: Known, located: Located | null): Promise<boolean> {
  const fresh = await load(tx, known.target.id);
  if (!fresh || stateOf(fresh) !== stateOf(known)) return false;
  if (!located) return fresh.readEtag === known.readEtag;
  const { calendarId, copy } = located;
  const readEtag = await findReadEtag(tx, { calendarId, remoteId: copy.id });
  // Of a series only its occurrences are read, each with a version of its own; it is never followed.
  if (copy.isRecurring && readEtag === undefined) return true;
  const isWhereItWas = calendarId === known.target.calendarId && copy.id === known.target.remoteId;
  return readEtag === copy.etag || (isWhereItWas && readEtag === known.readEtag);
}

function stateOf({ target, appointment, booking }: Known): string {
  const { status, sequence, startsAt, endsAt } = booking ?? {};
  return JSON.stringify([target, appointment, status, sequence, startsAt, endsAt]);
}

function situationOf({ target, appointment }: Known, located: Located | null, now: Date): Situation {
  const { title, description, location, startsAt, endsAt, updatedAt } = appointment;
  return {
    ours: { title, description, location, time: { kind: "timed", startsAt, endsAt } },
    oursChangedAt: updatedAt,
    isBooking: appointment.bookingId !== null,
    pushed: { ...readPushed(target.pushedHash), at: target.pushedAt },
    copy: located?.copy ?? null,
    wasThere: target.remoteId !== null,
    seenAt: target.divergedAt ?? now,
    now,
  };
}

type Act = {
  known: Known;
  booking: BookingRow | null;
  located: Located | null;
  decision: Decision;
  now: Date;
};

/** @returns what it came to: a time that another booking holds turns into a refusal */
async function act(tx: Transaction, { known, booking, located, decision, now }: Act): Promise<Decision> {
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

async function updateTarget(
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
          eq(appointmentTargets.appointmentId, appointmentId),
          eq(appointmentTargets.calendarId, values.calendarId),
        ),
      );
  }
  await tx.update(appointmentTargets).set(values).where(eq(appointmentTargets.id, target.id));
}

/**
 * Ours, over exactly what was read; new where nothing was.
 * @returns false when something newer is there by now
 */
async function writeOurs(targetId: string, read: RemoteCopy | null, now: Date): Promise<boolean> {
  const known = await load(database(), targetId);
  if (!known) return true;
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

const outcomes: Record<Decision["kind"], ReconcileDetail["outcome"]> = {
  adopt: "unchanged",
  deliver: "delivered",
  apply: "followed",
  cancel: "cancelled",
  keep: "kept",
  refuse: "put_back",
  leave: "over",
};

function detailOf(
  { target, appointment }: Known,
  located: Located | null,
  decision: Decision,
): ReconcileDetail {
  const loser = "loser" in decision ? decision.loser : null;
  return {
    title: appointment.title,
    bookingId: appointment.bookingId,
    outcome: outcomes[decision.kind],
    because: decision.kind === "refuse" ? decision.because : null,
    isElsewhere: located !== null && located.calendarId !== target.calendarId,
    lost:
      loser === "ours"
        ? { side: "here", says: versionOf(draftOf(appointment, target)) }
        : loser === "theirs"
          ? { side: "calendar", says: located && versionOf(located.copy) }
          : null,
  };
}

function versionOf({ title, description, location, time }: Parameters<typeof meaningOf>[0]) {
  return {
    title,
    description,
    location,
    time:
      time.kind === "allDay"
        ? time
        : { kind: time.kind, startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString() },
  };
}
