import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { sqlState, sqlStateOf } from "@/db/errors";
import { bookings } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { moveAppointment } from "./appointment";
import { callOff } from "./cancel";
import type { BookingRow } from "./lock";
import { type CalendarRefusal, queueBookingMails } from "./mails";

type Times = { startsAt: Date; endsAt: Date };

// What a host does to a booking by changing its event in their calendar. Callers hold the booking's lock.

/**
 * The booking takes place where the host put its event; what the calendar has there else is the host's own business. A
 * move that was asked for and not decided yet is dropped.
 * @returns false when another booking holds that time; nothing is changed then
 */
export async function moveByCalendar(
  tx: Transaction,
  booking: BookingRow,
  times: Times,
  now: Date,
): Promise<boolean> {
  const { id, startsAt, endsAt } = booking;
  const sequence = booking.sequence + 1;
  try {
    await tx.transaction((attempt) =>
      attempt
        .update(bookings)
        .set({
          ...times,
          sequence,
          decidedAt: now,
          reason: null,
          waitsFor: null,
          movesToStart: null,
          movesToEnd: null,
          movedBy: null,
        })
        .where(eq(bookings.id, id)),
    );
  } catch (error) {
    if (sqlStateOf(error) === sqlState.exclusionViolation) return false;
    throw error;
  }
  await moveAppointment(tx, booking, { ...times, sequence }, now);
  await sendEvent(tx, { name: "booking/moved", data: { bookingId: id } });
  const change = { kind: "moved", from: { startsAt, endsAt }, inCalendar: true } as const;
  await queueBookingMails(tx, id, change, now);
  return true;
}

/** The host deleted the event, and so calls the booking off. */
export async function cancelByCalendar(tx: Transaction, booking: BookingRow, now: Date): Promise<void> {
  await callOff(tx, booking, { by: "host", reason: null, inCalendar: true }, now);
}

/**
 * Tells the host why their change of the event was undone; the visitor never heard of it.
 * @param version which change that was: of one it is told once
 */
export async function tellPutBack(
  tx: Transaction,
  booking: BookingRow,
  { because, to, version }: { because: CalendarRefusal; to: Times | null; version: string },
  now: Date,
): Promise<void> {
  await queueBookingMails(tx, booking.id, { kind: "put_back", because, to, version }, now);
}
