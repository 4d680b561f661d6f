import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import type { ClosedReason } from "@/lib/availability/closed";
import type { Connection } from "@/lib/connections/list";
import { type Clock, formatDate, formatLength, formatTime } from "@/lib/time";
import { TimeAgo } from "./time-ago";

type Props = {
  closed: ClosedReason;
  connections: Connection[];
  /** How old a reading the host accepts. */
  maxStalenessMinutes: number;
  clock: Clock;
  now: Date;
  action?: ReactNode;
};

/** Why nobody can book, since when, and what ends it. Nothing where an account is locked: its own banner says so. */
export function ClosedBanner({ closed, connections, maxStalenessMinutes, clock, now, action }: Props) {
  const { calendarName, lastSyncedAt } = closed;
  const cause = findCause(closed, connections);
  if (cause?.connection.status === "reconnect") return null;
  const accepted = formatLength(maxStalenessMinutes);
  return (
    <Banner tone="danger" title="Your booking pages are closed for now" action={action}>
      <p>
        {lastSyncedAt ? (
          <>
            {calendarName} was last read <TimeAgo instant={lastSyncedAt} now={now} />, and you accept readings
            up to {accepted} old: new bookings have been closed since{" "}
            {momentText(new Date(lastSyncedAt.getTime() + maxStalenessMinutes * 60_000), clock)}.
          </>
        ) : (
          `${calendarName} blocks bookings and has not been read yet.`
        )}{" "}
        Nobody is offered a time that may be taken.
      </p>
      <p className="mt-1">
        {cause?.calendar.lastError ? `Reading it fails: ${cause.calendar.lastError} ` : ""}The pages open by
        themselves once it is read: sync it now, or let it no longer block bookings.
      </p>
    </Banner>
  );
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
