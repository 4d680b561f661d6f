import { formatLength } from "@/lib/time";
import type { Content, Fact } from "./facts";
import type { NoticeMail } from "./notice-mail";
import { moment } from "./times";

type Words = Pick<Content, "subject" | "heading" | "lead">;

/** What a host is told about a feed they subscribed to. */
export function feedContent(mail: NoticeMail): Content {
  return {
    ...wordsOf(mail),
    facts: factsOf(mail),
    main: { label: "Look at your subscriptions", url: mail.link },
    others: [],
    footer: "You get this mail because you subscribed to this calendar in Calends.",
  };
}

function wordsOf(mail: NoticeMail): Words {
  const [name = "A subscribed calendar"] = mail.calendars;
  const titled = (title: string, lead: string[]) => ({ subject: title, heading: title, lead });
  if (isOver(mail)) {
    const lead = ["All is well again, and nothing is left for you to do."];
    return titled(`${name} is read again`, lead);
  }
  if (mail.change.kind === "subscription_disabled")
    return titled(`${name} is no longer refreshed`, [
      "It could not be read, and we have stopped trying. What was last read of it stays, and grows old.",
      ...whenGivenUp(mail),
    ]);
  return titled(`${name} cannot be read`, [
    "Reading it keeps failing. We go on trying, ever more rarely.",
    ...whileTried(mail),
  ]);
}

function whileTried({ closesAt, at, maxStalenessMinutes, host }: NoticeMail): string[] {
  if (!closesAt) return [];
  if (closesAt <= at)
    return [
      "Your booking pages are closed meanwhile, so that nobody takes a time you no longer have. They open by themselves once it is read, or no longer blocks bookings.",
    ];
  const age = formatLength(maxStalenessMinutes);
  return [
    `It blocks bookings, so your booking pages close at ${moment(closesAt, host)}, when it has not been read for ${age}. Refresh it before, or let it no longer block bookings.`,
  ];
}

function whenGivenUp({ closesAt, at, host }: NoticeMail): string[] {
  const help = "refresh it by hand, give it its new address, or unsubscribe";
  if (!closesAt) return [`Once you know what is wrong, ${help}.`];
  const choice = `${help}, or let it no longer block bookings`;
  return [
    closesAt <= at
      ? `It blocks bookings, so your booking pages are closed: ${choice}, and they open again.`
      : `It blocks bookings, so your booking pages close at ${moment(closesAt, host)}. Before that, ${choice}.`,
  ];
}

function factsOf(mail: NoticeMail): Fact[] {
  const { change, provider, calendars, since, at, host } = mail;
  const reason = "reason" in change ? change.reason : null;
  return [
    { name: "Subscription", lines: [...calendars, provider.name] },
    isOver(mail)
      ? { name: "Did not work", lines: [`from ${moment(since, host)}`, `to ${moment(at, host)}`] }
      : { name: "Since", lines: [moment(since, host)] },
    ...(reason ? [{ name: "What happened", lines: [reason], isQuote: true }] : []),
  ];
}

const isOver = ({ change: { kind } }: NoticeMail) => kind === "reconnected" || kind === "calendar_working";
