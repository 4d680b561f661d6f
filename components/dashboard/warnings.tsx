import { Banner } from "@/components/ui/banner";
import { ButtonLink } from "@/components/ui/button";
import type { ClosedReason } from "@/lib/availability/closed";
import type { Connection } from "@/lib/connections/list";
import { TimeAgo } from "./time-ago";

type Props = { closed: ClosedReason | null; connections: Connection[]; now: Date };

/** What needs the host: first what closes their booking pages. */
export function Warnings({ closed, connections, now }: Props) {
  const locked = connections.filter(({ status }) => status === "reconnect");
  return (
    <div className="flex flex-col gap-3 empty:hidden">
      {closed && (
        <Banner
          tone="danger"
          title="Your booking pages are closed for now"
          action={
            <ButtonLink href="/connections" size="sm">
              Look at the calendar
            </ButtonLink>
          }
        >
          {closed.calendarName}{" "}
          {closed.lastSyncedAt ? (
            <>
              was last read <TimeAgo instant={closed.lastSyncedAt} now={now} />
            </>
          ) : (
            "has not been read yet"
          )}
          . Nobody is offered a time that may be taken, so no new bookings are accepted until it can be read.
        </Banner>
      )}
      {locked.map(({ id, account }) => (
        <Banner
          key={id}
          tone="danger"
          title={`The password for ${account} no longer works`}
          action={
            <ButtonLink href={`/connections/new?reconnect=${id}`} size="sm">
              Enter a new password
            </ButtonLink>
          }
        >
          Its calendars are not read until there is a new one, and your booking pages close meanwhile.
        </Banner>
      ))}
    </div>
  );
}
