import { CircleCheck, CircleSlash } from "lucide-react";
import type { ReactNode } from "react";
import { TimeAgo } from "@/components/dashboard/time-ago";
import type { BusyItem, DayExplanation } from "@/lib/availability/explain";
import { type Clock, dayOf, formatDay, formatTime } from "@/lib/time";
import { groupStarts } from "./strip";

type Props = { explanation: DayExplanation; clock: Clock; now: Date };

/** All that the strip shows, as lists. */
export function DayInWords({ explanation, clock, now }: Props) {
  const { day, windows, busy, starts, isOverridden } = explanation;
  const time = (instant: Date) => momentText(instant, day, clock);
  const span = ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }) =>
    `${time(startsAt)}–${time(endsAt)}`;
  return (
    <div className="grid gap-6 md:grid-cols-2">
      <div className="flex flex-col gap-6">
        <Part title="Hours">
          {windows.map((hours) => (
            <li key={hours.startsAt.getTime()}>
              {span(hours)}{" "}
              <span className="text-muted">
                {hours.source === "override" ? "other hours for this date" : "weekly hours"}
              </span>
            </li>
          ))}
          {windows.length === 0 && (
            <li>
              {isOverridden ? "Closed: this date has no hours." : "The week has no hours for this date."}
            </li>
          )}
        </Part>
        <Part title="Busy">
          {busy.map((item) => (
            <li key={`${item.kind} ${item.startsAt.getTime()} ${item.title}`}>
              {item.isAllDay ? "All day" : span(item)} <strong className="font-semibold">{item.title}</strong>{" "}
              <span className="text-muted">
                {originOf(item)}
                {item.readAt && (
                  <>
                    , read <TimeAgo instant={item.readAt} now={now} />
                  </>
                )}
                {bufferText(item)}
              </span>
            </li>
          ))}
          {busy.length === 0 && <li>Nothing takes time on this date.</li>}
        </Part>
      </div>
      <Part title="Every start">
        {groupStarts(starts).map(({ first, last, count, reasons }) => {
          const isFree = reasons.length === 0;
          const Icon = isFree ? CircleCheck : CircleSlash;
          return (
            <li key={first.startsAt.getTime()} className="flex items-start gap-2">
              <Icon
                aria-hidden="true"
                className={`mt-0.5 size-4 shrink-0 ${isFree ? "text-success" : "text-muted"}`}
              />
              <span>
                <strong className="font-semibold">
                  {time(first.startsAt)}
                  {count > 1 && ` to ${time(last.startsAt)}`}
                </strong>
                {count > 1 && <span className="text-muted"> ({count} starts)</span>}:{" "}
                {isFree ? "free" : reasons.join(" ")}
              </span>
            </li>
          );
        })}
        {starts.length === 0 && <li>There is no start on this date.</li>}
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="pb-1.5 font-semibold">{title}</h3>
      <ul className="flex flex-col gap-1.5 text-[0.9375rem]">{children}</ul>
    </section>
  );
}

const origins: Record<BusyItem["kind"], string> = {
  event: "event",
  booking: "booking",
  hold: "booking not decided yet",
  move: "a booking is to move here",
  appointment: "appointment",
  block: "blocked time",
};

function originOf({ kind, calendar }: BusyItem): string {
  return calendar ? `${origins[kind]} in ${calendar}` : origins[kind];
}

function bufferText({ bufferBeforeMinutes, bufferAfterMinutes }: BusyItem): string {
  const buffers = [
    bufferBeforeMinutes > 0 && `${bufferBeforeMinutes} min before`,
    bufferAfterMinutes > 0 && `${bufferAfterMinutes} min after`,
  ].filter(Boolean);
  return buffers.length > 0 ? `; buffers ${buffers.join(", ")}` : "";
}

/** `14:30`, with its date when that is another one. */
function momentText(instant: Date, day: string, clock: Clock): string {
  const own = dayOf(instant, clock.timeZone);
  const text = formatTime(instant, clock);
  return own === day ? text : `${text} ${formatDay(own, clock.locale, { day: "numeric", month: "short" })}`;
}
