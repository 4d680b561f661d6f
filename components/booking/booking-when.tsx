import clsx from "clsx";
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

export type Times = { starts_at: string; ends_at: string };

/** A time by one person's clock, with the zone and its offset on that day; and by another's when it shows something else. */
export function BookingWhen({
  times,
  clock,
  other,
  isOff = false,
}: {
  times: Times;
  clock: Clock;
  /** Who else reads it, and where. */
  other: { name: string; timeZone: string };
  /** It does not take place (there). */
  isOff?: boolean;
}) {
  const start = new Date(times.starts_at);
  const theirs = { ...clock, timeZone: other.timeZone };
  return (
    <>
      <span className={clsx(isOff ? "text-muted line-through" : "font-semibold")}>
        {formatDate(start, clock)}
      </span>
      <span className={clsx("block", isOff && "text-muted line-through")}>
        <Hours times={times} clock={clock} />
      </span>
      {!isOff && !isSameClock(start, clock.timeZone, other.timeZone) && (
        <span className="mt-1 block text-muted text-sm leading-5">
          For {other.name}:{" "}
          {dayOf(start, other.timeZone) !== dayOf(start, clock.timeZone) && `${formatDate(start, theirs)}, `}
          <Hours times={times} clock={theirs} />
        </span>
      )}
    </>
  );
}

function Hours({ times, clock }: { times: Times; clock: Clock }) {
  const [start, end] = [new Date(times.starts_at), new Date(times.ends_at)];
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
