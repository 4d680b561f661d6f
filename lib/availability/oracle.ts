import { Temporal } from "temporal-polyfill";
import { countedBookings, listBusy, placesOf } from "./oracle/busy";
import {
  dateOf,
  datesAround,
  dayRange,
  instantOf,
  isRange,
  localOf,
  midnightOf,
  minuteMs,
  mondayOf,
  overlaps,
  type Range,
  wallClockRange,
} from "./oracle/clock";
import type { World } from "./oracle/world";

// docs/availability.md a second time, in the simplest words: no SQL, no index, no cleverness. It serves tests, which
// compare it with get_available_slots; the product never asks it. Numbers in comments are the page's.

const weekMs = 168 * 60 * minuteMs;

/** The free slots, in order. */
export function expectSlots(world: World): { startsAt: Date; endsAt: Date }[] {
  const { eventType, question } = world;
  const minutes = question.durationMinutes ?? eventType.durationMinutes;
  if (![eventType.durationMinutes, ...eventType.otherDurations].includes(minutes)) return [];
  if (isAnyStale(world)) return [];
  const length = minutes * minuteMs;
  const busy = listBusy(world);
  const bookingWindow = bookingWindowOf(world);
  const isWithinLimits = limitsOf(world, minutes);
  return listStarts(world, length)
    .filter((start) => isInQuestion(start, world))
    .filter((start) => bookingWindow.start <= start && start < bookingWindow.end)
    .filter((start) => !busy.some((one) => overlaps(one, withBuffers(start, length, world))))
    .filter(isWithinLimits)
    .map((start) => ({ startsAt: new Date(start), endsAt: new Date(start + length) }));
}

/** 1 to 3: the joined ranges of all dates that can matter, in order. */
export function listWorkingWindows(world: World): Range[] {
  const zone = zoneOf(world);
  // A week back decides which grid counts (5); a day and more ahead, whether the last slot still fits (6).
  const dates = datesAround(askedRange(world), 10, zone);
  const overridden = dates
    .filter((date) => overridesOf(date, world).length > 0)
    .map((date) => ({ date, range: dayRange(date, zone) }));
  const ranges = dates
    .filter((date) => isRange(dayRange(date, zone)))
    .flatMap((date) => {
      const others = overridden.filter((other) => !other.date.equals(date)).map(({ range }) => range);
      return hoursOf(date, world)
        .map((hours) => wallClockRange(date, hours, zone))
        .flatMap((range) => without(range, others));
    });
  return join(ranges.filter(isRange));
}

function hoursOf(date: Temporal.PlainDate, world: World): { startMinute: number; endMinute: number }[] {
  const overrides = overridesOf(date, world);
  if (overrides.length === 0) return world.rules.filter(({ weekday }) => weekday === date.dayOfWeek);
  return overrides.flatMap(({ startMinute, endMinute }) =>
    startMinute === null || endMinute === null ? [] : [{ startMinute, endMinute }],
  );
}

function overridesOf(date: Temporal.PlainDate, { overrides }: World) {
  return overrides.filter(({ day }) => day === date.toString());
}

function without(range: Range, cuts: Range[]): Range[] {
  return cuts.reduce(
    (left, cut) =>
      left.flatMap((part) =>
        [
          { start: part.start, end: Math.min(part.end, cut.start) },
          { start: Math.max(part.start, cut.end), end: part.end },
        ].filter(isRange),
      ),
    [range],
  );
}

