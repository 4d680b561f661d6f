import { z } from "zod";
import { slug } from "@/lib/event-types/fields";
import { isTimeZone } from "@/lib/time";

export const personName = z.string().trim().min(1, "Enter your name.").max(120, "This name is too long.");

/** An IANA name. Bare offsets are refused: PostgreSQL reads their sign the other way round. */
export const timeZone = z
  .string()
  .max(64)
  .refine((name) => /^[a-z]/i.test(name) && isTimeZone(name), "Choose a time zone from the list.");

/** The name in `/book/{handle}`. */
export const handle = slug(40);

export const profile = z.object({ name: personName, handle, timeZone });
