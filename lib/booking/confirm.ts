import { eq } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { approveOrAsk, refuse, waitForHost } from "./decide";
import { findObstacle, findUnread } from "./free";
import { type BookingRow, lockBooking } from "./lock";
import { findWanted } from "./wanted";

type Status = BookingRow["status"];

/**
 * Decides what is open about a booking, itself or its move, against what is known now: approved when the time is
 * still free, else refused. What is decided already, or waits for the host, stays as it is.
 * @param now every calendar that blocks the host must have been read since then
 * @throws AppError unavailable when one was not; nothing is decided then
 */
export async function confirmBooking(bookingId: string, now: Date): Promise<Status> {
  return settle({ bookingId, now }, async (tx, booking) => {
    const unread = await findUnread(tx, booking.hostId, { since: now, now });
    if (unread) throw new AppError("unavailable", `The calendar ${unread} could not be read just now.`);
    return approveOrAsk(tx, booking, now);
  });
}

/**
 * Decides when the calendars stay unreadable, as the host chose (SPEC A5): on their last reading if that is recent
 * enough, else the host decides. What is known to be taken is refused all the same.
 * @param asked the time that could not be checked: one asked for since then has a check of its own; unset: any
 */
export async function settleUnread(bookingId: string, now: Date, asked?: Date): Promise<Status> {
  return settle({ bookingId, now, asked }, async (tx, booking) => {
    const since = await findRecentEnough(tx, booking.hostId, now);
    const isUncertain = since === null || (await findUnread(tx, booking.hostId, { since, now })) !== null;
    return isUncertain
      ? waitForHost(tx, booking, "unreadable_calendar", now)
      : approveOrAsk(tx, booking, now);
  });
}

type Question = { bookingId: string; now: Date; asked?: Date | undefined };

/** @param decide what to do with a time that nothing known stands against */
async function settle(
  { bookingId, now, asked }: Question,
  decide: (tx: Transaction, booking: BookingRow) => Promise<Status>,
): Promise<Status> {
  return database().transaction(async (tx) => {
    const booking = await lockBooking(tx, bookingId);
    const wanted = findWanted(booking);
    if (!wanted || booking.waitsFor) return booking.status;
    if (asked && asked.getTime() !== wanted.startsAt.getTime()) return booking.status;
    if (wanted.startsAt <= now) return refuse(tx, booking, { because: "unavailable" }, now);
    if (await findObstacle(tx, booking, wanted)) return refuse(tx, booking, { because: "conflict" }, now);
    return decide(tx, booking);
  });
}

/** Since when calendars must have been read to confirm on their last reading; null: the host wants to be asked. */
async function findRecentEnough(tx: Transaction, hostId: string, now: Date): Promise<Date | null> {
  const [host] = await tx
    .select({ whenUnreadable: users.whenUnreadable, minutes: users.recentEnoughMinutes })
    .from(users)
    .where(eq(users.id, hostId));
  if (host?.whenUnreadable !== "confirm_if_recent") return null;
  return new Date(now.getTime() - host.minutes * 60_000);
}
