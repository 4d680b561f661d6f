import { type Clock, dayOf, formatDay, formatTime } from "@/lib/time";

/** A time of day over its date, for tables. */
export function When({ instant, clock }: { instant: Date; clock: Clock }) {
  return (
    <time dateTime={instant.toISOString()}>
      <span className="block">{formatTime(instant, clock)}</span>
      <span className="block text-muted text-sm">{shortDay(instant, clock)}</span>
    </time>
  );
}

/** `5 Jan, 10:31`, in a line of text. */
export function Moment({ instant, clock }: { instant: Date; clock: Clock }) {
  return (
    <time dateTime={instant.toISOString()} className="tabular-nums">
      {shortDay(instant, clock)}, {formatTime(instant, clock)}
    </time>
  );
}

const shortDay = (instant: Date, { timeZone, locale }: Clock) =>
  formatDay(dayOf(instant, timeZone), locale, { day: "numeric", month: "short" });
