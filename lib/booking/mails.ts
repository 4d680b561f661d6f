import { and, count, eq, inArray, like, not } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { bookings, eventTypes, mailOutbox, users } from "@/db/schema";
import { env } from "@/lib/env";
import type { BookingMailInput } from "@/lib/mail/booking-mail";
import { queueMail } from "@/lib/mailbox/queue";
import { bookingUid } from "./ics";
import { placeForVisitor } from "./place";
import { bookingToken, hostToken } from "./token";

type Times = { startsAt: Date; endsAt: Date };
type Side = "visitor" | "host";

/** Why a host's change of the event in their calendar could not be followed. */
export type CalendarRefusal = "booking" | "past" | "all_day" | "repeats" | "no_length";

/** What both sides of a booking are told. `inCalendar`: the host did it there. */
export type BookingChange =
  | { kind: "awaits_host" }
  | { kind: "confirmed" }
  | { kind: "declined" }
  | { kind: "cancelled"; inCalendar?: boolean }
  | { kind: "moved"; from: Times; inCalendar?: boolean }
  | {
      kind: "put_back";
      because: CalendarRefusal;
      /** Where the host had put it; null where that was no time. */
      to: Times | null;
      /** Which change was undone. */
      version: string;
    }
  | {
      kind: "move_refused";
      to: Times;
      because: "conflict" | "unavailable" | "host" | "expired";
      /** Who had asked. The other side is not told of a move it never heard of. */
      by?: Side;
    }
  | { kind: "reminder"; minutes: number };

/**
 * Queues the mails about a change in the transaction that makes it; the booking is read as it stands then. The same
 * change twice is told once.
 */
export async function queueBookingMails(
  tx: Transaction,
  bookingId: string,
  change: BookingChange,
  now: Date,
): Promise<void> {
  const facts = await readFacts(tx, bookingId);
  const key = await keyOf(tx, facts, change, now);
  for (const side of toldOf(facts, change)) {
    const { name, email } = side === "host" ? facts.host : visitorOf(facts);
    await queueMail(
      tx,
      {
        key: `${key}:${side}`,
        kind: change.kind,
        to: { name, email },
        bookingId,
        data: mailData(facts, change, side),
      },
      now,
    );
  }
}

type Facts = Awaited<ReturnType<typeof readFacts>>;

async function readFacts(tx: Transaction, bookingId: string) {
  const [row] = await tx
    .select({
      booking: bookings,
      eventType: {
        title: eventTypes.title,
        slug: eventTypes.slug,
        locationKind: eventTypes.locationKind,
        location: eventTypes.location,
      },
      host: { name: users.name, email: users.email, handle: users.handle, timeZone: users.timeZone },
    })
    .from(bookings)
    .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
    .innerJoin(users, eq(users.id, bookings.hostId))
    .where(eq(bookings.id, bookingId));
  if (!row) throw new Error(`There is no booking ${bookingId} to mail about.`);
  return row;
}

/** What sets this mail apart from the booking's others, and is the same when the change is told again. */
async function keyOf(tx: Transaction, { booking }: Facts, change: BookingChange, now: Date): Promise<string> {
  const prefix = `booking:${booking.id}:${change.kind}`;
  switch (change.kind) {
    case "awaits_host": {
      const asked = `${prefix}:${(booking.movesToStart ?? booking.startsAt).toISOString()}`;
      return `${asked}:${await countSince(tx, booking.id, asked)}`;
    }
    case "move_refused":
      return `${prefix}:${change.to.startsAt.toISOString()}:${now.toISOString()}`;
    case "reminder":
      return `${prefix}:${change.minutes}:${booking.startsAt.toISOString()}:${booking.sequence}`;
    case "moved":
      return `${prefix}:${booking.sequence}`;
    case "put_back":
      return `${prefix}:${change.version}`;
    default:
      return prefix;
  }
}

