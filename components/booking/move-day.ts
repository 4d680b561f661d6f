import { addDays, addMonthsToDay, type Day, dayOfWeek, type Weekday } from "@/lib/time";

type Key = { key: string; shiftKey: boolean };

/** Where a key leads from a day in the date grid (WAI-ARIA APG); null for keys that are not ours. */
export function moveDay(day: Day, { key, shiftKey }: Key, weekStart: Weekday): Day | null {
  switch (key) {
    case "ArrowLeft":
      return addDays(day, -1);
    case "ArrowRight":
      return addDays(day, 1);
    case "ArrowUp":
      return addDays(day, -7);
    case "ArrowDown":
      return addDays(day, 7);
    case "Home":
      return addDays(day, -dayOfWeek(day, weekStart));
    case "End":
      return addDays(day, 6 - dayOfWeek(day, weekStart));
    case "PageUp":
      return addMonthsToDay(day, shiftKey ? -12 : -1);
    case "PageDown":
      return addMonthsToDay(day, shiftKey ? 12 : 1);
    default:
      return null;
  }
}

/** Within the months that can be booked; a step beyond stops at the edge. */
export function clampDay(day: Day, first: Day, last: Day): Day {
  return day < first ? first : day > last ? last : day;
}
