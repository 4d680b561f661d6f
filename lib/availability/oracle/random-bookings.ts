import { minuteMs, overlaps } from "./clock";
import type { Dice } from "./dice";
import { randomAppointments } from "./random-appointments";
import { randomPlace } from "./random-place";
import type { Stage } from "./stage";
import type { World } from "./world";

type Booking = World["bookings"][number];
type Appointment = World["appointments"][number];

/** Bookings of several event types and statuses, the appointments of some, and appointments of the host's own. */
export function randomBookings(dice: Dice, stage: Stage, eventTypeIds: string[]) {
  const bookings: Booking[] = [];
  for (const booking of dice.times(0, dice.pick([0, 2, 6, 14]), () =>
    randomBooking(dice, stage, eventTypeIds),
  ))
    if (!bookings.some((other) => exclude(booking, other))) bookings.push(booking);
  const mirrored = bookings.filter(() => dice.chance(0.6)).map((booking) => appointmentOf(booking, dice));
  const own = randomAppointments(dice, stage);
  return { bookings, appointments: [...mirrored, ...own] };
}

function randomBooking(dice: Dice, stage: Stage, eventTypeIds: string[]): Booking {
  const status = dice.pick([
    "pending",
    "confirmed",
    "confirmed",
    "confirmed",
    "declined",
    "cancelled",
  ] as const);
  const target = status === "confirmed" && dice.chance(0.25) ? randomPlace(dice, stage, 8) : null;
  const buffer = () => (dice.chance(0.6) ? 0 : dice.pick([5, 15, 60]));
  return {
    id: dice.uuid(),
    eventTypeId: dice.pick(eventTypeIds),
    ...randomPlace(dice, stage, 8),
    bufferBeforeMinutes: buffer(),
    bufferAfterMinutes: buffer(),
    movesToStart: target?.startsAt ?? null,
    movesToEnd: target?.endsAt ?? null,
    status,
  };
}

/** Whether the table refuses the two together; coarsely, both with the widest buffers. */
function exclude(one: Booking, other: Booking): boolean {
  const isActive = ({ status }: Booking) => status === "pending" || status === "confirmed";
  const places = ({ startsAt, endsAt, movesToStart, movesToEnd }: Booking) =>
    [
      [startsAt, endsAt],
      [movesToStart ?? startsAt, movesToEnd ?? endsAt],
    ].map(([start = startsAt, end = endsAt]) => ({
      start: start.getTime() - 60 * minuteMs,
      end: end.getTime() + 60 * minuteMs,
    }));
  return (
    isActive(one) &&
    isActive(other) &&
    places(one).some((place) => places(other).some((taken) => overlaps(place, taken)))
  );
}

function appointmentOf({ id, startsAt, endsAt }: Booking, dice: Dice): Appointment {
  return { id: dice.uuid(), bookingId: id, startsAt, endsAt };
}
