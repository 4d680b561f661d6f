import { bookings, eventTypes } from "@/db/schema";

/** What both sides of a booking see of it. */
export const bookingColumns = {
  id: bookings.id,
  status: bookings.status,
  waitsFor: bookings.waitsFor,
  declineReason: bookings.declineReason,
  cancelledBy: bookings.cancelledBy,
  reason: bookings.reason,
  startsAt: bookings.startsAt,
  endsAt: bookings.endsAt,
  movesToStart: bookings.movesToStart,
  movesToEnd: bookings.movesToEnd,
  movedBy: bookings.movedBy,
  sequence: bookings.sequence,
  visitorName: bookings.visitorName,
  visitorEmail: bookings.visitorEmail,
  visitorPhone: bookings.visitorPhone,
  visitorNote: bookings.visitorNote,
  answers: bookings.answers,
  visitorTimeZone: bookings.visitorTimeZone,
};

/** What hosts see beside it. */
export const hostBookingColumns = {
  ...bookingColumns,
  createdAt: bookings.createdAt,
  title: eventTypes.title,
  color: eventTypes.color,
  locationKind: eventTypes.locationKind,
  location: eventTypes.location,
};
