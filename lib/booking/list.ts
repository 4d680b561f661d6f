import { and, asc, desc, eq, gt, inArray, lte, type SQL } from "drizzle-orm";
import { bookings, eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export const bookingPeriods = ["upcoming", "past", "dropped"] as const;
/** `dropped` bookings were declined or cancelled; the others took or will take place. */
export type BookingPeriod = (typeof bookingPeriods)[number];
export type HostBooking = Awaited<ReturnType<typeof listBookings>>["bookings"][number];

/** The viewer's bookings: the next first, or the latest first when they are over. Pages count from 0. */
export async function listBookings(
  viewer: Viewer,
  { period, now, page = 0, size = 25 }: { period: BookingPeriod; now: Date; page?: number; size?: number },
) {
  const rows = await asViewer(viewer, (tx) =>
    tx
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
        createdAt: bookings.createdAt,
        title: eventTypes.title,
        location: eventTypes.location,
      })
      .from(bookings)
      .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
      .where(and(eq(bookings.hostId, viewer.userId), belongsTo(period, now)))
      .orderBy(period === "upcoming" ? asc(bookings.startsAt) : desc(bookings.startsAt), asc(bookings.id))
      .offset(page * size)
      .limit(size + 1),
  );
  return { bookings: rows.slice(0, size), hasMore: rows.length > size };
}

function belongsTo(period: BookingPeriod, now: Date): SQL | undefined {
  if (period === "dropped") return inArray(bookings.status, ["declined", "cancelled"]);
  const isOver = period === "past" ? lte(bookings.endsAt, now) : gt(bookings.endsAt, now);
  return and(inArray(bookings.status, ["pending", "confirmed"]), isOver);
}
