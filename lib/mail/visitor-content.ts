import type { BookingMail } from "./booking-mail";
import { type Action, type Content, commonFacts, reasonFact, saidFacts } from "./facts";
import { lengthWords, whenShort } from "./times";

type VisitorMail = Extract<BookingMail, { to: "visitor" }>;
type Words = Pick<Content, "subject" | "heading" | "lead">;

/** What the visitor is told: when by their own clock, and the links that need no account. */
export function visitorContent(mail: VisitorMail): Content {
  const isOff = mail.change.kind === "declined" || mail.change.kind === "cancelled";
  return {
    ...wordsOf(mail),
    facts: [
      { name: "What", lines: [`${mail.title} with ${mail.host.name}`] },
      ...commonFacts(mail),
      ...reasonFact(mail),
      ...(isOff ? [] : saidFacts(mail, "Your note")),
    ],
    ...actionsOf(mail, isOff),
    footer: `You get this mail because ${mail.visitor.email} was given when booking with ${mail.host.name}. Replies go to ${mail.host.name}.`,
  };
}

function wordsOf(mail: VisitorMail): Words {
  const { change, title, host } = mail;
  const what = `${title} with ${host.name}`;
  const when = whenShort(mail, mail);
  switch (change.kind) {
    case "awaits_host":
      return change.moveTo
        ? {
            subject: `New time asked for: ${what}, ${whenShort(change.moveTo, mail)}`,
            heading: `${host.name} will answer`,
            lead: [
              "You asked for another time. Until it is decided, your booking stays where it is, and the new time is held for you.",
            ],
          }
        : {
            subject: `Request received: ${what}, ${when}`,
            heading: `${host.name} will answer`,
            lead: ["Your request has arrived and the time is held for you. It is not booked yet."],
          };
    case "confirmed":
      return {
        subject: `Confirmed: ${what}, ${when}`,
        heading: "You are booked",
        lead: [`${host.name} is expecting you. The invitation for your calendar is attached.`],
      };
    case "declined":
      return {
        subject: `${change.because === "host" ? "Declined" : "Not booked"}: ${what}, ${when}`,
        heading: "This time did not work out",
        lead: [declined(change.because, host.name)],
      };
    case "cancelled":
      return {
        subject: `Cancelled: ${what}, ${when}`,
        heading:
          change.by === "visitor" ? "You cancelled this booking" : `${host.name} cancelled this booking`,
        lead: ["The time is free again."],
      };
    case "moved":
      return {
        subject: `Moved: ${what}, now ${when}`,
        heading: "Your booking has a new time",
        lead: ["The invitation in your calendar moves with it."],
      };
    // The host's own affair; should it ever be told, nothing changed.
    case "put_back":
      return { subject: `Unchanged: ${what}, ${when}`, heading: "Your booking stays where it was", lead: [] };
    case "move_refused":
      return {
        subject: `Not moved: ${what} stays on ${when}`,
        heading: "Your booking stays where it was",
        lead: [notMoved(change.because, host.name)],
      };
    case "reminder":
      return {
        subject: `Reminder: ${what}, ${when}`,
        heading: `In ${lengthWords(change.minutes)}`,
        lead: [`${what} is coming up.`],
      };
  }
}

type Because = Extract<BookingMail["change"], { kind: "declined" }>["because"];

function declined(because: Because, host: string): string {
  switch (because) {
    case "conflict":
      return `Something else was entered in ${host}’s calendar in the meantime. Nothing was booked.`;
    case "unavailable":
      return `${host}’s calendar could not be checked in time, so nothing was booked.`;
    case "host":
      return `${host} cannot make this time. Nothing was booked.`;
    case "expired":
      return `${host} did not answer in time, so nothing was booked.`;
  }
}

function notMoved(because: Because, host: string): string {
  switch (because) {
    case "conflict":
      return "The time you asked for was taken in the meantime.";
    case "unavailable":
      return `${host}’s calendar could not be checked in time for the time you asked for.`;
    case "host":
      return `${host} cannot make the time you asked for.`;
    case "expired":
      return `${host} did not answer in time.`;
  }
}

function actionsOf(
  { change, links }: VisitorMail,
  isOff: boolean,
): { main: Action | null; others: Action[] } {
  if (isOff)
    return { main: links.again ? { label: "Choose another time", url: links.again } : null, others: [] };
  const cancel = { label: "Cancel booking", url: links.cancel };
  const main = { label: "See your booking", url: links.booking };
  if (change.kind === "awaits_host") return { main, others: [cancel] };
  return { main, others: [{ label: "Choose another time", url: links.move }, cancel] };
}
