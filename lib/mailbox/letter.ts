import type { mailOutbox } from "@/db/schema";
import { bookingMail } from "@/lib/mail/booking-mail";
import { composeBookingMail, type Letter } from "@/lib/mail/compose";
import { contentOf } from "@/lib/mail/content";

type MailRow = typeof mailOutbox.$inferSelect;

/** A mail of the outbox, written out: the same each time, whether it is sent, sent again or read. */
export async function letterOf({ data, createdAt }: MailRow): Promise<Letter> {
  return composeBookingMail(bookingMail.parse(data), createdAt);
}

export const subjectOf = ({ data }: MailRow) => contentOf(bookingMail.parse(data)).subject;

/** Why it is pointless to send this mail now; null when it is not. */
export function findTooLate({ data }: MailRow, now: Date): string | null {
  const { change, startsAt } = bookingMail.parse(data);
  return change.kind === "reminder" && startsAt <= now
    ? "The meeting had begun before this reminder could leave."
    : null;
}
