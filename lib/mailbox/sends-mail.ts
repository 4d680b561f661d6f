import { env } from "@/lib/env";

/** Whether mails leave over SMTP, or stay in the mailbox. */
export const sendsMail = () => env().SMTP_URL !== undefined;
