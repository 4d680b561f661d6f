import { expect } from "@playwright/test";
import PostalMime from "postal-mime";
import { readInvitation } from "@/lib/ical/test-invitation";
import { type Received, startMailServer } from "@/lib/mail/test-server";

export type Mail = {
  subject: string;
  text: string;
  /** As the MIME type says it, and as its file does; null: the mail carries none. */
  invitation: (ReturnType<typeof readInvitation> & { mimeMethod: string | undefined }) | null;
};

/** A mail server that keeps what it gets, and the settings that make a product send there. */
export async function startInbox() {
  const server = await startMailServer();
  const all = async (to: string, subject: RegExp) => {
    const mails = await Promise.all(server.received.filter((each) => each.to.includes(to)).map(read));
    return mails.filter((mail) => subject.test(mail.subject));
  };
  return {
    env: { SMTP_URL: server.url, MAIL_FROM: "calends@example.test" },
    stop: server.stop,
    all,
    /** The one mail to this address with such a subject, once it has come. */
    async mail(to: string, subject: RegExp): Promise<Mail> {
      await expect
        .poll(async () => (await all(to, subject)).length, { message: `${subject} to ${to}` })
        .toBe(1);
      const [mail] = await all(to, subject);
      if (!mail) throw new Error("It was here a moment ago.");
      return mail;
    },
  };
}

export type Inbox = Awaited<ReturnType<typeof startInbox>>;

async function read({ raw }: Received): Promise<Mail> {
  const {
    subject = "",
    text = "",
    attachments,
  } = await PostalMime.parse(raw, { attachmentEncoding: "utf8" });
  const part = attachments.find(({ mimeType }) => mimeType === "text/calendar");
  if (!part) return { subject, text, invitation: null };
  const [, mimeMethod] = /^content-type: text\/calendar;(?:[^\r\n]|\r\n\s)*?method="?(\w+)/im.exec(raw) ?? [];
  return { subject, text, invitation: { ...readInvitation(String(part.content)), mimeMethod } };
}

/** Where the mail's link of that name leads, as its plain text has it. */
export function linkOf({ text }: Mail, label: string): string {
  const lines = text.split(/\r?\n/);
  const link = lines[lines.indexOf(`${label}:`) + 1]?.trim();
  if (!link?.startsWith("http")) throw new Error(`The mail has no link “${label}”:\n${text}`);
  return link;
}
