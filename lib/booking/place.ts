import type { bookings, eventTypes } from "@/db/schema";

type Place = Pick<typeof eventTypes.$inferSelect, "locationKind" | "location">;
type Phone = Pick<typeof bookings.$inferSelect, "visitorPhone">;

/** Where a booking takes place, as calendars keep it: what they can open, call or look up. */
export const placeOf = ({ locationKind, location }: Place, { visitorPhone }: Phone): string | null =>
  locationKind === "visitor_phone" ? visitorPhone : location;

/** What its visitor may know of it: a meeting's link and the host's number are for whose booking is certain. */
export function placeForVisitor(
  { locationKind, location }: Place,
  { status }: Pick<typeof bookings.$inferSelect, "status">,
): string | null {
  const isPublic = locationKind === "address" || locationKind === "other";
  return isPublic || status === "confirmed" ? location : null;
}
