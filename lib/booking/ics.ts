import { serializeEvent } from "@/lib/ical/serialize";
import type { VisitorBooking } from "./by-token";
import { placeOf } from "./place";

/** The booking as a file for the visitor's own calendar; the UID is that of the host's copy. */
export function bookingIcs(booking: VisitorBooking, now: Date): string {
  const { id, sequence, startsAt, endsAt, visitorNote, host, eventType } = booking;
  return serializeEvent(
    {
      uid: bookingUid(id),
      sequence,
      title: `${eventType.title} with ${host.name}`,
      description: visitorNote,
      location: placeOf(eventType, booking),
      time: { kind: "timed", startsAt, endsAt },
      timeZone: booking.visitorTimeZone,
    },
    now,
  );
}

/** Every copy of a booking carries this UID (DESIGN 18). */
export const bookingUid = (bookingId: string) => `${bookingId}@calends`;
