import {
  type Clock,
  crossesMidnight,
  dayOf,
  englishOf,
  formatDate,
  formatDay,
  formatOffset,
  formatTime,
  isSameClock,
  usesHour12,
  zoneCity,
} from "@/lib/time";
import type { BookingMail } from "./booking-mail";

export type Times = { startsAt: Date; endsAt: Date };
type People = Pick<BookingMail, "to" | "visitor" | "host">;

/** How the reader of this mail reads clocks. Hosts have no language of their own yet. */
export function clockOf({ to, visitor, host }: People): Clock {
  const language = to === "visitor" ? visitor.language : "en-GB";
  const { timeZone } = to === "visitor" ? visitor : host;
  return { timeZone, locale: englishOf(language), hour12: usesHour12(language) };
}

/**
 * The date, the hours with zone and offset on that date; where the other side's clock shows something else, theirs
 * too.
 */
export function whenLines(times: Times, people: People): string[] {
  const clock = clockOf(people);
  const other = people.to === "visitor" ? people.host : people.visitor;
  const lines = [formatDate(times.startsAt, clock), hours(times, clock)];
  if (isSameClock(times.startsAt, clock.timeZone, other.timeZone)) return lines;
  const theirs = { ...clock, timeZone: other.timeZone };
  const isOtherDay = dayOf(times.startsAt, clock.timeZone) !== dayOf(times.startsAt, other.timeZone);
  const day = isOtherDay ? `${formatDate(times.startsAt, theirs)}, ` : "";
  return [...lines, `For ${other.name}: ${day}${hours(times, theirs)}`];
}

/** `Wed 18 Mar 2026, 13:30 (GMT+1)`, for a subject. */
export function whenShort({ startsAt }: Times, people: People): string {
  const clock = clockOf(people);
  const day = formatDay(dayOf(startsAt, clock.timeZone), clock.locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return `${day}, ${formatTime(startsAt, clock)} (${formatOffset(startsAt, clock.timeZone)})`;
}

function hours({ startsAt, endsAt }: Times, clock: Clock): string {
  const nextDay = crossesMidnight(startsAt, endsAt, clock.timeZone) ? " the next day" : "";
  const zone = `${zoneCity(clock.timeZone)} time, ${formatOffset(startsAt, clock.timeZone)}`;
  return `${formatTime(startsAt, clock)} – ${formatTime(endsAt, clock)}${nextDay}, ${zone}`;
}

/** `1 day`, `2 hours`, `90 minutes`. */
export function lengthWords(minutes: number): string {
  if (minutes % 1440 === 0) return count(minutes / 1440, "day");
  if (minutes % 60 === 0) return count(minutes / 60, "hour");
  return count(minutes, "minute");
}

const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? "" : "s"}`;

/** `14:30 on Saturday 21 November 2026 (Brussels time, GMT+1)`, by a host's clock. */
export function moment(instant: Date, { timeZone }: { timeZone: string }): string {
  const clock = { timeZone, locale: "en-GB", hour12: false };
  const zone = `${zoneCity(timeZone)} time, ${formatOffset(instant, timeZone)}`;
  return `${formatTime(instant, clock)} on ${formatDate(instant, clock)} (${zone})`;
}
