import { z } from "zod";
import { instant } from "./schema";
import { readBookingToken } from "./token";

const longest = 70 * 86_400_000;

/** What `GET /api/v1/slots` is asked. */
export const slotQuery = z
  .object({
    host: z.string().max(40).describe("The name in the address of the host's page, /book/{host}."),
    event_type: z.string().max(60).describe("The name in the address of the booking page."),
    from: instant.describe("Slots start at this instant or later."),
    to: instant.describe("Slots start before this instant; at most 70 days after `from`."),
    duration: z
      .string()
      .regex(/^[1-9]\d{0,3}$/, "Write the length in minutes, as in 30.")
      .transform(Number)
      .optional()
      .describe("One of the event type's lengths, in minutes; unset: the one offered first."),
    booking: z
      .string()
      .transform(readBookingToken)
      .refine((id) => id !== null, "This is not the token of a booking.")
      .optional()
      .describe("The token of a booking that is to move: it does not stand in its own way."),
  })
  .refine(({ from, to }) => from < to, { path: ["to"], error: "This must be after `from`." })
  .refine(({ from, to }) => to.getTime() - from.getTime() <= longest, {
    path: ["to"],
    error: "Ask for at most 70 days at a time.",
  });
