import { eventType } from "inngest";
import { z } from "zod";

// Used as triggers (`triggers: [bookingRequested]`), so that a function's event carries these types.

const aboutBooking = z.object({ bookingId: z.uuid() });

/** A visitor holds a slot, or a booking is to move: either wants its fresh check. `start`: the time asked for. */
export const bookingRequested = eventType("booking/requested", {
  schema: aboutBooking.extend({ start: z.iso.datetime().optional() }),
});

/** A booking is certain and wants writing into the host's calendar. Sent once per booking. */
export const bookingConfirmed = eventType("booking/confirmed", { schema: aboutBooking });

/** A confirmed booking takes place at another time from now on. */
export const bookingMoved = eventType("booking/moved", { schema: aboutBooking });

/** Somebody called a booking off; its copies are to go. */
export const bookingCancelled = eventType("booking/cancelled", { schema: aboutBooking });

/** The host's calendar does not have what the booking says, though its delivery was tried. */
export const bookingUndelivered = eventType("booking/undelivered", { schema: aboutBooking });

/** A mail lies in the outbox. */
export const mailQueued = eventType("mail/queued", { schema: z.object({ mailId: z.uuid() }) });

const wishToRead = z.object({
  calendarId: z.uuid(),
  reason: z.enum(["poll", "manual", "connected", "notified"]),
});

/** Somebody or something wants a calendar read: its turn, a click, a new connection. */
export const calendarSyncRequested = eventType("calendar/sync.requested", { schema: wishToRead });

/** The same for the feed of a subscription. */
export const subscriptionRefreshRequested = eventType("subscription/refresh.requested", {
  schema: wishToRead,
});

/** What belongs in a calendar, or a copy in it, has changed: request_push in db/functions/mirror.sql sends it. */
export const calendarPushRequested = eventType("calendar/push.requested", {
  schema: z.object({ calendarId: z.uuid() }),
});

/** A calendar has no push channel, or one that ends soon. */
export const calendarWatchRequested = eventType("calendar/watch.requested", {
  schema: z.object({ calendarId: z.uuid() }),
});

/** The copy of an appointment in a calendar is no longer what was pushed there. */
export const targetDiverged = eventType("target/diverged", { schema: z.object({ targetId: z.uuid() }) });

/** A host let go of an account; what the provider keeps for us is to be taken back. */
export const connectionDisconnected = eventType("connection/disconnected", {
  schema: z.object({ connectionId: z.uuid() }),
});

type EventOf<Type> = Type extends { name: infer Name; schema: infer Schema extends z.ZodType }
  ? { name: Name; data: z.infer<Schema> }
  : never;

/** Every event of the product, each with its own data. */
export type AppEvent = EventOf<
  | typeof bookingRequested
  | typeof bookingConfirmed
  | typeof bookingMoved
  | typeof bookingCancelled
  | typeof bookingUndelivered
  | typeof mailQueued
  | typeof calendarSyncRequested
  | typeof subscriptionRefreshRequested
  | typeof calendarPushRequested
  | typeof calendarWatchRequested
  | typeof targetDiverged
  | typeof connectionDisconnected
>;
