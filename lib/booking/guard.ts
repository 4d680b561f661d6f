import { z } from "zod";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { limitSubmitFor, limitSubmitTo } from "@/lib/rate-limit/public";
import { checkFormToken } from "./form-token";

/** What comes along with a booking for its protection, and never gets any further. */
export const formGuard = z.object({
  host: z.string().max(40),
  email: z.string().max(254),
  form: z
    .string("Send the `form` that came with the free times.")
    .max(100)
    .describe("`form` of the answer that offered the time (GET /slots), at least two seconds old."),
  website: z.string().optional().describe("Not for people, who do not see it: leave it out."),
});

/**
 * Turns away what no person sent, and what is too much for one host or one mail address.
 * @throws AppError invalid (naming the field) or rate_limited, also when the form came back faster than anybody types
 */
export async function guardForm(input: unknown, now: Date): Promise<void> {
  const { host, email, form, website } = parseInput(formGuard, input);
  if (website) throw new AppError("invalid", "Leave this field empty.", { field: "website" });
  checkFormToken(form, now);
  await limitSubmitTo(host);
  await limitSubmitFor(email);
}
