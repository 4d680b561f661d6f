import { Temporal } from "temporal-polyfill";
import { instantOf, localOf, minuteMs } from "./clock";
import type { World } from "./world";

type Appointment = World["appointments"][number];
type Days = { startDay: string; endDay: string };
/** An occurrence, as a copy of it would be read. */
export type Time = { startsAt: Date; endsAt: Date } | Days;

/** Of one of the host's own, which belongs to no booking and lies where they see it. */
export function takesTime({ bookingId, isForeign, place }: Appointment): boolean {
  return bookingId === null && !isForeign && place !== "unseen";
}

/** When it takes place, until so long after the question that nothing later matters. Counted one by one. */
export function timesOf(appointment: Appointment, question: World["question"]): Time[] {
  const { repeats } = appointment;
  if (!repeats) return [timeAt(appointment, 0)];
  const end = question.to.getTime() + 40 * 1440 * minuteMs;
  const times: Time[] = [];
  for (let n = 0; n < (repeats.count ?? Infinity); n += 1) {
    const time = timeAt(appointment, n);
    if (startOf(time) > end) break;
    if (!repeats.off.includes(n)) times.push(movedBy(time, repeats.moved[n] ?? 0));
  }
  return times;
}

/** The n-th one, counted from 0 on the wall clock of its zone. */
function timeAt(
  { startsAt, endsAt, startDay, endDay, timeZone = "UTC", repeats }: Appointment,
  n: number,
): Time {
  const days = n * (repeats?.everyDays ?? 0);
  if (startDay && endDay) return { startDay: later(startDay, days), endDay: later(endDay, days) };
  if (!repeats) return { startsAt, endsAt };
  const start = instantOf(localOf(startsAt.getTime(), timeZone).add({ days }), timeZone);
  return { startsAt: new Date(start), endsAt: new Date(start + endsAt.getTime() - startsAt.getTime()) };
}

/** By hours, or by days. */
function movedBy(time: Time, by: number): Time {
  if ("startDay" in time) return { startDay: later(time.startDay, by), endDay: later(time.endDay, by) };
  const move = (at: Date) => new Date(at.getTime() + by * 60 * minuteMs);
  return { startsAt: move(time.startsAt), endsAt: move(time.endsAt) };
}

const later = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString();

const startOf = (time: Time) => ("startDay" in time ? Date.parse(time.startDay) : time.startsAt.getTime());

/** With an exact key for each that is not as the rule has it, as the product keeps it. */
export function recurrenceOf(appointment: Appointment) {
  const { repeats } = appointment;
  if (!repeats) return null;
  const { everyDays, count, off, moved } = repeats;
  const rule =
    everyDays % 7 === 0 ? `FREQ=WEEKLY;INTERVAL=${everyDays / 7}` : `FREQ=DAILY;INTERVAL=${everyDays}`;
  const exceptions = [...new Set([...off, ...Object.keys(moved).map(Number)])]
    .filter((n) => n < (count ?? Infinity))
    .map((n) => {
      const time = timeAt(appointment, n);
      const key = "startDay" in time ? time.startDay : time.startsAt.toISOString();
      return { key, says: off.includes(n) ? null : said(movedBy(time, moved[n] ?? 0)) };
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  return { rule: count === null ? rule : `${rule};COUNT=${count}`, exceptions };
}

function said(time: Time) {
  const words = { title: "Moved", description: null, location: null };
  if ("startDay" in time) return { ...words, time: { kind: "allDay" as const, ...time } };
  const { startsAt, endsAt } = time;
  return {
    ...words,
    time: { kind: "timed" as const, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
  };
}

export const isSameTime = (one: Time, other: Time): boolean => JSON.stringify(one) === JSON.stringify(other);
