import { type Day, dayOf, formatTime } from "@/lib/time";

type LocalDay = { day: Day; startsAt: Date; timeZone: string };

const minuteMs = 60_000;
// Clocks are put by half an hour, an hour, or two.
const changes = [-120, -60, -30, 0, 30, 60, 120];

/** The instant of `HH:MM` on a day: of a repeated time the first, of a skipped one that with the offset before. */
export function instantAt(time: string, { day, startsAt, timeZone }: LocalDay): Date {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const elapsed = hour * 60 + minute;
  const at = (minutes: number) => new Date(startsAt.getTime() + (elapsed + minutes) * minuteMs);
  const shows = (instant: Date) =>
    dayOf(instant, timeZone) === day &&
    formatTime(instant, { timeZone, locale: "en-GB", hour12: false }) === time;
  return changes.map(at).find(shows) ?? at(0);
}
