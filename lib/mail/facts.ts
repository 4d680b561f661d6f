import type { BookingMail } from "./booking-mail";
import { placeUrl, whereWords } from "./place";
import { type Times, whenLines } from "./times";

export type Fact = {
  name: string;
  lines: string[];
  /** Shown struck through: it no longer holds. */
  isGone?: boolean;
  /** A person's own words. */
  isQuote?: boolean;
  /** Where the first line leads. */
  url?: string | undefined;
};
export type Action = { label: string; url: string };

/** What a mail says, apart from how it looks; HTML and plain text are two ways to write it. */
export type Content = {
  subject: string;
  heading: string;
  /** Sentences under the heading. */
  lead: string[];
  facts: Fact[];
  /** What most readers want to do next, if anything. */
  main: Action | null;
  others: Action[];
  footer: string;
};

/** The facts both sides are told. */
export function commonFacts(mail: BookingMail): Fact[] {
  const { change } = mail;
  const where = whereWords(mail);
  const isOff = change.kind === "declined" || change.kind === "cancelled";
  const when = (name: string, times: Times, isGone = false): Fact => ({
    name,
    lines: whenLines(times, mail),
    isGone,
  });
  return [
    ...(change.kind === "moved" ? [when("Was", change.from, true)] : []),
    when(change.kind === "moved" ? "Now" : "When", mail, isOff),
    ...(change.kind === "awaits_host" && change.moveTo ? [when("Asked for", change.moveTo)] : []),
    ...(change.kind === "move_refused" ? [when("Asked for", change.to, true)] : []),
    ...(change.kind === "put_back" && change.to ? [when("You moved it to", change.to, true)] : []),
    ...(where && !isOff ? [{ name: "Where", lines: where.split("\n"), url: placeUrl(mail) }] : []),
  ];
}

/** What one side said to the other when declining or cancelling. */
export function reasonFact({ change }: BookingMail): Fact[] {
  const reason = "reason" in change ? change.reason : null;
  return reason ? [quote("Reason", reason)] : [];
}

/** What the visitor answered and noted. */
export function saidFacts({ visitor }: BookingMail, noteName: string): Fact[] {
  return [
    ...visitor.answers.map(({ label, answer }) => quote(label, answer)),
    ...(visitor.note ? [quote(noteName, visitor.note)] : []),
  ];
}

const quote = (name: string, text: string): Fact => ({ name, lines: text.split("\n"), isQuote: true });
