import { render } from "@react-email/render";
import { englishOf } from "@/lib/time";
import type { BookingMail } from "./booking-mail";
import { contentOf } from "./content";
import { invitationOf, type MailedInvitation } from "./invitation";
import { plainText } from "./plain-text";
import { BookingTemplate } from "./templates/booking";

/** A mail ready to go, apart from its addressee. */
export type Letter = {
  /** Whose name stands before "via Calends"; null: the product speaks for itself. */
  fromName: string | null;
  replyTo: { name: string; email: string };
  subject: string;
  html: string;
  text: string;
  invitation: MailedInvitation | null;
};

/** Writes a mail about a booking. The same input gives the same letter, so it can be written again to be read. */
export async function composeBookingMail(mail: BookingMail, stamp: Date): Promise<Letter> {
  const content = contentOf(mail);
  const locale = mail.to === "visitor" ? englishOf(mail.visitor.language) : "en-GB";
  return {
    fromName: mail.to === "visitor" ? mail.host.name : null,
    replyTo: mail.to === "visitor" ? mail.host : mail.visitor,
    subject: content.subject,
    html: await render(<BookingTemplate content={content} locale={locale} />),
    text: plainText(content),
    invitation: invitationOf(mail, stamp),
  };
}
