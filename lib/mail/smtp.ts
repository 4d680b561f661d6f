import { createTransport, type Transporter } from "nodemailer";
import type { Letter } from "./compose";
import { oneLine } from "./one-line";

export type Addressed = Letter & {
  /** The same whenever this mail is sent again, so that a receiver that has it already can tell. */
  messageId: string;
  date: Date;
  from: string;
  to: { name: string; email: string };
};

/** A mail that did not leave. `isFinal`: it never will, the server refuses this mail or this address. */
export class MailNotSent extends Error {
  override name = "MailNotSent";

  constructor(
    sentence: string,
    readonly isFinal: boolean,
    cause: unknown,
  ) {
    super(sentence, { cause });
  }
}

/**
 * Hands one mail to the server of `smtpUrl`.
 * @throws MailNotSent with a sentence for an administrator
 */
export async function sendOverSmtp(smtpUrl: string, mail: Addressed): Promise<void> {
  const transport = openTransport(smtpUrl);
  try {
    await transport.sendMail(messageOf(mail));
  } catch (error) {
    throw explain(error);
  } finally {
    transport.close();
  }
}

/** The host speaks, by way of us; or we do. */
export const senderName = (fromName: string | null) =>
  fromName ? `${oneLine(fromName)} via Calends` : "Calends";

/** A mail as nodemailer takes it. Nothing in it may name a file or an address to fetch. */
function messageOf({ from, to, fromName, replyTo, invitation, ...mail }: Addressed) {
  return {
    messageId: mail.messageId,
    date: mail.date,
    from: { name: senderName(fromName), address: from },
    to: { name: oneLine(to.name), address: to.email },
    ...(replyTo && { replyTo: { name: oneLine(replyTo.name), address: replyTo.email } }),
    subject: oneLine(mail.subject, 200),
    text: mail.text,
    html: mail.html,
    // RFC 3834: no "out of office" to this.
    headers: { "Auto-Submitted": "auto-generated" },
    ...(invitation && {
      icalEvent: { method: invitation.method, content: invitation.ics, filename: "invite.ics" },
    }),
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

const second = 1000;

function openTransport(smtpUrl: string): Transporter {
  const { protocol, hostname, port, username, password } = new URL(smtpUrl);
  const host = hostname.replace(/^\[|\]$/g, "");
  const isImplicitTls = protocol === "smtps:";
  const isHere = /^(localhost|127\.[\d.]+|::1)$/.test(host);
  return createTransport({
    host,
    port: port ? Number(port) : isImplicitTls ? 465 : 587,
    secure: isImplicitTls,
    // A server on this machine has a certificate for nobody, and nobody listens in between.
    ignoreTLS: isHere,
    // A password never goes out in the clear.
    requireTLS: !isImplicitTls && !isHere && username !== "",
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    dnsTimeout: 10 * second,
    connectionTimeout: 10 * second,
    greetingTimeout: 10 * second,
    socketTimeout: 30 * second,
  });
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string };

function explain(error: unknown): MailNotSent {
  const {
    code = "",
    responseCode = 0,
    response,
    message,
  }: SmtpError = error instanceof Error ? error : new Error(String(error));
  const said = oneLine(response ?? message, 400);
  if (code === "EAUTH")
    return new MailNotSent(`The mail server refuses our user or password: ${said}`, false, error);
  // Of this mail or its address; "try again later" (4xx) and whatever befalls the connection may pass.
  const isLater = responseCode >= 400 && responseCode < 500;
  const isRefusal = (code === "EENVELOPE" || code === "EMESSAGE") && !isLater;
  if (isRefusal) return new MailNotSent(`The mail server refused it: ${said}`, true, error);
  if (responseCode) return new MailNotSent(`The mail server does not take it yet: ${said}`, false, error);
  return new MailNotSent(`The mail server could not be reached: ${said}`, false, error);
}
