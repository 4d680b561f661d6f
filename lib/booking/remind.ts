import { and, eq } from "drizzle-orm";
import { database } from "@/db/client";
import { bookings, eventTypes } from "@/db/schema";
import { queueBookingMails } from "./mails";

export type Reminder = {
  startsAt: Date;
  /** Before the start. */
  minutes: number;
  dueAt: Date;
};

/** The reminders still ahead of a booking, the first one first; none when it does not take place. */
export async function listReminders(bookingId: string, now: Date): Promise<Reminder[]> {
  const [row] = await database()
    .select({ startsAt: bookings.startsAt, minutes: eventTypes.reminderMinutes })
    .from(bookings)
    .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
    .where(and(eq(bookings.id, bookingId), eq(bookings.status, "confirmed")));
  if (!row) return [];
  const { startsAt } = row;
  return [...new Set(row.minutes)]
    .sort((one, other) => other - one)
    .map((minutes) => ({ startsAt, minutes, dueAt: new Date(startsAt.getTime() - minutes * 60_000) }))
    .filter(({ dueAt }) => dueAt > now);
}

/**
 * Queues the mails of one reminder, unless the booking was cancelled or moved since it was planned.
 * @returns whether there was still something to remind of
 */
export async function remind(
  bookingId: string,
  { startsAt, minutes }: Pick<Reminder, "startsAt" | "minutes">,
  now: Date,
): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [booking] = await tx
      .select({ startsAt: bookings.startsAt })
      .from(bookings)
      .where(and(eq(bookings.id, bookingId), eq(bookings.status, "confirmed")))
      .for("share");
    if (booking?.startsAt.getTime() !== startsAt.getTime() || startsAt <= now) return false;
    await queueBookingMails(tx, bookingId, { kind: "reminder", minutes }, now);
    return true;
  });
}
