import { type Clock, dayOf, formatDay, formatLength, formatTime } from "@/lib/time";

/** One thing that keeps a start from being free, in a sentence for the host. */
export type Reason = {
  kind:
    | "stale"
    | "notice"
    | "window"
    | "daily_limit"
    | "weekly_limit"
    | "daily_minutes_limit"
    | "busy"
    | "buffer"
    // Of a single time that is no start of the grid.
    | "outside_hours"
    | "off_grid";
  text: string;
};

export type BusyItem = {
  startsAt: Date;
  endsAt: Date;
  kind: "event" | "booking" | "hold" | "move" | "appointment" | "block";
  title: string;
  /** The calendar an event was read from, and when; null for what is our own. */
  calendar: string | null;
  readAt: Date | null;
  isAllDay: boolean;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
};

/** A start as get_starts judges it. */
export type Judged = {
  startsAt: Date;
  endsAt: Date;
  isOutsideHours: boolean;
  isOffGrid: boolean;
  isStale: boolean;
  isTooSoon: boolean;
  isOutsideWindow: boolean;
  isDayFull: boolean;
  isWeekFull: boolean;
  areMinutesFull: boolean;
};

/** What the reasons are told with. */
export type Rules = {
  slotIntervalMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  minimumNoticeMinutes: number;
  dailyLimit: number | null;
  weeklyLimit: number | null;
  dailyMinutesLimit: number | null;
  /** Of the booking window; null where it begins today. */
  firstDay: string | null;
  lastDay: string;
  timeZone: string;
  stale: { calendar: string; lastSyncedAt: Date | null } | null;
};

/** Why a start is not free, the most far-reaching reason first; empty when it is. */
export function reasonsOf(start: Judged, busy: readonly BusyItem[], rules: Rules, now: Date): Reason[] {
  const reasons: (Reason | false | null)[] = [
    start.isStale && { kind: "stale", text: staleText(rules, now) },
    start.isOutsideHours && { kind: "outside_hours", text: "Your hours do not have this time." },
    start.isOffGrid && {
      kind: "off_grid",
      text: `Starts come every ${formatLength(rules.slotIntervalMinutes)}, counted from where your hours begin.`,
    },
    start.isTooSoon && { kind: "notice", text: noticeText(start, rules, now) },
    start.isOutsideWindow && { kind: "window", text: windowText(start, rules) },
    start.isDayFull && {
      kind: "daily_limit",
      text: `The limit of ${count(rules.dailyLimit, "booking")} a day is reached.`,
    },
    start.isWeekFull && {
      kind: "weekly_limit",
      text: `The limit of ${count(rules.weeklyLimit, "booking")} a week is reached.`,
    },
    start.areMinutesFull && {
      kind: "daily_minutes_limit",
      text: `The day would hold more than ${formatLength(rules.dailyMinutesLimit ?? 0)} of such meetings.`,
    },
    ...busy.map((item) => busyReason(start, item, rules)),
  ];
  return reasons.filter((reason) => reason !== false && reason !== null);
}

function staleText({ stale, timeZone }: Rules, now: Date): string {
  if (!stale?.lastSyncedAt) return `The calendar ${stale?.calendar} has not been read yet.`;
  const since = momentText(stale.lastSyncedAt, timeZone, dayOf(now, timeZone));
  return `The calendar ${stale.calendar} could not be read since ${since}, so nothing is offered.`;
}

function noticeText({ startsAt }: Judged, { minimumNoticeMinutes }: Rules, now: Date): string {
  if (startsAt <= now) return "This time has passed.";
  return `Bookings need ${formatLength(minimumNoticeMinutes)} of notice.`;
}

function windowText({ startsAt }: Judged, { firstDay, lastDay, timeZone }: Rules): string {
  return firstDay && dayOf(startsAt, timeZone) < firstDay
    ? `Bookings are possible from ${formatDay(firstDay, locale)} on.`
    : `Bookings are possible until ${formatDay(lastDay, locale)}.`;
}

/** Null when the item is nowhere near. Buffers of two meetings add up; an event has none. */
function busyReason({ startsAt, endsAt }: Judged, item: BusyItem, rules: Rules): Reason | null {
  if (item.startsAt < endsAt && item.endsAt > startsAt)
    return { kind: "busy", text: `${nameOf(item)}, ${spanText(item, rules.timeZone)}.` };
  const day = dayOf(startsAt, rules.timeZone);
  if (item.endsAt <= startsAt) {
    const wanted = item.bufferAfterMinutes + rules.bufferBeforeMinutes;
    if (!isWithin(item.endsAt, startsAt, wanted)) return null;
    const end = momentText(item.endsAt, rules.timeZone, day);
    return {
      kind: "buffer",
      text: `${nameOf(item)} ends at ${end}; buffers ask for ${formatLength(wanted)} after it.`,
    };
  }
  const wanted = item.bufferBeforeMinutes + rules.bufferAfterMinutes;
  if (!isWithin(endsAt, item.startsAt, wanted)) return null;
  const start = momentText(item.startsAt, rules.timeZone, day);
  return {
    kind: "buffer",
    text: `${nameOf(item)} starts at ${start}; buffers ask for ${formatLength(wanted)} before it.`,
  };
}

function isWithin(earlier: Date, later: Date, minutes: number): boolean {
  return later.getTime() - earlier.getTime() < minutes * 60_000;
}

function nameOf({ kind, title, calendar }: BusyItem): string {
  const name = `“${title}”`;
  if (kind === "event") return `${name} in ${calendar}`;
  if (kind === "hold") return `${name}, a booking not decided yet`;
  if (kind === "move") return `${name}, a booking that is to move here`;
  if (kind === "booking") return `The booking ${name}`;
  if (kind === "appointment") return `Your appointment ${name}`;
  return `The blocked time ${name}`;
}

function spanText({ startsAt, endsAt, isAllDay }: BusyItem, timeZone: string): string {
  if (isAllDay) return "all day";
  const day = dayOf(startsAt, timeZone);
  return `${momentText(startsAt, timeZone, day)}–${momentText(endsAt, timeZone, day)}`;
}

/** `14:30`, with the date unless it is `day`. */
function momentText(instant: Date, timeZone: string, day: string): string {
  const time = formatTime(instant, clockIn(timeZone));
  const own = dayOf(instant, timeZone);
  return own === day ? time : `${time} on ${formatDay(own, locale, { day: "numeric", month: "long" })}`;
}

// The dashboard speaks English, and these sentences go nowhere else.
const locale = "en-GB";

function clockIn(timeZone: string): Clock {
  return { timeZone, locale, hour12: false };
}

function count(number: number | null, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
