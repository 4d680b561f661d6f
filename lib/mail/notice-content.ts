import { formatLength } from "@/lib/time";
import type { Content, Fact } from "./facts";
import { feedContent } from "./feed-content";
import type { NoticeMail } from "./notice-mail";
import { moment } from "./times";

type Words = Pick<Content, "subject" | "heading" | "lead">;
type AccountMail = Omit<NoticeMail, "change"> & {
  change: Exclude<NoticeMail["change"], { kind: "subscription_disabled" }>;
};

/** What a host is told about an account, a calendar or a feed that stopped working, or works again. */
export function noticeContent(mail: NoticeMail): Content {
  const { change } = mail;
  if (change.kind === "subscription_disabled" || mail.provider.signsInBy === "nothing")
    return feedContent(mail);
  return accountContent({ ...mail, change });
}

function accountContent(mail: AccountMail): Content {
  return {
    ...wordsOf(mail),
    facts: factsOf(mail),
    main: { label: buttonOf(mail), url: mail.link },
    others: [],
    footer:
      "You get this mail because your calendars are connected to Calends. There is one when something stops working, and one when it works again.",
  };
}

function wordsOf(mail: AccountMail): Words {
  const { change, provider, account } = mail;
  const names = namesOf(mail.calendars);
  const isMany = mail.calendars.length > 1;
  switch (change.kind) {
    case "reconnect":
      return {
        subject: `Please reconnect ${account}: ${provider.name} no longer lets us in`,
        heading: `${provider.name} no longer lets us in`,
        lead: [
          provider.signsInBy === "consent"
            ? `Our access to ${account} was withdrawn or has run out, so its calendars are not read until you allow it again.`
            : `The password stored for ${account} no longer works, so its calendars are not read until you enter a new one.`,
          ...consequence(mail),
        ],
      };
    case "reconnected":
      return {
        subject: `${account} works again`,
        heading: `${provider.name} lets us in again`,
        lead: [
          `The calendars of ${account} are being read again. If your booking pages were closed because of them, they open by themselves.`,
        ],
      };
    case "calendar_failing":
      return {
        subject: `${names} cannot be read`,
        heading: `${names} cannot be read`,
        lead: [
          `Reading ${isMany ? "them" : "it"} keeps failing. We go on trying every few minutes.`,
          ...consequence(mail),
        ],
      };
    case "calendar_working":
      return {
        subject: `${names} ${isMany ? "are" : "is"} read again`,
        heading: `${names} ${isMany ? "are" : "is"} read again`,
        lead: ["All is well again, and nothing is left for you to do."],
      };
  }
}

/** What the trouble means for bookings (DESIGN 9). */
function consequence(mail: AccountMail): string[] {
  const { closesAt, at, maxStalenessMinutes, receivesBookings } = mail;
  const unwritten = receivesBookings ? ["New bookings appear in your calendar once it works again."] : [];
  if (!closesAt) return unwritten;
  const limit = `you accept readings up to ${formatLength(maxStalenessMinutes)} old`;
  return [
    closesAt <= at
      ? "Your booking pages are closed meanwhile, so that nobody takes a time you no longer have. They open by themselves."
      : `Your booking pages close at ${moment(closesAt, mail.host)} unless it works again before: ${limit}.`,
    ...unwritten,
  ];
}

function factsOf(mail: AccountMail): Fact[] {
  const { change, account, provider, calendars, since, at } = mail;
  const reason = "reason" in change ? change.reason : null;
  const isOver = change.kind === "reconnected" || change.kind === "calendar_working";
  return [
    { name: "Account", lines: [account, provider.name] },
    ...(calendars.length > 0
      ? [{ name: calendars.length > 1 ? "Calendars" : "Calendar", lines: calendars }]
      : []),
    isOver
      ? { name: "Did not work", lines: [`from ${moment(since, mail.host)}`, `to ${moment(at, mail.host)}`] }
      : { name: "Since", lines: [moment(since, mail.host)] },
    ...(reason ? [{ name: "What happened", lines: [reason], isQuote: true }] : []),
  ];
}

function buttonOf({ change, provider }: AccountMail): string {
  if (change.kind !== "reconnect") return "Look at your calendars";
  return provider.signsInBy === "consent" ? `Reconnect ${provider.name}` : "Enter a new password";
}

/** `Work`, `Work and Family`, `Work and 3 other calendars`. */
function namesOf([first = "A calendar", ...others]: string[]): string {
  if (others.length === 0) return first;
  return others.length === 1 ? `${first} and ${others[0]}` : `${first} and ${others.length} other calendars`;
}