function join(ranges: Range[]): Range[] {
  const joined: Range[] = [];
  for (const range of [...ranges].sort((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else joined.push({ ...range });
  }
  return joined;
}

/** 4 to 6: every start of the grids around the question, each instant once, in order. */
function listStarts(world: World, length: number): number[] {
  const zone = zoneOf(world);
  const asked = askedRange(world);
  const long = Temporal.PlainDateTime.from("2001-01-01T00:00");
  const windows = listWorkingWindows(world).filter((window) => overlaps(window, asked));
  const starts = windows.flatMap((window) => {
    const early = gridFrom(localOf(window.start, zone), window, world);
    const late = window.end - window.start > weekMs ? gridFrom(long, window, world) : [];
    return [
      ...early.filter((start) => start - window.start <= weekMs),
      ...late.filter((start) => start - window.start > weekMs),
    ].filter((start) => start >= window.start && start + length <= window.end);
  });
  return [...new Set(starts)].sort((one, other) => one - other);
}

/** anchor + n × interval on the wall clock for n ≥ 0; a change moves a clock by a day at most (Apia). */
function gridFrom(anchor: Temporal.PlainDateTime, window: Range, world: World): number[] {
  const zone = zoneOf(world);
  const asked = askedRange(world);
  const first = localOf(Math.max(window.start, asked.start), zone).subtract({ hours: 25 });
  const last = localOf(Math.min(window.end, asked.end), zone).add({ hours: 25 });
  const minutes = world.eventType.slotIntervalMinutes;
  const before = anchor.until(first, { largestUnit: "minute" }).minutes;
  const starts: number[] = [];
  for (let n = Math.max(0, Math.floor(before / minutes)); ; n += 1) {
    const local = anchor.add({ minutes: n * minutes });
    if (Temporal.PlainDateTime.compare(local, last) > 0) return starts;
    starts.push(instantOf(local, zone));
  }
}

/** 7 */
function isInQuestion(start: number, { eventType, question }: World): boolean {
  const notice = eventType.minimumNoticeMinutes * minuteMs;
  return (
    start >= question.from.getTime() &&
    start < question.to.getTime() &&
    start >= question.now.getTime() + notice
  );
}

/** 8 */
function bookingWindowOf(world: World): Range {
  const { start, end } = chosenWindowOf(world);
  const read = world.calendars.flatMap(({ checksConflicts, windowEnd }) =>
    checksConflicts && windowEnd ? [dateOf(windowEnd.getTime(), "UTC")] : [],
  );
  const known = read.map((date) => midnightOf(date.subtract({ days: 3 }), zoneOf(world)));
  return { start, end: Math.min(end, ...known) };
}

function chosenWindowOf(world: World): Range {
  const { bookingWindowKind, bookingWindowDays, windowFirstDay, windowLastDay } = world.eventType;
  const zone = zoneOf(world);
  const today = dateOf(world.question.now.getTime(), zone);
  const endOf = (last: Temporal.PlainDate) => midnightOf(last.add({ days: 1 }), zone);
  if (bookingWindowKind === "rolling_days")
    return { start: -Infinity, end: endOf(today.add({ days: bookingWindowDays })) };
  if (bookingWindowKind === "business_days")
    return { start: -Infinity, end: endOf(businessDayAfter(today, bookingWindowDays)) };
  if (windowFirstDay === null || windowLastDay === null) throw new Error("A range has two days.");
  return {
    start: midnightOf(Temporal.PlainDate.from(windowFirstDay), zone),
    end: endOf(Temporal.PlainDate.from(windowLastDay)),
  };
}

function businessDayAfter(today: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let date = today;
  for (let passed = 0; passed < count; ) {
    date = date.add({ days: 1 });
    if (date.dayOfWeek <= 5) passed += 1;
  }
  return date;
}

/** 9 */
function limitsOf(world: World, minutes: number): (start: number) => boolean {
  const { id, dailyLimit, weeklyLimit, dailyMinutesLimit } = world.eventType;
  const zone = zoneOf(world);
  const places = countedBookings(world)
    .filter(({ eventTypeId }) => eventTypeId === id)
    .flatMap(placesOf)
    .map(({ start, end }) => ({ date: dateOf(start, zone), minutes: (end - start) / minuteMs }));
  return (start) => {
    const date = dateOf(start, zone);
    const sameDate = places.filter((place) => place.date.equals(date));
    const sameWeek = places.filter((place) => mondayOf(place.date).equals(mondayOf(date)));
    const booked = sameDate.reduce((sum, place) => sum + place.minutes, 0);
    return (
      sameDate.length < (dailyLimit ?? Infinity) &&
      sameWeek.length < (weeklyLimit ?? Infinity) &&
      booked + minutes <= (dailyMinutesLimit ?? Infinity)
    );
  };
}

/** 10 */
function withBuffers(start: number, length: number, { eventType }: World): Range {
  return {
    start: start - eventType.bufferBeforeMinutes * minuteMs,
    end: start + length + eventType.bufferAfterMinutes * minuteMs,
  };
}

/** 11 */
function isAnyStale({ host, calendars, question }: World): boolean {
  return calendars.some(({ checksConflicts, lastSyncedAt, feed }) => {
    const minutes = Math.max(host.maxStalenessMinutes, ...(feed ? [1440, 3 * intervalOf(feed)] : []));
    const oldest = question.now.getTime() - minutes * minuteMs;
    return checksConflicts && (lastSyncedAt === null || lastSyncedAt.getTime() < oldest);
  });
}

/** The longer one; the feed itself has its way for up to a week. */
function intervalOf({ refreshMinutes, feedMinutes }: NonNullable<World["calendars"][number]["feed"]>) {
  return Math.max(refreshMinutes, Math.min(feedMinutes ?? 0, 7 * 1440));
}

function askedRange({ question }: World): Range {
  return { start: question.from.getTime(), end: question.to.getTime() };
}

function zoneOf({ host, schedule }: World): string {
  return schedule.timeZone ?? host.timeZone;
}
