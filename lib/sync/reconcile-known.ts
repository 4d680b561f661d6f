import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments, appointmentTargets, bookings, syncedEvents } from "@/db/schema";
import type { Target } from "@/lib/mirror/copy";
import type { Located } from "./locate-copy";

/** A target with all that its settlement depends on. */
export type Known = NonNullable<Awaited<ReturnType<typeof loadKnown>>>;

export async function loadKnown(tx: Pick<Transaction, "select">, targetId: string) {
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

/** Nothing we decide on has moved since, and no pull read a version that we did not. */
export async function isStill(tx: Transaction, known: Known, located: Located | null): Promise<boolean> {
  const fresh = await loadKnown(tx, known.target.id);
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
