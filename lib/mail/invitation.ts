import { serializeInvitation } from "@/lib/ical/serialize";
import type { BookingMail } from "./booking-mail";
import { placeOf } from "./place";

export type MailedInvitation = { method: "REQUEST" | "CANCEL"; ics: string };

/**
 * The invitation a mail carries (RFC 5546), or null when it changes no calendar. Its UID is that of the host's own
 * copy, so that a calendar that gets both keeps one.
 * @param stamp when the change was made
 */
export function invitationOf(mail: BookingMail, stamp: Date): MailedInvitation | null {
  const method = methodOf(mail.change);
  if (!method) return null;
  const { to, title, startsAt, endsAt, uid, sequence, host, visitor, links } = mail;
  const ics = serializeInvitation(
    {
      uid,
      sequence,
      title: to === "host" ? `${title}: ${visitor.name}` : `${title} with ${host.name}`,
      description: describeBooking(mail),
      location: placeOf(mail),
      time: { kind: "timed", startsAt, endsAt },
      timeZone: host.timeZone,
    },
    {
      method,
      organizer: host,
      attendees: [visitor, host],
      url: to === "host" ? links.bookings : links.booking,
    },
    stamp,
  );
  return { method, ics };
}

function methodOf(change: BookingMail["change"]): MailedInvitation["method"] | null {
  if (change.kind === "confirmed" || change.kind === "moved") return "REQUEST";
  return change.kind === "cancelled" && change.wasConfirmed ? "CANCEL" : null;
}

/** What one wants at hand when the meeting begins; hosts read what they were told, visitors how to change it. */
function describeBooking(mail: BookingMail): string {
  const { visitor } = mail;
  const said = [...visitor.answers.map(({ label, answer }) => `${label}\n${answer}`), visitor.note];
  const rest =
    mail.to === "host"
      ? [
          [`${visitor.name} <${visitor.email}>`, visitor.phone].filter(Boolean).join("\n"),
          ...said,
          mail.links.bookings,
        ]
      : [...said, `Move: ${mail.links.move}\nCancel: ${mail.links.cancel}`];
  return rest.filter(Boolean).join("\n\n");
}
