import type { ReactNode } from "react";
import type { HostBooking } from "@/lib/booking/list";
import { type Clock, formatDate, formatTime, isSameClock, zoneCity } from "@/lib/time";
import { timeRange } from "./booking-times";

type Fact = { name: string; value: ReactNode };

/** All a host knows of a booking, by the host's clock. */
export function bookingFacts(booking: HostBooking, clock: Clock): Fact[] {
  const { visitorEmail, visitorPhone, visitorNote, answers, location, reason, createdAt } = booking;
  return [
    ...moveFacts(booking, clock),
    { name: "E-mail", value: <ContactLink href={`mailto:${visitorEmail}`} text={visitorEmail} /> },
    ...given(
      "Phone",
      visitorPhone && <ContactLink href={`tel:${visitorPhone.replace(/[^+\d]/g, "")}`} text={visitorPhone} />,
    ),
    ...answers.map(({ label, answer }) => ({ name: label, value: <Lines text={answer} /> })),
    ...given("Note", visitorNote && <Lines text={visitorNote} />),
    ...given("Where", location && <Place text={location} />),
    ...theirTime(booking, clock),
    ...given(reasonName(booking), reason && <Lines text={reason} />),
    { name: "Booked", value: `${formatDate(createdAt, clock)}, ${formatTime(createdAt, clock)}` },
  ];
}

function moveFacts({ movesToStart, movesToEnd, movedBy }: HostBooking, clock: Clock): Fact[] {
  if (!movesToStart || !movesToEnd) return [];
  const range = timeRange({ startsAt: movesToStart, endsAt: movesToEnd }, clock);
  const value = (
    <strong className="font-semibold">
      {formatDate(movesToStart, clock)}, <span className="whitespace-nowrap">{range}</span>
    </strong>
  );
  return [{ name: movedBy === "visitor" ? "Asks to move to" : "Moves to", value }];
}

function theirTime({ startsAt, visitorTimeZone }: HostBooking, clock: Clock): Fact[] {
  if (isSameClock(startsAt, visitorTimeZone, clock.timeZone)) return [];
  const theirs = { ...clock, timeZone: visitorTimeZone };
  const value = `${formatTime(startsAt, theirs)}, ${formatDate(startsAt, theirs)} (${zoneCity(visitorTimeZone)})`;
  return [{ name: "Their time", value }];
}

function reasonName({ status, cancelledBy, visitorName }: HostBooking): string {
  if (status !== "cancelled") return "You said";
  return cancelledBy === "visitor" ? `${visitorName} said` : "You said";
}

const given = (name: string, value: ReactNode): Fact[] => (value ? [{ name, value }] : []);

function Lines({ text }: { text: string }) {
  return <span className="whitespace-pre-line">{text}</span>;
}

function Place({ text }: { text: string }) {
  return /^https?:\/\/\S+$/.test(text) ? <ContactLink href={text} text={text} /> : <Lines text={text} />;
}

function ContactLink({ href, text }: { href: string; text: string }) {
  return (
    <a href={href} className="wrap-anywhere text-accent-text underline underline-offset-2">
      {text}
    </a>
  );
}
