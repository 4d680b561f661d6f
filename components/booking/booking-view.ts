import type { VisitorBooking } from "@/lib/booking/by-token";

/** A booking as JSON: what `GET /api/v1/bookings/{token}` answers and the visitor's page shows. */
export type BookingView = ReturnType<typeof toBookingView>;

export function toBookingView(booking: VisitorBooking) {
  const { host, eventType, movesToStart, movesToEnd } = booking;
  return {
    status: booking.status,
    waits_for: booking.waitsFor,
    decline_reason: booking.declineReason,
    cancelled_by: booking.cancelledBy,
    reason: booking.reason,
    starts_at: booking.startsAt.toISOString(),
    ends_at: booking.endsAt.toISOString(),
    moves_to:
      movesToStart && movesToEnd
        ? { starts_at: movesToStart.toISOString(), ends_at: movesToEnd.toISOString(), by: booking.movedBy }
        : null,
    visitor: {
      name: booking.visitorName,
      email: booking.visitorEmail,
      phone: booking.visitorPhone,
      note: booking.visitorNote,
      answers: booking.answers.map(({ label, answer }) => ({ label, answer })),
      time_zone: booking.visitorTimeZone,
    },
    host: { name: host.name, handle: host.handle, time_zone: host.timeZone },
    event_type: {
      title: eventType.title,
      slug: eventType.slug,
      location_kind: eventType.locationKind,
      location: eventType.location,
      duration_minutes: eventType.durationMinutes,
      requires_approval: eventType.requiresApproval,
    },
  };
}

type State = Pick<BookingView, "status" | "waits_for" | "moves_to">;

/** Whether a run is deciding about it right now, so that the answer is seconds away. */
export const isBeingDecided = ({ status, waits_for, moves_to }: State) =>
  waits_for === null && (status === "pending" || moves_to !== null);

/** Whether it still stands, or may yet. */
export const isActive = ({ status }: State) => status === "pending" || status === "confirmed";
