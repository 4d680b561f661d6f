import { z } from "zod";

const instant = z.iso.datetime().transform((text) => new Date(text));

const change = z.discriminatedUnion("kind", [
  /** The provider no longer lets us in. */
  z.object({ kind: z.literal("reconnect"), reason: z.string().nullable() }),
  z.object({ kind: z.literal("reconnected") }),
  /** We are let in, but reading keeps failing. */
  z.object({ kind: z.literal("calendar_failing"), reason: z.string().nullable() }),
  z.object({ kind: z.literal("calendar_working") }),
  /** A feed could not be read too often, or is gone for good: it is not tried any more. */
  z.object({ kind: z.literal("subscription_disabled"), reason: z.string().nullable() }),
]);

/** All a mail about an account and its calendars needs, as it was when it was queued; kept as JSON in the outbox. */
export const noticeMail = z.object({
  to: z.literal("holder"),
  change,
  /** When the trouble began. */
  since: instant,
  /** When this was written. */
  at: instant,
  provider: z.object({ name: z.string(), signsInBy: z.enum(["consent", "password", "nothing"]) }),
  account: z.string(),
  /** Names of the calendars this is about. */
  calendars: z.array(z.string()),
  /** When bookings close, or have closed; null where none of the calendars blocks any. */
  closesAt: instant.nullable(),
  /** How old a reading may be before it closes bookings. */
  maxStalenessMinutes: z.number(),
  /** New bookings are to appear in one of the calendars. */
  receivesBookings: z.boolean(),
  host: z.object({ name: z.string(), email: z.string(), timeZone: z.string() }),
  link: z.string(),
});
export type NoticeMail = z.output<typeof noticeMail>;
export type NoticeMailInput = z.input<typeof noticeMail>;
