import { z } from "zod";

const timeZone = z.string().max(64).refine(isTimeZone, "This is not a time zone we know.");

// What PostgreSQL's timestamptz and a calendar can both hold, and then some.
const earliest = Date.UTC(1970, 0);
const latest = Date.UTC(2200, 0);

/** An instant, ISO 8601 with its offset. */
export const instant = z.iso
  .datetime({ offset: true, error: "Write the instant as in 2026-03-18T09:00:00Z." })
  .transform((value) => new Date(value))
  .refine((date) => date.getTime() >= earliest && date.getTime() < latest, "This is not a date we can use.");

/** A visitor's booking, as the booking page and the API send it. */
export const bookingRequest = z.object({
  host: z.string().min(1).max(40),
  eventType: z.string().min(1).max(60),
  start: instant,
  name: z.string().trim().min(1, "Tell us your name.").max(200, "This name is too long."),
  email: z.email("This is not an e-mail address.").max(254),
  note: z.string().trim().max(2000, "Keep the note under 2,000 characters.").optional(),
  timeZone,
  /** Made once per form, so that a repeated submit is the same booking. */
  idempotencyKey: z.uuid(),
});
export type BookingRequest = z.infer<typeof bookingRequest>;

function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: value });
    return true;
  } catch {
    return false;
  }
}
