import type { OccurrenceTime } from "@/lib/providers/provider";
import type { StoredTime } from "@/lib/providers/recurrence";
import { addDays, type Clock, crossesMidnight, type Day, dayOf, formatDay, formatTime } from "@/lib/time";
import { spanText } from "./views";

/** A time as it travels: instants as text. */
export function storedTime(time: OccurrenceTime): StoredTime {
  if (time.kind === "allDay") return time;
  return { kind: "timed", startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString() };
}

export function isSameTime(one: StoredTime, other: StoredTime): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The days an item is on, on the wall of `timeZone`; the last one included. */
export function daysOn(time: StoredTime, timeZone: string): { first: Day; last: Day } {
  if (time.kind === "allDay") return { first: time.startDay, last: addDays(time.endDay, -1) };
  // Ending at midnight is not a day more.
  return {
    first: dayOf(new Date(time.startsAt), timeZone),
    last: dayOf(new Date(Date.parse(time.endsAt) - 1), timeZone),
  };
}

/** `09:00–10:00`, `Mon 30 Nov 22:00 – Tue 1 Dec 06:00`, `30 Nov – 2 Dec 2026`: the day is said where it is not the same. */
export function timeText(time: StoredTime, clock: Clock): string {
  if (time.kind === "allDay") {
    const last = addDays(time.endDay, -1);
    return time.startDay === last ? "All day" : `All day, ${spanText(time.startDay, last, clock.locale)}`;
  }
  const [start, end] = [new Date(time.startsAt), new Date(time.endsAt)];
  if (!crossesMidnight(start, end, clock.timeZone))
    return `${formatTime(start, clock)}–${formatTime(end, clock)}`;
  const at = (instant: Date) =>
    `${formatDay(dayOf(instant, clock.timeZone), clock.locale, { weekday: "short", day: "numeric", month: "short" })} ${formatTime(instant, clock)}`;
  return `${at(start)} – ${at(end)}`;
}

/** With its day, for what stands alone. */
export function whenText(time: StoredTime, clock: Clock): string {
  const { first, last } = daysOn(time, clock.timeZone);
  if (first !== last) return timeText(time, clock);
  return `${formatDay(first, clock.locale)}, ${time.kind === "allDay" ? "all day" : timeText(time, clock)}`;
}