/** Rises when other times were asked for or refused: the same time may be asked for again after that. */
async function countSince(tx: Transaction, bookingId: string, asked: string): Promise<number> {
  const [row] = await tx
    .select({ others: count() })
    .from(mailOutbox)
    .where(
      and(
        eq(mailOutbox.bookingId, bookingId),
        inArray(mailOutbox.kind, ["awaits_host", "move_refused"]),
        not(like(mailOutbox.key, `${asked}:%`)),
      ),
    );
  return row?.others ?? 0;
}

function toldOf({ booking }: Facts, change: BookingChange): Side[] {
  if (change.kind === "put_back") return ["host"];
  if (change.kind === "move_refused" && change.by === "host") return ["host"];
  if (change.kind === "awaits_host" && booking.movedBy === "host") return ["host"];
  return ["visitor", "host"];
}

const visitorOf = ({ booking }: Facts) => ({ name: booking.visitorName, email: booking.visitorEmail });

function mailData({ booking, eventType, host }: Facts, change: BookingChange, to: Side): BookingMailInput {
  const facts = {
    change: plainChange(change, booking),
    startsAt: booking.startsAt.toISOString(),
    endsAt: booking.endsAt.toISOString(),
    title: eventType.title,
    place: {
      kind: eventType.locationKind,
      text: to === "host" ? eventType.location : placeForVisitor(eventType, booking),
    },
    visitor: {
      name: booking.visitorName,
      email: booking.visitorEmail,
      phone: booking.visitorPhone,
      note: booking.visitorNote,
      answers: booking.answers.map(({ label, answer }) => ({ label, answer })),
      timeZone: booking.visitorTimeZone,
      language: booking.visitorLanguage,
    },
    host: { name: host.name, email: host.email, timeZone: host.timeZone },
    uid: bookingUid(booking.id),
    sequence: booking.sequence,
  };
  if (to === "host") return { ...facts, to, links: hostLinks(booking.id) };
  return { ...facts, to, links: visitorLinks(booking.id, host.handle, eventType.slug) };
}

function hostLinks(bookingId: string) {
  const { APP_URL } = env();
  return { answer: `${APP_URL}/booking/host/${hostToken(bookingId)}`, bookings: `${APP_URL}/bookings` };
}

function visitorLinks(bookingId: string, handle: string | null, slug: string) {
  const { APP_URL } = env();
  const booking = `${APP_URL}/booking/${bookingToken(bookingId)}`;
  return {
    booking,
    cancel: `${booking}/cancel`,
    move: `${booking}/move`,
    again: handle ? `${APP_URL}/book/${handle}/${slug}` : null,
  };
}

function plainChange(change: BookingChange, booking: Facts["booking"]): BookingMailInput["change"] {
  switch (change.kind) {
    case "awaits_host":
      return {
        kind: change.kind,
        because: booking.waitsFor ?? "approval",
        moveTo:
          booking.movesToStart && booking.movesToEnd
            ? plainTimes({ startsAt: booking.movesToStart, endsAt: booking.movesToEnd })
            : null,
      };
    case "declined":
      return { kind: change.kind, because: booking.declineReason ?? "host", reason: booking.reason };
    case "cancelled":
      return {
        kind: change.kind,
        by: booking.cancelledBy ?? "host",
        reason: booking.reason,
        // Who was never invited has nothing to take out of a calendar.
        wasConfirmed: booking.decidedAt !== null,
        inCalendar: change.inCalendar ?? false,
      };
    case "moved":
      return { kind: change.kind, from: plainTimes(change.from), inCalendar: change.inCalendar ?? false };
    case "put_back":
      return { kind: change.kind, because: change.because, to: change.to && plainTimes(change.to) };
    case "move_refused":
      return {
        kind: change.kind,
        to: plainTimes(change.to),
        because: change.because,
        reason: booking.reason,
      };
    default:
      return change;
  }
}

const plainTimes = ({ startsAt, endsAt }: Times) => ({
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});
