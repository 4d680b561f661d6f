import { and, eq, gt, isNull } from "drizzle-orm";
import { bookings, eventTypes, users } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { durationAfterMove } from "./duration";
import { bookingToken } from "./token";

/** What the host's page for moving one of their confirmed bookings shows; null when it cannot be moved (any more). */
export async function findMovableBooking(viewer: Viewer, id: string, now: Date) {
  const [row] = await asViewer(viewer, (tx) =>
    tx
      .select({ booking: bookings, eventType: eventTypes, handle: users.handle })
      .from(bookings)
      .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
      .innerJoin(users, eq(users.id, bookings.hostId))
      .where(
        and(
          eq(bookings.id, id),
          eq(bookings.status, "confirmed"),
          isNull(bookings.movesToStart),
          gt(bookings.endsAt, now),
        ),
      ),
  );
  if (!row) return null;
  const { booking, eventType, handle } = row;
  return {
    handle,
    slug: eventType.slug,
    token: bookingToken(booking.id),
    starts_at: booking.startsAt.toISOString(),
    ends_at: booking.endsAt.toISOString(),
    durationMinutes: durationAfterMove(eventType, booking),
    visitor: { name: booking.visitorName, timeZone: booking.visitorTimeZone },
  };
}
