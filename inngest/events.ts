import { eventType } from "inngest";
import { z } from "zod";

// Used as triggers (`triggers: [bookingRequested]`), so that a function's event carries these types.

/** A visitor holds a slot; the booking is pending and wants its fresh check. */
export const bookingRequested = eventType("booking/requested", {
  schema: z.object({ bookingId: z.uuid() }),
});

/** A booking is certain and wants writing into the host's calendar. */
export const bookingConfirmed = eventType("booking/confirmed", {
  schema: z.object({ bookingId: z.uuid() }),
});

/** Somebody or something wants a calendar read: its turn, a click, a new connection. */
export const calendarSyncRequested = eventType("calendar/sync.requested", {
  schema: z.object({
    calendarId: z.uuid(),
    reason: z.enum(["poll", "manual", "connected"]),
  }),
});

type EventOf<Type> = Type extends { name: infer Name; schema: infer Schema extends z.ZodType }
  ? { name: Name; data: z.infer<Schema> }
  : never;

/** Every event of the product, each with its own data. */
export type AppEvent = EventOf<
  typeof bookingRequested | typeof bookingConfirmed | typeof calendarSyncRequested
>;
