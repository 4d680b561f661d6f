import type { HostBooking } from "@/lib/booking/list";
import { addDays, type Clock, dayOf, groupByDay } from "@/lib/time";
import type { BookingVerbs } from "./booking-actions";
import { BookingRow } from "./booking-row";
import { dayTitle } from "./booking-times";

type Props = { bookings: HostBooking[]; clock: Clock; now: Date; verbs: BookingVerbs };

/** Bookings under the day they start on in the host's zone; each opens to what the visitor said. */
export function BookingDays({ bookings, clock, now, verbs }: Props) {
  const today = dayOf(now, clock.timeZone);
  const days = groupByDay(bookings, ({ startsAt }) => startsAt, clock.timeZone);
  return (
    <div className="flex flex-col gap-7">
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-labelledby={`day-${day}`} className="flex flex-col gap-3">
          <h2 id={`day-${day}`} className="font-semibold text-[0.9375rem]">
            {dayTitle(day, today, addDays(today, 1), clock.locale)}
          </h2>
          <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface shadow-card">
            {ofDay.map((booking) => (
              <BookingRow key={booking.id} booking={booking} clock={clock} now={now} verbs={verbs} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
