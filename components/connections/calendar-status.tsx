import clsx from "clsx";
import { Zap, ZapOff } from "lucide-react";
import { TimeAgo, TimeUntil } from "@/components/dashboard/time-ago";
import { StatusBadge } from "@/components/ui/badge";
import type { CalendarHealth, ConnectionHealth } from "@/lib/connections/health";
import { channelWords, countText, healthOf, isRead } from "./words";

type Props = {
  calendar: CalendarHealth;
  connection: Pick<ConnectionHealth, "status" | "providerName">;
  now: Date;
};

/** How a calendar is doing, in a word. */
export function CalendarStatus({ calendar, connection, now }: Props) {
  const { status, word } = healthOf(calendar, connection, now);
  return <StatusBadge status={status}>{word}</StatusBadge>;
}

type ReadingProps = Props & {
  /** Says of notifications only what is worth knowing at a glance. */
  isBrief?: boolean;
};

/** When it was last read and will be next, how we learn of changes, and what stands in the way. */
export function CalendarReading({ calendar, connection, now, isBrief = false }: ReadingProps) {
  const { lastSyncedAt, lastError, failingSince, unreadableCount, nextSyncAt } = calendar;
  if (!isRead(calendar)) return <span>Not read: it neither blocks bookings nor receives anything</span>;
  return (
    <>
      <span className="block">
        {lastSyncedAt ? (
          <>
            Read <TimeAgo instant={lastSyncedAt} now={now} />, {countText(calendar.eventCount, "event")}
          </>
        ) : (
          "Not read yet"
        )}
        {connection.status === "connected" && (lastSyncedAt || lastError) && (
          <>
            ; {lastError ? "tried again" : "next"} <TimeUntil instant={nextSyncAt} now={now} />
          </>
        )}
      </span>
      {connection.status === "connected" && (
        <Channel calendar={calendar} connection={connection} now={now} isBrief={isBrief} />
      )}
      {unreadableCount > 0 && (
        <span className="block text-warning">
          {countText(unreadableCount, "event")} could not be understood. Please check in your calendar: what
          we never understood of them blocks nothing.
        </span>
      )}
      {/* What locks an account is said of the account. */}
      {lastError && connection.status === "connected" && (
        <span className="block text-danger">
          {lastError}
          {failingSince && (
            <>
              {" "}
              First <TimeAgo instant={failingSince} now={now} />.
            </>
          )}
        </span>
      )}
    </>
  );
}

function Channel({ calendar, connection, now, isBrief }: ReadingProps) {
  const { channel } = calendar;
  if (!channel) return null;
  const { words, tone } = channelWords(channel, connection.providerName);
  if (isBrief && tone === "plain") return null;
  const Icon = tone === "live" ? Zap : ZapOff;
  return (
    <span className={clsx("flex items-start gap-1.5", tone === "warning" && "text-warning")}>
      <Icon
        aria-hidden="true"
        className={clsx("mt-0.75 size-3.5 shrink-0", tone === "live" && "text-success")}
      />
      <span>
        {words}
        {tone === "live" && channel.lastNotifiedAt && (
          <>
            , last <TimeAgo instant={channel.lastNotifiedAt} now={now} />
          </>
        )}
      </span>
    </span>
  );
}
