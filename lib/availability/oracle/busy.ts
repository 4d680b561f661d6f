import { Temporal } from "temporal-polyfill";
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
    ...world.appointments.filter(({ bookingId }) => bookingId === null).map(placeOf),
    ...world.blockedTimes.flatMap((blocked) => occurrencesOf(blocked, world)),
    ...world.events.filter((event) => blocks(event, world)).map((event) => placeOfEvent(event, world)),
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
  if (event.transparency === "transparent" && !(isAllDay && calendar.allDayBlocks)) return false;
  return !isOurCopyInPlace(event, world);
}

function isOurCopyInPlace(event: Event, { targets, appointments }: World): boolean {
  const target = targets.find(({ calendarId, uid }) => calendarId === event.calendarId && uid === event.uid);
  const appointment = appointments.find(({ id }) => id === target?.appointmentId);
  return (
    appointment !== undefined &&
    event.startsAt?.getTime() === appointment.startsAt.getTime() &&
    event.endsAt?.getTime() === appointment.endsAt.getTime()
  );
}

function placeOfEvent({ startsAt, endsAt, startDay, endDay }: Event, { host }: World): Range {
  if (startsAt && endsAt) return placeOf({ startsAt, endsAt });
  const [first, end] = [startDay ?? "", endDay ?? ""].map((day) => Temporal.PlainDate.from(day));
  if (!first || !end) throw new Error("An event is timed or all-day.");
  return { start: dayRange(first, host.timeZone).start, end: midnightOf(end, host.timeZone) };
}
