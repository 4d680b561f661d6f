import type { mailOutbox } from "@/db/schema";
import { env } from "@/lib/env";
import type { Addressed } from "@/lib/mail/smtp";
import { letterOf } from "./letter";

type MailRow = typeof mailOutbox.$inferSelect;

/** The address mails come from; without a mail server, one nobody has. */
function senderAddress(): string {
  return env().MAIL_FROM ?? `calends@${hostName()}`;
}

/** The mail as it goes out. What it is sent under depends on the row alone, so sending twice is one mail. */
export async function addressed(row: MailRow): Promise<Addressed> {
  return {
    ...(await letterOf(row)),
    messageId: `<${row.id}@${hostName()}>`,
    date: row.createdAt,
    from: senderAddress(),
    to: { name: row.toName, email: row.toEmail },
  };
}

const hostName = () => new URL(env().APP_URL).hostname.replace(/^\[(.*)\]$/, "ipv6.invalid");
