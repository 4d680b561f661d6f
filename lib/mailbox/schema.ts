import { z } from "zod";

export const mailFilters = ["queued", "sent", "failed"] as const;
export type MailFilter = (typeof mailFilters)[number];

export const mailId = z.uuid();

const first = (value: unknown) => (Array.isArray(value) ? value[0] : value);

/** The query string of the list; what is not understood asks for nothing. */
export const mailsQuery = z.object({
  status: z.preprocess(first, z.enum(mailFilters).optional().catch(undefined)),
  before: z.preprocess(first, mailId.optional().catch(undefined)),
});
export type MailsQuery = z.infer<typeof mailsQuery>;

/** Which part of a mail to show. */
export const mailPart = z.enum(["html", "text", "invitation"]).catch("html");
export type MailPart = z.infer<typeof mailPart>;
