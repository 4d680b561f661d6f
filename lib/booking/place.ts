import type { bookings, eventTypes } from "@/db/schema";

type Place = Pick<typeof eventTypes.$inferSelect, "locationKind" | "location">;
type Phone = Pick<typeof bookings.$inferSelect, "visitorPhone">;

/** Where a booking takes place, as calendars keep it: what they can open, call or look up. */
export const placeOf = ({ locationKind, location }: Place, { visitorPhone }: Phone): string | null =>
  locationKind === "visitor_phone" ? visitorPhone : location;
