import type { Span } from "@/lib/availability/schema";
import { formatTime } from "@/lib/time";

const dayMinutes = 1440;

/** `09:30`, `9:30 AM`, `24:00`; the next day's are `02:00 +1`, as on a timetable. */
export function minuteText(minute: number, hour12: boolean): string {
  if (minute === dayMinutes) return hour12 ? "Midnight" : "24:00";
  const clock = formatTime(new Date((minute % dayMinutes) * 60_000), {
    timeZone: "UTC",
    locale: hour12 ? "en-US" : "en-GB",
    hour12,
  });
  return minute > dayMinutes ? `${clock} +1` : clock;
}

/** `09:00–12:00, 13:00–17:00`, or `Closed`. */
export function hoursText(hours: Span[], hour12: boolean): string {
  if (hours.length === 0) return "Closed";
  return hours
    .map(
      ({ startMinute, endMinute }) => `${minuteText(startMinute, hour12)}–${minuteText(endMinute, hour12)}`,
    )
    .join(", ");
}
