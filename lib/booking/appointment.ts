import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { type Answer, appointments, eventTypes, users } from "@/db/schema";
import { addTarget, moveTargets, removeTargets } from "@/lib/mirror/targets";
import { bookingUid } from "./ics";
import type { BookingRow } from "./lock";
import { placeOf } from "./place";

// A confirmed booking owns an appointment, which is mirrored into the host's destination calendar (DESIGN 6).

export async function addAppointment(tx: Transaction, booking: BookingRow, now: Date): Promise<void> {
  const [source] = await tx
    .select({
      title: eventTypes.title,
      locationKind: eventTypes.locationKind,
      location: eventTypes.location,
      timeZone: users.timeZone,
    })
    .from(eventTypes)
    .innerJoin(users, eq(users.id, eventTypes.hostId))
    .where(eq(eventTypes.id, booking.eventTypeId));
  if (!source) throw new Error(`Booking ${booking.id} has no event type.`);
  const [appointment] = await tx
    .insert(appointments)
    .values({
      ownerId: booking.hostId,
      bookingId: booking.id,
      uid: bookingUid(booking.id),
      sequence: booking.sequence,
      title: `${source.title}: ${booking.visitorName}`,
      description: describeVisitor(booking),
      location: placeOf(source, booking),
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      timeZone: source.timeZone,
      updatedAt: now,
    })
    .returning();
  if (appointment) await addTarget(tx, appointment);
}

type Change = { startsAt: Date; endsAt: Date; sequence: number };

export async function moveAppointment(
  tx: Transaction,
  { id }: Pick<BookingRow, "id">,
  change: Change,
  now: Date,
): Promise<void> {
  const [before] = await tx.select().from(appointments).where(eq(appointments.bookingId, id));
  if (!before) return;
  await tx
    .update(appointments)
    .set({ ...change, updatedAt: now })
    .where(eq(appointments.id, before.id));
  await moveTargets(tx, before, change);
}

/** Its copies are to go from every calendar; the appointment goes with the last of them (lib/mirror/push). */
export async function removeAppointment(tx: Transaction, { id }: BookingRow, now: Date): Promise<void> {
  const [appointment] = await tx.select().from(appointments).where(eq(appointments.bookingId, id));
  if (appointment) await removeTargets(tx, appointment.id, now);
}

/** All the host wants at hand when the meeting begins. */
function describeVisitor(booking: BookingRow): string {
  const { visitorName, visitorEmail, visitorPhone, visitorNote, answers } = booking;
  const who = [`${visitorName} <${visitorEmail}>`, visitorPhone].filter(Boolean).join("\n");
  return [who, visitorNote, ...answers.map(writeAnswer)].filter(Boolean).join("\n\n");
}

const writeAnswer = ({ label, answer }: Answer) => `${label}\n${answer}`;
