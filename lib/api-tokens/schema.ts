import { z } from "zod";

export const newApiToken = z.object({
  name: z.string().trim().min(1, "Say which program it is for.").max(120, "This name is too long."),
  /** Nothing: it does not end by itself. Forms send text. */
  expiresInDays: z
    .literal("")
    .transform(() => null)
    .or(z.coerce.number().int().min(1, "Choose at least one day.").max(3650, "Choose ten years at most."))
    .optional(),
});
