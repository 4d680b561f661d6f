import { Temporal } from "temporal-polyfill";
import { isSameTime, type Time, takesTime, timesOf } from "./appointments";
import {
  datesAround,
  dayRange,
  instantOf,
  isBefore,
  isRange,
  midnightOf,
  minuteMs,
  mondayOf,
  type Range,
} from "./clock";
import type { World } from "./world";

type Booking = World["bookings"][number];
type BlockedTime = World["blockedTimes"][number];
type Event = World["events"][number];

/** What docs/availability.md calls busy (rule 10), around the question. Serves tests only. */
export function listBusy(world: World): Range[] {
  return [
    ...countedBookings(world).flatMap((booking) => placesOf(booking).map((place) => widened(place, booking))),
    ...world.appointments
      .filter(takesTime)
      .flatMap((appointment) => timesOf(appointment, world.question))
      .map((time) => rangeOf(time, world)),
    ...world.blockedTimes.flatMap((blocked) => occurrencesOf(blocked, world)),
    ...world.events.filter((event) => blocks(event, world)).map((event) => rangeOf(timeOf(event), world)),
  ].filter(isRange);
}

/** Pending and confirmed ones, without the one that is being moved. */
export function countedBookings({ bookings, question }: World): Booking[] {
  return bookings.filter(
    ({ id, status }) => (status === "pending" || status === "confirmed") && id !== question.except,
  );
}

/** Where a booking is, and where it is to move. */
export function placesOf(booking: Booking): Range[] {
  const { movesToStart, movesToEnd } = booking;
  const target = movesToStart && movesToEnd ? [placeOf({ startsAt: movesToStart, endsAt: movesToEnd })] : [];
  return [placeOf(booking), ...target];
}

function placeOf({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): Range {
  return { start: startsAt.getTime(), end: endsAt.getTime() };
}

function widened({ start, end }: Range, { bufferBeforeMinutes, bufferAfterMinutes }: Booking): Range {
  return { start: start - bufferBeforeMinutes * minuteMs, end: end + bufferAfterMinutes * minuteMs };
}

function occurrencesOf(blocked: BlockedTime, { question }: World): Range[] {
  const first = Temporal.PlainDateTime.from(blocked.startsAt);
  const length = first.until(Temporal.PlainDateTime.from(blocked.endsAt), { largestUnit: "day" });
  const asked = { start: question.from.getTime(), end: question.to.getTime() };
  // No recurring one is longer than seven days, and no meeting with its buffers longer than three.
  const dates = blocked.weekdays
    ? datesAround(asked, 12, blocked.timeZone).filter((date) => recursOn(date, blocked))
    : [first.toPlainDate()];
  return dates.map((date) => {
    const start = date.toPlainDateTime(first.toPlainTime());
    return { start: instantOf(start, blocked.timeZone), end: instantOf(start.add(length), blocked.timeZone) };
  });
}

function recursOn(date: Temporal.PlainDate, { startsAt, weekdays, everyWeeks, untilDay }: BlockedTime) {
  const firstDate = Temporal.PlainDateTime.from(startsAt).toPlainDate();
  const weeks = mondayOf(firstDate).until(mondayOf(date), { largestUnit: "day" }).days / 7;
  return (
    weekdays?.includes(date.dayOfWeek) &&
    !isBefore(date, firstDate) &&
    weeks % everyWeeks === 0 &&
    (untilDay === null || !isBefore(Temporal.PlainDate.from(untilDay), date))
  );
}

function blocks(event: Event, world: World): boolean {
  const calendar = world.calendars.find(({ id }) => id === event.calendarId);
  if (!calendar?.checksConflicts || event.status === "cancelled") return false;
  if (event.status === "tentative" && !world.host.tentativeBlocks) return false;
  const isAllDay = event.startDay !== null;
  const own = localChangeOf(event, world);
  if (own?.isHidden || own?.transparency === "transparent") return false;
  const takesNoTime = event.transparency === "transparent" && !(isAllDay && calendar.allDayBlocks);
  if (takesNoTime && own?.transparency !== "opaque") return false;
  return !isOurCopyInPlace(event, world);
}

/** What the host decided about all occurrences of an event of a feed. */
function localChangeOf(event: Event, { localChanges = [] }: World) {
  return localChanges.find(
    ({ calendarId, providerEventId }) =>
      calendarId === event.calendarId && providerEventId === event.providerEventId,
  );
}

function isOurCopyInPlace(event: Event, { targets, appointments, question }: World): boolean {
  const target = targets.find(({ calendarId, uid }) => calendarId === event.calendarId && uid === event.uid);
  if (target?.removedAt) return true;
  const appointment = appointments.find(({ id }) => id === target?.appointmentId);
  return (
    appointment !== undefined &&
    timesOf(appointment, question).some((time) => isSameTime(time, timeOf(event)))
  );
}

function timeOf({ startsAt, endsAt, startDay, endDay }: Event): Time {
  if (startsAt && endsAt) return { startsAt, endsAt };
  if (startDay && endDay) return { startDay, endDay };
  throw new Error("An event is timed or all-day.");
}

/** Days are the host's. */
function rangeOf(time: Time, { host }: World): Range {
  if ("startsAt" in time) return placeOf(time);
  const [first, end] = [time.startDay, time.endDay].map((day) => Temporal.PlainDate.from(day));
  if (!first || !end) throw new Error("There are two days.");
  return { start: dayRange(first, host.timeZone).start, end: midnightOf(end, host.timeZone) };
}
