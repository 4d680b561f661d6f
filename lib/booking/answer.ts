import { database, type Transaction } from "@/db/client";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { readConflictCalendars } from "./check";
import { approve, refuse } from "./decide";
import { describeObstacle, findObstacle, findUnread } from "./free";
import { type BookingRow, getBooking, lockBooking } from "./lock";
import { getHostBookingId, getOwnBookingId } from "./owner";
import { acceptInput, declineInput } from "./schema";
import { findWanted, type Wanted } from "./wanted";

/**
 * The host says yes to a booking, or to a visitor's move, that waits for them. The calendars are read afresh first.
 * Accepted already is fine.
 * @param input `evenIfBusy`: although a calendar has something at that time, or cannot be read; `start`: the time the
 * host saw
 * @throws AppError not_found; conflict, naming what stands in the way, or because it was cancelled, declined or
 * moved meanwhile; unavailable when a calendar could not be read
 */
export async function acceptBooking(
  viewer: Viewer,
  id: string,
  now: Date,
  input: unknown = {},
): Promise<void> {
  await accept(await getOwnBookingId(viewer, id), input, now);
}

/** The same, by the link in the host's mail. */
export async function acceptByLink(token: string, now: Date, input: unknown = {}): Promise<void> {
  await accept(getHostBookingId(token), input, now);
}

/**
 * The host says no: to a pending booking, or to a visitor's move, and then the booking stays where it was. Declined
 * already is fine.
 * @param input `reason`; `start`: the time the host saw
 * @throws AppError not_found, invalid, or conflict when there is nothing to decline any more, or another time was
 * asked for meanwhile
 */
export async function declineByHost(viewer: Viewer, id: string, input: unknown, now: Date): Promise<void> {
  await decline(await getOwnBookingId(viewer, id), input, now);
}

/** The same, by the link in the host's mail. */
export async function declineByLink(token: string, input: unknown, now: Date): Promise<void> {
  await decline(getHostBookingId(token), input, now);
}

async function accept(bookingId: string, input: unknown, now: Date): Promise<void> {
  const { evenIfBusy, start } = parseInput(acceptInput, input);
  const seen = await getBooking(bookingId);
  const asked = findAnswerable(seen);
  if (!asked) return;
  if (start && start.getTime() !== asked.startsAt.getTime()) throw movedMeanwhile();
  await readConflictCalendars(seen.hostId, now);
  await database().transaction(async (tx) => {
    const booking = await lockBooking(tx, bookingId);
    const wanted = findAnswerable(booking);
    if (!wanted) return;
    if (wanted.startsAt.getTime() !== asked.startsAt.getTime()) throw movedMeanwhile();
    if (wanted.startsAt <= now) throw new AppError("conflict", "This time has come already.");
    if (!evenIfBusy) {
      const obstacle = await findObstacle(tx, booking, wanted);
      if (obstacle) throw new AppError("conflict", describeObstacle(obstacle), { field: "evenIfBusy" });
      await requireRead(tx, booking, now);
    }
    await approve(tx, booking, now);
  });
}

async function decline(bookingId: string, input: unknown, now: Date): Promise<void> {
  const { reason, start } = parseInput(declineInput, input);
  await database().transaction(async (tx) => {
    const booking = await lockBooking(tx, bookingId);
    if (booking.status === "declined") return;
    if (booking.status === "cancelled") throw alreadyCancelled();
    const isHostsToAnswer = booking.status === "pending" || booking.movedBy === "visitor" || booking.waitsFor;
    if (!isHostsToAnswer)
      throw new AppError("conflict", "There is nothing to decline any more: this booking is confirmed.");
    if (start && start.getTime() !== findWanted(booking)?.startsAt.getTime()) throw movedMeanwhile();
    await refuse(tx, booking, { because: "host", reason }, now);
  });
}

/** What the host is asked about; null when they have said yes already. */
function findAnswerable(booking: BookingRow): Wanted | null {
  if (booking.status === "cancelled") throw alreadyCancelled();
  if (booking.status === "declined") throw new AppError("conflict", "This booking was declined already.");
  const wanted = findWanted(booking);
  if (wanted && !booking.waitsFor)
    throw new AppError("conflict", "This time is still being checked. Try again in a moment.");
  return wanted;
}

/** Who was asked because a calendar cannot be read knows that; who was asked for another reason is told. */
async function requireRead(tx: Transaction, { hostId, waitsFor }: BookingRow, now: Date): Promise<void> {
  if (waitsFor === "unreadable_calendar") return;
  const unread = await findUnread(tx, hostId, { since: now, now });
  if (!unread) return;
  const sentence = `Your calendar ${unread} could not be read just now, so nobody knows if you are free.`;
  throw new AppError("unavailable", sentence, { field: "evenIfBusy" });
}

const alreadyCancelled = () => new AppError("conflict", "This booking was cancelled.");
const movedMeanwhile = () =>
  new AppError("conflict", "The visitor chose another time meanwhile. Look again before you answer.", {
    field: "start",
  });
