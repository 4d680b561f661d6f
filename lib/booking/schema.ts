import { z } from "zod";

const timeZone = z.string().max(64).refine(isTimeZone, "This is not a time zone we know.");

// What PostgreSQL's timestamptz and a calendar can both hold, and then some.
const earliest = Date.UTC(1970, 0);
const latest = Date.UTC(2200, 0);

/** An instant, ISO 8601 with its offset. `abort`: what compares two of them waits until both are. */
export const instant = z.iso
  .datetime({ offset: true, error: "Write the instant as in 2026-03-18T09:00:00Z.", abort: true })
  .transform((value) => new Date(value))
  .refine((date) => date.getTime() >= earliest && date.getTime() < latest, "This is not a date we can use.");

// Browsers invent some ("en-US@posix"); nobody should lose a booking over the language of its mails.
const language = z.string().max(35).refine(isLanguage).optional().catch(undefined);

/** Digits with what people write between them. */
const phone = z
  .string()
  .trim()
  .max(40, "This number is too long.")
  .regex(/^\+?[\d\t \u00a0()./-]*$/, "Write the number with digits, as in +32 470 12 34 56.")
  .refine((text) => text === "" || text.replace(/\D/g, "").length >= 5, "This number is too short.");

/** By the question's id; the event type says what it asks (lib/booking/answers). */
const answers = z
  .record(
    z.string().max(100),
    z.union([z.string().trim().max(5000, "This answer is too long."), z.boolean()]),
  )
  .refine((record) => Object.keys(record).length <= 100, "These are too many answers.");

/** A visitor's booking, as the booking page and the API send it. */
export const bookingRequest = z.object({
  host: z.string().min(1).max(40),
  eventType: z.string().min(1).max(60),
  start: instant,
  durationMinutes: z
    .int("This length is not offered.")
    .optional()
    .describe("One of the event type's lengths; unset: the one offered first."),
  name: z
    .string()
    .trim()
    .min(1, "Tell us your name.")
    .max(200, "This name is too long.")
    // Subjects and calendars name visitors; further lines would pass for ours in a mail.
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), "Write your name in one line."),
  email: z.email("This is not an e-mail address.").max(254),
  phone: phone.optional().describe("Needed where the host calls the visitor."),
  note: z.string().trim().max(2000, "Keep the note under 2,000 characters.").optional(),
  answers: answers.optional().describe("To the host's questions, by the question's id."),
  timeZone: timeZone.describe("The visitor's IANA time zone."),
  language: language.describe("BCP 47; how mails write dates and clocks."),
  idempotencyKey: z.uuid().describe("Made once per form, so that a repeated submit is the same booking."),
});
export type BookingRequest = z.infer<typeof bookingRequest>;

/** What is said to the other side when declining or cancelling. */
export const reasonInput = z.object({
  reason: z
    .string()
    .trim()
    .max(1000, "Keep the reason under 1,000 characters.")
    .nullish()
    .transform((text) => text || null),
});

export const moveInput = z.object({ start: instant });

/** A host may also move a booking to a time that is not offered, if they say so. */
export const hostMoveInput = moveInput.extend({ evenIfNotOffered: z.boolean().default(false) });

export const acceptInput = z.object({
  /** Although a calendar has something at that time, or cannot be read. Another booking is never overruled. */
  evenIfBusy: z.boolean().default(false),
  /** The time the host saw when they accepted. */
  start: instant.optional(),
});

/** `start`: the time the host saw when they declined. */
export const declineInput = reasonInput.extend({ start: instant.optional() });

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
