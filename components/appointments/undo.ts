import type { Range } from "@/lib/appointments/schema";
import type { StoredTime } from "@/lib/providers/recurrence";
import type { CalendarItem } from "./item";

/** What a move back begins with; null where it would not lead back. */
export function undoOf(item: CalendarItem, time: StoredTime, range: Range | null): CalendarItem | null {
  const moved = { ...item, time };
  if (range === null || range === "this") return moved;
  // A series is two by now.
  if (range === "following") return null;
  // Moved as a whole, its occurrences have other keys: those of where they are.
  return item.occurrenceKey === keyAt(item.time) ? { ...moved, occurrenceKey: keyAt(time) } : null;
}

const keyAt = (time: StoredTime) => (time.kind === "allDay" ? time.startDay : time.startsAt);
