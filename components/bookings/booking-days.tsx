import { ChevronRight } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import { Facts } from "@/components/ui/list";
import type { HostBooking } from "@/lib/booking/list";
import {
  addDays,
  type Clock,
  dayOf,
  formatDate,
  formatTime,
  groupByDay,
  isSameClock,
  zoneCity,
} from "@/lib/time";
import { BookingStatus, declineReasons } from "./booking-status";
import { dayTitle, timeRange } from "./booking-times";

type Props = { bookings: HostBooking[]; clock: Clock; now: Date };

/** Bookings under the day they start on in the host's zone; each opens to what the visitor said. */
export function BookingDays({ bookings, clock, now }: Props) {
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
              <BookingRow key={booking.id} booking={booking} clock={clock} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function BookingRow({ booking, clock }: { booking: HostBooking; clock: Clock }) {
  const { visitorName, title, status, declineReason } = booking;
  const isOff = status === "declined" || status === "cancelled";
  return (
    <li>
      <details className="group">
        <summary className="flex list-none flex-wrap items-center gap-x-5 gap-y-2 px-5 py-4 transition-colors hover:bg-sunken focus-visible:-outline-offset-2 [&::-webkit-details-marker]:hidden">
          <span
            className={`w-32 shrink-0 text-[0.9375rem] tabular-nums ${isOff ? "text-muted line-through" : "font-medium"}`}
          >
            {timeRange(booking, clock)}
          </span>
          <span className="flex min-w-0 flex-1 basis-48 items-center gap-3">
            <Avatar name={visitorName} className="size-9 text-sm max-sm:hidden" />
            <span className="flex min-w-0 flex-col">
              <span className="truncate font-medium text-[0.9375rem]">{visitorName}</span>
              <span className="truncate text-muted text-sm">{title}</span>
            </span>
          </span>
          <BookingStatus status={status} />
          <ChevronRight
            aria-hidden="true"
            className="size-4 text-muted transition-transform group-open:rotate-90 max-sm:hidden"
          />
        </summary>
        <div className="flex flex-col gap-4 border-line border-t bg-sunken/40 px-5 py-5 sm:pl-42">
          {declineReason && <p className="text-sm">{declineReasons[declineReason]}</p>}
          <Facts items={factsOf(booking, clock)} className="text-[0.9375rem]" />
        </div>
      </details>
    </li>
  );
}

function factsOf(booking: HostBooking, clock: Clock) {
  const { startsAt, visitorEmail, visitorNote, visitorTimeZone, location, createdAt } = booking;
  const theirs = { ...clock, timeZone: visitorTimeZone };
  return [
    {
      name: "E-mail",
      value: (
        <a
          href={`mailto:${visitorEmail}`}
          className="break-all text-accent-text underline underline-offset-2"
        >
          {visitorEmail}
        </a>
      ),
    },
    ...(visitorNote
      ? [{ name: "Note", value: <span className="whitespace-pre-line">{visitorNote}</span> }]
      : []),
    ...(location ? [{ name: "Where", value: location }] : []),
    ...(isSameClock(startsAt, visitorTimeZone, clock.timeZone)
      ? []
      : [
          {
            name: "Their time",
            value: `${formatTime(startsAt, theirs)}, ${formatDate(startsAt, theirs)} (${zoneCity(visitorTimeZone)})`,
          },
        ]),
    { name: "Booked", value: `${formatDate(createdAt, clock)}, ${formatTime(createdAt, clock)}` },
  ];
}
