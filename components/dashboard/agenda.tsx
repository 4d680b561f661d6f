import { CalendarDays } from "lucide-react";
import Link from "next/link";
import { BookingStatus } from "@/components/bookings/booking-status";
import { dayTitle, timeRange } from "@/components/bookings/booking-times";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { HostBooking } from "@/lib/booking/list";
import { addDays, type Clock, dayOf, groupByDay } from "@/lib/time";

type Props = { bookings: HostBooking[]; hasMore: boolean; clock: Clock; now: Date };

/** What comes next, day by day. */
export function Agenda({ bookings, hasMore, clock, now }: Props) {
  const today = dayOf(now, clock.timeZone);
  const days = groupByDay(bookings, ({ startsAt }) => startsAt, clock.timeZone);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Next bookings"
        actions={
          <Link
            href="/bookings"
            className="rounded-sm font-medium text-accent-text text-sm underline underline-offset-2"
          >
            {hasMore ? "See all of them" : "All bookings"}
          </Link>
        }
        className="pb-3"
      />
      {bookings.length === 0 && (
        <EmptyState
          icon={CalendarDays}
          title="Nothing booked ahead"
          description="New bookings appear here by themselves."
          className="pt-6"
        />
      )}
      {[...days].map(([day, ofDay]) => (
        <section key={day} aria-label={dayTitle(day, today, addDays(today, 1), clock.locale)}>
          <h3 className="border-line border-y bg-sunken/50 px-5 py-2 font-medium text-muted text-sm tracking-normal sm:px-6">
            {dayTitle(day, today, addDays(today, 1), clock.locale)}
          </h3>
          <ul className="divide-y divide-line">
            {ofDay.map((booking) => (
              <AgendaRow key={booking.id} booking={booking} clock={clock} isNow={booking.startsAt <= now} />
            ))}
          </ul>
        </section>
      ))}
    </Card>
  );
}

function AgendaRow({ booking, clock, isNow }: { booking: HostBooking; clock: Clock; isNow: boolean }) {
  return (
    <li className="flex flex-wrap items-center gap-x-5 gap-y-2 px-5 py-3.5 sm:px-6">
      <span className="w-32 shrink-0 text-[0.9375rem] tabular-nums">
        {timeRange(booking, clock)}
        {isNow && <span className="block font-medium text-accent-text text-sm">Now</span>}
      </span>
      <span className="flex min-w-0 flex-1 basis-40 flex-col">
        <span className="truncate font-medium text-[0.9375rem]">{booking.visitorName}</span>
        <span className="truncate text-muted text-sm">{booking.title}</span>
      </span>
      {(booking.status !== "confirmed" || booking.movesToStart) && <BookingStatus {...booking} />}
    </li>
  );
}
