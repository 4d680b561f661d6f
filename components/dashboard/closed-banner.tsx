import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import type { ClosedReason } from "@/lib/availability/closed";
import type { Connection } from "@/lib/connections/list";
import { type Clock, formatDate, formatLength, formatTime } from "@/lib/time";
import { TimeAgo } from "./time-ago";

type Props = {
  closed: ClosedReason;
  connections: Connection[];
  clock: Clock;
  now: Date;
  /** Where a calendar of an account is the cause. */
  action?: ReactNode;
  /** Subscriptions are what is looked at. */
  isAmongFeeds?: boolean;
};

/** Why nobody can book, since when, and what ends it. Nothing where an account is locked: its own banner says so. */
export function ClosedBanner({ closed, connections, clock, now, action, isAmongFeeds }: Props) {
  const { calendarName, lastSyncedAt, lastError } = closed;
  if (findCause(closed, connections)?.connection.status === "reconnect") return null;
  return (
    <Banner
      tone="danger"
      title="Your booking pages are closed for now"
      action={closed.isSubscribed && !isAmongFeeds ? toSubscriptions : action}
    >
      <p>
        {lastSyncedAt ? (
          <>
            {calendarName} was last read <TimeAgo instant={lastSyncedAt} now={now} />, and{" "}
            {limitWords(closed)}: new bookings have been closed since{" "}
            {momentText(closedSince(lastSyncedAt, closed), clock)}.
          </>
        ) : (
          `${calendarName} blocks bookings and has not been read yet.`
        )}{" "}
        Nobody is offered a time that may be taken.
      </p>
      <p className="mt-1">
        {lastError ? `Reading it fails: ${lastError} ` : ""}
        {wayOut(closed)}
      </p>
    </Banner>
  );
}

const toSubscriptions = (
  <ButtonLink href="/subscriptions" size="sm">
    Look at your subscriptions
  </ButtonLink>
);

function limitWords({ isSubscribed, patienceMinutes }: ClosedReason): string {
  const limit = formatLength(patienceMinutes);
  return isSubscribed
    ? `a subscription that blocks bookings may go unread for ${limit}`
    : `you accept readings up to ${limit} old`;
}

function wayOut({ isEnabled }: ClosedReason): string {
  return isEnabled
    ? "The pages open by themselves once it is read: sync it now, or let it no longer block bookings."
    : "It is not tried any more: refresh it by hand, give it its new address, unsubscribe, or let it no longer block bookings.";
}

function closedSince(lastSyncedAt: Date, { patienceMinutes }: ClosedReason): Date {
  return new Date(lastSyncedAt.getTime() + patienceMinutes * 60_000);
}

function findCause(closed: ClosedReason, connections: Connection[]) {
  return connections
    .flatMap((connection) => connection.calendars.map((calendar) => ({ connection, calendar })))
    .find(
      ({ calendar }) =>
        calendar.checksConflicts &&
        calendar.name === closed.calendarName &&
        calendar.lastSyncedAt?.getTime() === closed.lastSyncedAt?.getTime(),
    );
}

function momentText(instant: Date, clock: Clock): string {
  return `${formatTime(instant, clock)} on ${formatDate(instant, clock)}`;
}
