import type { FeedEvent } from "@/lib/ical/feed";
import type { Occurrence, SyncWindow } from "@/lib/providers/provider";
import { demand } from "./fault";

const day = 86_400_000;

/** As `synced_events` has them: keyed, in order, in the window, and none ending before it starts. */
export function checkOccurrences({ uid, occurrences }: FeedEvent, window: SyncWindow): void {
  const keys = new Set(occurrences.map(({ key }) => key));
  demand(
    keys.size === occurrences.length,
    "a key is there twice:",
    uid,
    occurrences.map(({ key }) => key),
  );
  for (const occurrence of occurrences) {
    demand(isInWindow(occurrence, window), "outside the window:", uid, occurrence, window);
    demand(["confirmed", "tentative", "cancelled"].includes(occurrence.status), "status", occurrence);
    demand(["opaque", "transparent"].includes(occurrence.transparency), "transparency", occurrence);
    // PostgreSQL takes no NUL.
    demand(!`${occurrence.title}${occurrence.key}${uid}`.includes("\0"), "a NUL:", uid, occurrence);
  }
}

function isInWindow({ time }: Occurrence, { start, end }: SyncWindow): boolean {
  const [from, to] = [start.getTime(), end.getTime()];
  if (time.kind === "allDay") {
    const [first, last] = [Date.parse(time.startDay), Date.parse(time.endDay)];
    const areDays = [time.startDay, time.endDay].every((text) => /^\d{4}-\d\d-\d\d$/.test(text));
    // Which day it is where the host is, is at most a day from UTC's.
    return areDays && first < last && first < to + day && last > from - day;
  }
  const [first, last] = [time.startsAt.getTime(), time.endsAt.getTime()];
  return first < to && (last > from || (first === last && first >= from));
}
