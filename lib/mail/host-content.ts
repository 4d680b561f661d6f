import type { BookingMail } from "./booking-mail";
import { type Content, commonFacts, type Fact, reasonFact, saidFacts } from "./facts";
import { lengthWords, whenShort } from "./times";

type HostMail = Extract<BookingMail, { to: "host" }>;
type Words = Pick<Content, "subject" | "heading" | "lead">;

/** What the host is told: when by their own clock, and all the visitor said. */
export function hostContent(mail: HostMail): Content {
  const bookings = { label: "See your bookings", url: mail.links.bookings };
  const answer = { label: "Accept or decline", url: mail.links.answer };
  const isAsked = mail.change.kind === "awaits_host";
  return {
    ...wordsOf(mail),
    facts: [
      { name: "What", lines: [mail.title] },
      ...commonFacts(mail),
      who(mail),
      ...saidFacts(mail, "Note"),
      ...reasonFact(mail),
    ],
    main: isAsked ? answer : bookings,
    others: isAsked ? [bookings] : [],
    footer: `You get this mail because people book you on Calends. Replies go to ${mail.visitor.name}.`,
  };
}

function who({ visitor }: HostMail): Fact {
  const lines = [visitor.name, visitor.email, ...(visitor.phone ? [visitor.phone] : [])];
  return { name: "Who", lines };
}

function wordsOf(mail: HostMail): Words {
  const { change, title, visitor } = mail;
  const what = `${title} with ${visitor.name}`;
  const when = whenShort(mail, mail);
  switch (change.kind) {
    case "awaits_host":
      return {
        subject: change.moveTo
          ? `Another time? ${what}, ${whenShort(change.moveTo, mail)}`
          : `Your answer, please: ${what}, ${when}`,
        heading: change.moveTo ? "A booking wants to move" : `${visitor.name} would like to meet you`,
        lead: awaits(change),
      };
    case "confirmed":
      return { subject: `New booking: ${what}, ${when}`, heading: `${visitor.name} booked you`, lead: [] };
    case "declined":
      return {
        subject: `Not booked: ${what}, ${when}`,
        heading: change.because === "host" ? "You declined this request" : "A request was not booked",
        lead: [`${declined(change.because)} ${visitor.name} was told, and the time is free again.`],
      };
    case "cancelled":
      return {
        subject: `Cancelled: ${what}, ${when}`,
        heading: change.by === "host" ? "You cancelled this booking" : `${visitor.name} cancelled`,
        lead: [
          ...(change.inCalendar ? [`You deleted it in your calendar, so ${visitor.name} was told.`] : []),
          "The time is free again.",
        ],
      };
    case "moved":
      return {
        subject: `Moved: ${what}, now ${when}`,
        heading: "A booking has a new time",
        lead: change.inCalendar ? [`You moved it in your calendar, so ${visitor.name} was told.`] : [],
      };
    case "put_back":
      return {
        subject: `Put back: ${what} stays on ${when}`,
        heading: "Your change was undone",
        lead: [
          `You changed this booking in your calendar. ${putBack(change.because)}`,
          `The booking stays where it was, and so does its event again. ${visitor.name} was not told.`,
        ],
      };
    case "move_refused":
      return {
        subject: `Not moved: ${what} stays on ${when}`,
        heading: "A booking stays where it was",
        lead: [declined(change.because)],
      };
    case "reminder":
      return {
        subject: `Reminder: ${what}, ${when}`,
        heading: `In ${lengthWords(change.minutes)}`,
        lead: [`${what} is coming up.`],
      };
  }
}

function awaits({ because, moveTo }: Extract<BookingMail["change"], { kind: "awaits_host" }>): string[] {
  const held = moveTo
    ? "Both times are held until you answer."
    : "The time is held until you answer. Nothing is booked before that.";
  if (because === "approval") return [held];
  return [
    "A calendar that blocks your bookings could not be read, so nobody but you knows whether this fits.",
    held,
  ];
}

function declined(because: Extract<BookingMail["change"], { kind: "declined" }>["because"]): string {
  switch (because) {
    case "conflict":
      return "Something else stood in your calendar by the time it was checked.";
    case "unavailable":
      return "Your calendars could not be read in time.";
    case "host":
      return "You declined it.";
    case "expired":
      return "It waited for your answer until it was too late.";
  }
}

function putBack(because: Extract<BookingMail["change"], { kind: "put_back" }>["because"]): string {
  switch (because) {
    case "booking":
      return "Another booking holds that time.";
    case "past":
      return "That time has passed.";
    case "all_day":
      return "It lasted all day there, and a booking needs a time.";
    case "repeats":
      return "It repeated there, and a booking takes place once.";
    case "no_length":
      return "It had no length there.";
  }
}
