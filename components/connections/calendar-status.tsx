import { TimeAgo } from "@/components/dashboard/time-ago";
import { StatusBadge } from "@/components/ui/badge";
import type { Connection } from "@/lib/connections/list";

type Calendar = Connection["calendars"][number];

/** How a calendar that matters is doing, in a word. */
export function CalendarStatus({ calendar }: { calendar: Calendar }) {
  if (!calendar.checksConflicts) return <StatusBadge status="off">Not read</StatusBadge>;
  if (calendar.lastError) return <StatusBadge status="failed">Failing</StatusBadge>;
  if (!calendar.lastSyncedAt) return <StatusBadge status="working">First read</StatusBadge>;
  if (calendar.unreadableCount > 0) return <StatusBadge status="attention">Partly unreadable</StatusBadge>;
  return <StatusBadge status="ok">Up to date</StatusBadge>;
}

/** When it was last read, and what stood in the way. */
export function CalendarReading({ calendar, now }: { calendar: Calendar; now: Date }) {
  const { lastSyncedAt, lastError, eventCount, unreadableCount, checksConflicts } = calendar;
  return (
    <>
      <span>
        {lastSyncedAt ? (
          <>
            Read <TimeAgo instant={lastSyncedAt} now={now} />, {count(eventCount, "event")}
          </>
        ) : checksConflicts ? (
          "Not read yet"
        ) : (
          "Not read: it does not block bookings"
        )}
      </span>
      {unreadableCount > 0 && (
        <span className="block text-warning">
          {count(unreadableCount, "event")} could not be understood. Please check in your calendar: what we
          never understood of them blocks nothing.
        </span>
      )}
      {lastError && <span className="block text-danger">{lastError}</span>}
    </>
  );
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
