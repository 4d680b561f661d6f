import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { bookings, eventTypes, users } from "@/db/schema";
import { readBookingToken } from "./token";

/** A booking as its visitor sees it. */
export type VisitorBooking = NonNullable<Awaited<ReturnType<typeof findBookingByToken>>>;

/** The booking behind the link in the visitor's hands; null when the token is not one of ours. */
export async function findBookingByToken(token: string) {
  const bookingId = readBookingToken(token);
  if (!bookingId) return null;
  const [row] = await database()
    .select({
      id: bookings.id,
      status: bookings.status,
      declineReason: bookings.declineReason,
      startsAt: bookings.startsAt,
      endsAt: bookings.endsAt,
      visitorName: bookings.visitorName,
      visitorEmail: bookings.visitorEmail,
      visitorNote: bookings.visitorNote,
      visitorTimeZone: bookings.visitorTimeZone,
      host: { name: users.name, handle: users.handle, timeZone: users.timeZone },
      eventType: {
        title: eventTypes.title,
        slug: eventTypes.slug,
        location: eventTypes.location,
        durationMinutes: eventTypes.durationMinutes,
      },
    })
    .from(bookings)
    .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
    .innerJoin(users, eq(users.id, bookings.hostId))
    .where(eq(bookings.id, bookingId));
  return row ?? null;
}
