import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { bookings, eventTypes, users } from "@/db/schema";
import { bookingColumns, hostBookingColumns } from "./columns";
import { durationAfterMove } from "./duration";
import { placeForVisitor } from "./place";
import { readBookingToken, readHostToken } from "./token";

/** A booking as its visitor sees it. */
export type VisitorBooking = NonNullable<Awaited<ReturnType<typeof findBookingByToken>>>;

/** The booking behind the link in the visitor's hands; null when the token is not one of ours. */
export async function findBookingByToken(token: string) {
  const bookingId = readBookingToken(token);
  if (!bookingId) return null;
  const [row] = await database()
    .select({
      ...bookingColumns,
      host: { name: users.name, handle: users.handle, timeZone: users.timeZone },
      eventType: {
        title: eventTypes.title,
        slug: eventTypes.slug,
        color: eventTypes.color,
        locationKind: eventTypes.locationKind,
        location: eventTypes.location,
        durationMinutes: eventTypes.durationMinutes,
        otherDurations: eventTypes.otherDurations,
        questions: eventTypes.questions,
        requiresApproval: eventTypes.requiresApproval,
      },
    })
    .from(bookings)
    .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
    .innerJoin(users, eq(users.id, bookings.hostId))
    .where(eq(bookings.id, bookingId));
  if (!row) return null;
  const eventType = { ...row.eventType, location: placeForVisitor(row.eventType, row) };
  return { ...row, eventType, durationAfterMove: durationAfterMove(eventType, row) };
}

/** The booking behind the link in its host's mail, as the host sees it; null when the token is not one of ours. */
export async function findBookingByHostToken(token: string) {
  const bookingId = readHostToken(token);
  if (!bookingId) return null;
  const [row] = await database()
    .select({ ...hostBookingColumns, hostTimeZone: users.timeZone })
    .from(bookings)
    .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
    .innerJoin(users, eq(users.id, bookings.hostId))
    .where(eq(bookings.id, bookingId));
  return row ?? null;
}
