import { z } from "zod";
import { count, slug, tick } from "@/lib/event-types/fields";
import { isTimeZone } from "@/lib/time";

export const personName = z.string().trim().min(1, "Enter your name.").max(120, "This name is too long.");

/** An IANA name. Bare offsets are refused: PostgreSQL reads their sign the other way round. */
export const timeZone = z
  .string("Choose a time zone from the list.")
  .max(64)
  .refine((name) => /^[a-z]/i.test(name) && isTimeZone(name), "Choose a time zone from the list.");

/** The name in `/book/{handle}`. */
export const handle = slug(40);

export const profile = z.object({ name: personName, handle, timeZone });

const weekMinutes = 7 * 1440;

/** What a host's calendars may do to their bookings. */
export const bookingRules = z.object({
  tentativeBlocks: tick,
  maxStalenessMinutes: count("Age", 15, weekMinutes),
  whenUnreadable: z.enum(["wait_for_host", "confirm_if_recent"], "Choose one of the two."),
  recentEnoughMinutes: count("Age", 1, weekMinutes),
});
