import type { mailOutbox } from "@/db/schema";
import { composeMail, type Letter } from "@/lib/mail/compose";
import { contentOf } from "@/lib/mail/content";
import { mail } from "@/lib/mail/mail";

type MailRow = typeof mailOutbox.$inferSelect;

/** A mail of the outbox, written out: the same each time, whether it is sent, sent again or read. */
export async function letterOf({ data, createdAt }: MailRow): Promise<Letter> {
  return composeMail(mail.parse(data), createdAt);
}

export const subjectOf = ({ data }: MailRow) => contentOf(mail.parse(data)).subject;

/** Why it is pointless to send this mail now; null when it is not. */
export function findTooLate({ data }: MailRow, now: Date): string | null {
  const letter = mail.parse(data);
  return letter.to !== "holder" && letter.change.kind === "reminder" && letter.startsAt <= now
    ? "The meeting had begun before this reminder could leave."
    : null;
}
