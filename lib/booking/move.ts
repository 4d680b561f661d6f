import { eq } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { sqlState, sqlStateOf } from "@/db/errors";
import { bookings, eventTypes } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import type { Viewer } from "@/lib/auth/viewer";
import { getAvailableSlots, type Slot } from "@/lib/availability/slots";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { durationAfterMove } from "./duration";
import { describeObstacle, findObstacle, justTaken } from "./free";
import { type BookingRow, lockBooking } from "./lock";
import { getOwnBookingId, getVisitorBookingId } from "./owner";
import { hostMoveInput, moveInput } from "./schema";

/**
 * The visitor asks for another time, by all the rules of a new booking; its own places count as free. A confirmed
 * booking holds both times until the confirm run, or the host, has decided. The time it has: nothing happens, and a
 * move asked for before is dropped.
 * @throws AppError not_found; invalid, naming the field, or because it is over; conflict when the time is not free or
 * the booking is off
 */
export async function moveByVisitor(token: string, input: unknown, now: Date): Promise<void> {
  const { start } = parseInput(moveInput, input);
  await move(getVisitorBookingId(token), { by: "visitor", start, evenIfNotOffered: false }, now);
}

/**
 * The host moves a confirmed booking of theirs; nobody needs to approve that.
 * @param input `evenIfNotOffered`: to a time their own rules do not offer, as long as they are free
 * @throws AppError not_found, also for somebody else's; else as above, and conflict while the booking is pending
 */
export async function moveBooking(viewer: Viewer, id: string, input: unknown, now: Date): Promise<void> {
  const { start, evenIfNotOffered } = parseInput(hostMoveInput, input);
  await move(await getOwnBookingId(viewer, id), { by: "host", start, evenIfNotOffered }, now);
}

type Wish = { by: NonNullable<BookingRow["movedBy"]>; start: Date; evenIfNotOffered: boolean };

async function move(bookingId: string, wish: Wish, now: Date): Promise<void> {
  try {
    await database().transaction(async (tx) => {
      const booking = await lockBooking(tx, bookingId);
      requireMovable(booking, wish, now);
      if (isAt(booking.startsAt, wish)) return dropMove(tx, booking, wish);
      if (isAskedAlready(booking, wish)) return;
      const to = await findSlot(tx, booking, wish, now);
      if (booking.status === "pending") await moveHold(tx, booking, to);
      else await holdBoth(tx, booking, wish, to);
      const data = { bookingId, start: to.startsAt.toISOString() };
      await sendEvent(tx, { name: "booking/requested", data });
    });
  } catch (error) {
    // A booking keeps the buffers it was made with; where the host has shortened them since, they may not fit.
    if (sqlStateOf(error) === sqlState.exclusionViolation) throw justTaken();
    throw error;
  }
}

function requireMovable({ status, endsAt }: BookingRow, { by }: Wish, now: Date): void {
  if (status === "cancelled") throw new AppError("conflict", "This booking was cancelled.");
  if (status === "declined") throw new AppError("conflict", "This booking was declined.");
  if (endsAt <= now) throw new AppError("invalid", "This meeting is over, so it cannot be moved.");
  if (status === "pending" && by === "host")
    throw new AppError("conflict", "Accept or decline this booking first.");
}

const isAt = (time: Date | null, { start }: Wish) => time?.getTime() === start.getTime();

/** A host who asks for the time the visitor asked for decides; the other way round there is nothing to add. */
function isAskedAlready(booking: BookingRow, wish: Wish): boolean {
  return isAt(booking.movesToStart, wish) && (wish.by === "visitor" || booking.movedBy === "host");
}

async function dropMove(tx: Transaction, { id, movedBy }: BookingRow, { by }: Wish): Promise<void> {
  if (movedBy !== by) return;
  await tx
    .update(bookings)
    .set({ movesToStart: null, movesToEnd: null, movedBy: null, waitsFor: null })
    .where(eq(bookings.id, id));
}

async function findSlot(tx: Transaction, booking: BookingRow, wish: Wish, now: Date): Promise<Slot> {
  const [eventType] = await tx.select().from(eventTypes).where(eq(eventTypes.id, booking.eventTypeId));
  if (!eventType) throw new Error(`Booking ${booking.id} has no event type.`);
  const { by, start, evenIfNotOffered } = wish;
  const durationMinutes = durationAfterMove(eventType, booking);
  if (evenIfNotOffered) return findAnyTime(tx, booking, { start, durationMinutes, now });
  const [slot] = await getAvailableSlots(
    {
      eventTypeId: eventType.id,
      from: start,
      to: new Date(start.getTime() + 1),
      now,
      durationMinutes,
      except: booking.id,
    },
    tx,
  );
  if (slot) return slot;
  throw by === "visitor"
    ? justTaken()
    : new AppError("conflict", "This time is not offered to visitors, or not free.", { field: "start" });
}

type Start = { start: Date; durationMinutes: number; now: Date };

async function findAnyTime(tx: Transaction, booking: BookingRow, { start, durationMinutes, now }: Start) {
  if (start <= now) throw new AppError("invalid", "This time has passed.", { field: "start" });
  const slot = { startsAt: start, endsAt: new Date(start.getTime() + durationMinutes * 60_000) };
  const obstacle = await findObstacle(tx, booking, slot);
  if (obstacle) throw new AppError("conflict", describeObstacle(obstacle), { field: "start" });
  return slot;
}

/** Nobody was promised the time of a pending booking yet, so it just wants checking anew. */
async function moveHold(tx: Transaction, { id, sequence }: BookingRow, to: Slot): Promise<void> {
  await tx
    .update(bookings)
    .set({ ...to, sequence: sequence + 1, waitsFor: null })
    .where(eq(bookings.id, id));
}

async function holdBoth(tx: Transaction, { id }: BookingRow, { by }: Wish, to: Slot): Promise<void> {
  await tx
    .update(bookings)
    .set({ movesToStart: to.startsAt, movesToEnd: to.endsAt, movedBy: by, waitsFor: null })
    .where(eq(bookings.id, id));
}
