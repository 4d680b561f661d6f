import { z } from "zod";

/** How a host's CalDAV account is reached, and where the first binding goes. */
export const caldavConfig = z.object({
  server_url: z.string("Say where the server is.").trim().min(1, "Say where the server is.").max(2000),
  username: z.string("Say who you are there.").trim().min(1, "Say who you are there.").max(320),
  password: z
    .string("A password is a text.")
    .min(1, "The password is empty.")
    .max(1000)
    .optional()
    .describe("May be left out for the account that is configured, at the address it is stored under."),
  calendar_url: z
    .string("The address of a calendar is a text.")
    .trim()
    .max(2000)
    .optional()
    .describe("The calendar that the first binding copies into; for the first configuration alone."),
});
