import { expandRecurrence, type Repeating } from "@/lib/ical/expand-recurrence";
import type { Occurrence, SyncWindow } from "@/lib/providers/provider";

/** The occurrences of what repeats that touch the window, as any calendar server would have them. */
export function expandSeries(series: Repeating & { title: string }, window: SyncWindow): Occurrence[] {
  const titles = new Map(series.recurrence.exceptions.map(({ key, says }) => [key, says?.title]));
  return expandRecurrence(series, window).map(({ key, time }) => ({
    key,
    title: titles.get(key) ?? series.title,
    time,
    status: "confirmed",
    transparency: "opaque",
  }));
}
