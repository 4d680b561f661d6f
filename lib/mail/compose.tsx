import { render } from "@react-email/render";
import { englishOf } from "@/lib/time";
import { contentOf } from "./content";
import { invitationOf, type MailedInvitation } from "./invitation";
import type { Mail } from "./mail";
import { plainText } from "./plain-text";
import { LetterTemplate } from "./templates/letter";

/** A mail ready to go, apart from its addressee. */
export type Letter = {
  /** Whose name stands before "via Calends"; null: the product speaks for itself. */
  fromName: string | null;
  /** Null: to where it came from, if anywhere. */
  replyTo: { name: string; email: string } | null;
  subject: string;
  html: string;
  text: string;
  invitation: MailedInvitation | null;
};

/** Writes a mail. The same input gives the same letter, so it can be written again to be read. */
export async function composeMail(mail: Mail, stamp: Date): Promise<Letter> {
  const content = contentOf(mail);
  const locale = mail.to === "visitor" ? englishOf(mail.visitor.language) : "en-GB";
  return {
    fromName: mail.to === "visitor" ? mail.host.name : null,
    replyTo: replyToOf(mail),
    subject: content.subject,
    html: await render(<LetterTemplate content={content} locale={locale} />),
    text: plainText(content),
    invitation: mail.to === "holder" ? null : invitationOf(mail, stamp),
  };
}

function replyToOf(mail: Mail): Letter["replyTo"] {
  switch (mail.to) {
    case "visitor":
      return mail.host;
    case "host":
      return mail.visitor;
    case "holder":
      return null;
  }
}
