import { TimeAgo } from "@/components/dashboard/time-ago";
import type { Reach } from "@/lib/projects/reach";

/** Whether all of a project is in the calendars it belongs in, and since when. */
export function ReachText({ reach, now }: { reach: Reach; now: Date }) {
  const { calendarLastSyncedAt, waiting, failing } = reach;
  if (failing > 0)
    return (
      <span className="text-danger">
        {number(failing)} not in {failing === 1 ? "its calendar" : "their calendars"}
      </span>
    );
  if (waiting > 0) return <span>{number(waiting)} on the way to calendars</span>;
  if (!calendarLastSyncedAt) return <span>in calendars</span>;
  return (
    <span>
      in calendars <TimeAgo instant={calendarLastSyncedAt} now={now} />
    </span>
  );
}

const number = (count: number) => count.toLocaleString("en");
