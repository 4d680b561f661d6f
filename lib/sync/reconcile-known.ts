import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments, appointmentTargets, bookings, syncedEvents } from "@/db/schema";
import type { Target } from "@/lib/mirror/copy";
import type { Located } from "./locate-copy";

/** A target with all that its settlement depends on. */
export type Known = NonNullable<Awaited<ReturnType<typeof loadKnown>>>;

export async function loadKnown(tx: Pick<Transaction, "select">, targetId: string) {
  const [row] = await tx
    .select({
      target: appointmentTargets,
      appointment: appointments,
      booking: bookings,
      mayEdit,
      elsewhere,
    })
    .from(appointmentTargets)
    .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .leftJoin(bookings, eq(bookings.id, appointments.bookingId))
    .where(eq(appointmentTargets.id, targetId));
  return row && { ...row, readEtag: await findReadEtag(tx, row.target) };
}

/** Whether the host whose calendar it is may change the appointment; as the policies of `appointments` have it. */
const mayEdit = sql<boolean>`case when ${appointments.projectId} is null
  then ${appointments.ownerId} = ${appointmentTargets.ownerId}
  else coalesce((
    select max(m.role) >= 'editor' and not p.is_archived
    from projects p join project_members m on m.project_id = any(string_to_array(p.path::text, '.')::uuid[])
    where p.id = ${appointments.projectId} and m.user_id = ${appointmentTargets.ownerId}
    group by p.id
  ), false) end`;

/** The calendars that other copies of it lie in. One with the same name that is to go is this one, as it was before. */
const elsewhere = sql<string[]>`array(
  select other.calendar_id::text from appointment_targets other
  where other.appointment_id = ${appointments.id} and other.id <> ${appointmentTargets.id}
    and (other.removed_at is null or other.uid <> ${appointmentTargets.uid})
  order by other.calendar_id
)`;

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
  // Where a provider names the occurrences of a series one by one, each has a version of its own. What was found by
  // its name may lie where no pull reads.
  if ((copy.isRecurring || known.target.remoteId === null) && readEtag === undefined) return true;
  const isWhereItWas = calendarId === known.target.calendarId && copy.id === known.target.remoteId;
  return readEtag === copy.etag || (isWhereItWas && readEtag === known.readEtag);
}

function stateOf({ target, appointment, booking, mayEdit, elsewhere }: Known): string {
  // When a push looks at it, and who does, says nothing about it.
  const { pushDueAt, takenUntil, attempts, lastError, ...lies } = target;
  const { status, sequence, startsAt, endsAt } = booking ?? {};
  return JSON.stringify([lies, appointment, mayEdit, elsewhere, status, sequence, startsAt, endsAt]);
}
