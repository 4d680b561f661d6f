import { z } from "zod";

const instant = z.iso.datetime().transform((text) => new Date(text));
const times = z.object({ startsAt: instant, endsAt: instant });

// The host did it in their calendar. Mails queued before there was such a thing say nothing of it.
const inCalendar = z.boolean().default(false);

const change = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("awaits_host"),
    because: z.enum(["approval", "unreadable_calendar"]),
    moveTo: times.nullable(),
  }),
  z.object({ kind: z.literal("confirmed") }),
  z.object({
    kind: z.literal("declined"),
    because: z.enum(["conflict", "unavailable", "host", "expired"]),
    reason: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("cancelled"),
    by: z.enum(["visitor", "host"]),
    reason: z.string().nullable(),
    wasConfirmed: z.boolean(),
    inCalendar,
  }),
  z.object({ kind: z.literal("moved"), from: times, inCalendar }),
  z.object({
    kind: z.literal("put_back"),
    because: z.enum(["booking", "past", "all_day", "repeats", "no_length"]),
    to: times.nullable(),
  }),
  z.object({
    kind: z.literal("move_refused"),
    to: times,
    because: z.enum(["conflict", "unavailable", "host", "expired"]),
    reason: z.string().nullable(),
  }),
  z.object({ kind: z.literal("reminder"), minutes: z.number() }),
]);

/** Where the visitor goes from here. */
const visitorLinks = z.object({
  booking: z.string(),
  cancel: z.string(),
  move: z.string(),
  /** The page another time can be booked on. */
  again: z.string().nullable(),
});

/** Where the host goes from here; `answer` is the page a request is accepted or declined on. */
const hostLinks = z.object({ answer: z.string(), bookings: z.string() });

const facts = z.object({
  change,
  /** Where the booking stands after the change. */
  startsAt: instant,
  endsAt: instant,
  title: z.string(),
  place: z.object({
    kind: z.enum(["video", "host_phone", "visitor_phone", "address", "other"]),
    text: z.string().nullable(),
  }),
  visitor: z.object({
    name: z.string(),
    email: z.string(),
    phone: z.string().nullable(),
    note: z.string().nullable(),
    answers: z.array(z.object({ label: z.string(), answer: z.string() })),
    timeZone: z.string(),
    language: z.string(),
  }),
  host: z.object({ name: z.string(), email: z.string(), timeZone: z.string() }),
  uid: z.string(),
  sequence: z.number(),
});

/** All a mail about a booking needs, as it was when it was queued; kept as JSON in the outbox. */
export const bookingMail = z.discriminatedUnion("to", [
  facts.extend({ to: z.literal("visitor"), links: visitorLinks }),
  facts.extend({ to: z.literal("host"), links: hostLinks }),
]);
export type BookingMail = z.output<typeof bookingMail>;
export type BookingMailInput = z.input<typeof bookingMail>;
