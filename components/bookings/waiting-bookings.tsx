import type { HostBooking } from "@/lib/booking/list";
import type { Clock } from "@/lib/time";
import { dayOf, formatDay } from "@/lib/time";
import type { BookingVerbs } from "./booking-actions";
import { BookingRow } from "./booking-row";

type Props = { bookings: HostBooking[]; clock: Clock; now: Date; verbs: BookingVerbs };

/** What only the host can decide, before everything else. */
export function WaitingBookings({ bookings, clock, ...rest }: Props) {
  return (
    <section aria-labelledby="waiting" className="mb-8 flex flex-col gap-3">
      <h2 id="waiting" className="font-semibold text-lg">
        {bookings.length === 1
          ? "One booking needs your answer"
          : `${bookings.length} bookings need your answer`}
      </h2>
      <ul className="divide-y divide-line overflow-hidden rounded-lg border border-warning/40 bg-surface shadow-card">
        {bookings.map((booking) => (
          <BookingRow
            key={booking.id}
            booking={booking}
            day={formatDay(dayOf(booking.startsAt, clock.timeZone), clock.locale, {
              weekday: "short",
              day: "numeric",
              month: "short",
            })}
            clock={clock}
            {...rest}
          />
        ))}
      </ul>
    </section>
  );
}
