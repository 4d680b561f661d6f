import { eq } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { bookings } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { removeAppointment } from "./appointment";
import { type BookingRow, lockBooking } from "./lock";
import { queueBookingMails } from "./mails";
import { getOwnBookingId, getVisitorBookingId } from "./owner";
import { reasonInput } from "./schema";

/**
 * The visitor calls their booking off, also one that is not confirmed yet. Its time is free at once; its copies and
 * the mails follow. A booking that is off already stays as it is.
 * @throws AppError not_found; invalid when it is over, or the reason too long; conflict when it was declined
 */
export async function cancelByVisitor(token: string, input: unknown, now: Date): Promise<void> {
  const { reason } = parseInput(reasonInput, input);
  await cancel(getVisitorBookingId(token), { by: "visitor", reason }, now);
}

/** The same, by its host. @throws AppError not_found, also for somebody else's; else as above */
export async function cancelBooking(viewer: Viewer, id: string, input: unknown, now: Date): Promise<void> {
  const { reason } = parseInput(reasonInput, input);
  await cancel(await getOwnBookingId(viewer, id), { by: "host", reason }, now);
}

type Cancellation = {
  by: NonNullable<BookingRow["cancelledBy"]>;
  reason: string | null;
  /** By deleting its event there. */
  inCalendar?: boolean;
};

async function cancel(bookingId: string, cancellation: Cancellation, now: Date): Promise<void> {
  await database().transaction(async (tx) => {
    const booking = await lockBooking(tx, bookingId);
    if (booking.status === "cancelled") return;
    if (booking.status === "declined") throw new AppError("conflict", "This booking was declined already.");
    if (booking.endsAt <= now)
      throw new AppError("invalid", "This meeting is over, so it cannot be cancelled.");
    await callOff(tx, booking, cancellation, now);
  });
}

/** What becomes of a booking that is off, however it came about. Callers hold its lock. */
export async function callOff(
  tx: Transaction,
  booking: BookingRow,
  { by, reason, inCalendar = false }: Cancellation,
  now: Date,
): Promise<void> {
  await tx
    .update(bookings)
    .set({
      status: "cancelled",
      cancelledBy: by,
      reason,
      sequence: booking.sequence + 1,
      waitsFor: null,
      movesToStart: null,
      movesToEnd: null,
      movedBy: null,
    })
    .where(eq(bookings.id, booking.id));
  await removeAppointment(tx, booking, now);
  await sendEvent(tx, { name: "booking/cancelled", data: { bookingId: booking.id } });
  await queueBookingMails(tx, booking.id, { kind: "cancelled", inCalendar }, now);
}
