import clsx from "clsx";
import {
  type Clock,
  crossesMidnight,
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
        <span className={clsx("flex flex-col", isOff && "text-muted line-through")}>
          <When booking={booking} clock={clock} isMain />
        </span>
        {!isSameClock(start, clock.timeZone, host.time_zone) && (
          <span className={clsx("mt-2 flex flex-col text-muted text-sm", isOff && "line-through")}>
            <span>For {host.name}:</span>
            <When booking={booking} clock={hostClock} />
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

function When({ booking, clock, isMain }: { booking: BookingView; clock: Clock; isMain?: boolean }) {
  const [start, end] = [new Date(booking.starts_at), new Date(booking.ends_at)];
  return (
    <>
      <span className={clsx(isMain && "font-semibold")}>{formatDate(start, clock)}</span>
      <span className="tabular-nums">
        {formatTime(start, clock)} – {formatTime(end, clock)}
        {crossesMidnight(start, end, clock.timeZone) && " (ends the next day)"}
        <span className="text-muted">
          {" "}
          {zoneCity(clock.timeZone)} time, {formatOffset(start, clock.timeZone)}
        </span>
      </span>
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[5rem_1fr]">
      <dt className="text-muted text-sm leading-6">{name}</dt>
      <dd className="min-w-0 leading-6">{children}</dd>
    </div>
  );
}
