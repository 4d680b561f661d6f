import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { bookings, eventTypes } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { addAppointment, moveAppointment } from "./appointment";
import type { BookingRow } from "./lock";
import { queueBookingMails } from "./mails";
import { findWanted, type Wanted } from "./wanted";

type Status = BookingRow["status"];
type Refusal = { because: NonNullable<BookingRow["declineReason"]>; reason?: string | null };

// What becomes of a wanted time. Callers hold the booking's lock and have found the time free, or not.

const decided = { waitsFor: null, movesToStart: null, movesToEnd: null, movedBy: null } as const;

/** The booking takes place, or takes place at its new time; who is to know is told. */
export async function approve(tx: Transaction, booking: BookingRow, now: Date): Promise<Status> {
  const wanted = findWanted(booking);
  if (wanted?.kind === "booking") await confirm(tx, booking, now);
  if (wanted?.kind === "move") await move(tx, booking, wanted, now);
  return "confirmed";
}

/** Approves, unless the host asked to have a say: in bookings of this event type, and in moves visitors ask for. */
export async function approveOrAsk(tx: Transaction, booking: BookingRow, now: Date): Promise<Status> {
  const [eventType] = await tx
    .select({ requiresApproval: eventTypes.requiresApproval })
    .from(eventTypes)
    .where(eq(eventTypes.id, booking.eventTypeId));
  if (!eventType?.requiresApproval || booking.movedBy === "host") return approve(tx, booking, now);
  return waitForHost(tx, booking, "approval", now);
}

/** The time stays held until the host answers. */
export async function waitForHost(
  tx: Transaction,
  { id, status }: BookingRow,
  waitsFor: NonNullable<BookingRow["waitsFor"]>,
  now: Date,
): Promise<Status> {
  await tx.update(bookings).set({ waitsFor }).where(eq(bookings.id, id));
  await queueBookingMails(tx, id, { kind: "awaits_host" }, now);
  return status;
}

/** The wanted time goes back; a booking that was to move stays where it is. */
export async function refuse(
  tx: Transaction,
  booking: BookingRow,
  { because, reason = null }: Refusal,
  now: Date,
): Promise<Status> {
  const { id, movedBy } = booking;
  const wanted = findWanted(booking);
  if (wanted?.kind === "booking") {
    await tx
      .update(bookings)
      .set({ ...decided, status: "declined", declineReason: because, reason, decidedAt: now })
      .where(eq(bookings.id, id));
    await queueBookingMails(tx, id, { kind: "declined" }, now);
    return "declined";
  }
  if (wanted?.kind === "move") {
    await tx
      .update(bookings)
      .set({ ...decided, reason })
      .where(eq(bookings.id, id));
    const to = { startsAt: wanted.startsAt, endsAt: wanted.endsAt };
    await queueBookingMails(
      tx,
      id,
      { kind: "move_refused", to, because, ...(movedBy && { by: movedBy }) },
      now,
    );
  }
  return booking.status;
}

async function confirm(tx: Transaction, booking: BookingRow, now: Date): Promise<void> {
  const { id } = booking;
  await tx
    .update(bookings)
    .set({ ...decided, status: "confirmed", decidedAt: now })
    .where(eq(bookings.id, id));
  await addAppointment(tx, booking, now);
  await sendEvent(tx, { name: "booking/confirmed", data: { bookingId: id } });
  await queueBookingMails(tx, id, { kind: "confirmed" }, now);
}

async function move(tx: Transaction, booking: BookingRow, to: Wanted, now: Date): Promise<void> {
  const { id, startsAt, endsAt } = booking;
  const sequence = booking.sequence + 1;
  const times = { startsAt: to.startsAt, endsAt: to.endsAt };
  await tx
    .update(bookings)
    .set({ ...decided, ...times, sequence, reason: null, decidedAt: now })
    .where(eq(bookings.id, id));
  await moveAppointment(tx, booking, { ...times, sequence }, now);
  await sendEvent(tx, { name: "booking/moved", data: { bookingId: id } });
  await queueBookingMails(tx, id, { kind: "moved", from: { startsAt, endsAt } }, now);
}
