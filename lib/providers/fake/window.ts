import type { Occurrence, SyncWindow } from "@/lib/providers/provider";

/** Those that touch the window. All-day events count by UTC days, a day wider on each side. */
export function findInWindow(occurrences: Occurrence[], { start, end }: SyncWindow): Occurrence[] {
  const day = 86_400_000;
  return occurrences.filter(({ time }) => {
    if (time.kind === "timed") return time.startsAt < end && (time.endsAt > start || time.startsAt >= start);
    return Date.parse(time.startDay) < end.getTime() + day && Date.parse(time.endDay) > start.getTime() - day;
  });
}
