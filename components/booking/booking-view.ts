import type { VisitorBooking } from "@/lib/booking/by-token";

/** A booking as JSON: what `GET /api/v1/bookings/{token}` answers and the visitor's page shows. */
export type BookingView = ReturnType<typeof toBookingView>;

export function toBookingView(booking: VisitorBooking) {
  const { host, eventType } = booking;
  return {
    status: booking.status,
    decline_reason: booking.declineReason,
    starts_at: booking.startsAt.toISOString(),
    ends_at: booking.endsAt.toISOString(),
    visitor: {
      name: booking.visitorName,
      email: booking.visitorEmail,
      note: booking.visitorNote,
      time_zone: booking.visitorTimeZone,
    },
    host: { name: host.name, handle: host.handle, time_zone: host.timeZone },
    event_type: {
      title: eventType.title,
      slug: eventType.slug,
      location: eventType.location,
      duration_minutes: eventType.durationMinutes,
    },
  };
}
