import clsx from "clsx";
import type { ReactNode } from "react";
import {
  type Clock,
  crossesMidnight,
  dayOf,
  formatDate,
  formatOffset,
  formatTime,
  isSameClock,
  zoneCity,
} from "@/lib/time";
import type { BookingView } from "./booking-view";

/** When and where, by the visitor's clock; the host's too when it shows something else. */
export function OutcomeFacts({ booking, clock }: { booking: BookingView; clock: Clock }) {
  const { host, visitor, event_type, status } = booking;
  const isOff = status === "declined" || status === "cancelled";
  const start = new Date(booking.starts_at);
  const hostClock = { ...clock, timeZone: host.time_zone };
  return (
    <dl className="mx-6 flex flex-col gap-5 border-line border-y py-7 sm:mx-10">
      <Fact name="What">
        {event_type.title} with {host.name}
      </Fact>
      <Fact name="When">
        <span className={clsx("font-semibold", isOff && "line-through")}>{formatDate(start, clock)}</span>
        <span className={clsx("block", isOff && "text-muted line-through")}>
          <Hours booking={booking} clock={clock} />
        </span>
        {!isOff && !isSameClock(start, clock.timeZone, host.time_zone) && (
          <span className="mt-1 block text-muted text-sm leading-5">
            For {host.name}:{" "}
            {dayOf(start, host.time_zone) !== dayOf(start, clock.timeZone) &&
              `${formatDate(start, hostClock)}, `}
            <Hours booking={booking} clock={hostClock} />
          </span>
        )}
      </Fact>
      {event_type.location && <Fact name="Where">{event_type.location}</Fact>}
      <Fact name="Who">
        {visitor.name}
        <span className="block text-muted text-sm">{visitor.email}</span>
      </Fact>
      {visitor.note && (
        <Fact name="Note">
          <span className="whitespace-pre-line">{visitor.note}</span>
        </Fact>
      )}
    </dl>
  );
}

function Hours({ booking, clock }: { booking: BookingView; clock: Clock }) {
  const [start, end] = [new Date(booking.starts_at), new Date(booking.ends_at)];
  return (
    <span className="tabular-nums">
      {formatTime(start, clock)} – {formatTime(end, clock)}
      {crossesMidnight(start, end, clock.timeZone) && " (ends the next day)"}
      <span className="text-muted">
        , {zoneCity(clock.timeZone)} time, {formatOffset(start, clock.timeZone)}
      </span>
    </span>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[5rem_1fr]">
      <dt className="text-muted text-sm leading-6">{name}</dt>
      <dd className="min-w-0 leading-6">{children}</dd>
    </div>
  );
}
