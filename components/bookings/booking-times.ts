import { type Clock, crossesMidnight, dayOf, formatDay, formatTime } from "@/lib/time";

type Times = { startsAt: Date; endsAt: Date };

/** `09:00 – 09:30`, with the day when it ends on another one. */
export function timeRange({ startsAt, endsAt }: Times, clock: Clock): string {
  const end = formatTime(endsAt, clock);
  const range = `${formatTime(startsAt, clock)} – ${end}`;
  if (!crossesMidnight(startsAt, endsAt, clock.timeZone)) return range;
  const day = formatDay(dayOf(endsAt, clock.timeZone), clock.locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
  });
  return `${range} (${day})`;
}

/** `Today`, `Tomorrow` or the day in full. */
export function dayTitle(day: string, today: string, tomorrow: string, locale: string): string {
  const full = formatDay(day, locale, { weekday: "long", day: "numeric", month: "long" });
  if (day === today) return `Today, ${full}`;
  return day === tomorrow ? `Tomorrow, ${full}` : full;
}
