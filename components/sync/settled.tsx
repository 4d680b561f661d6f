import { ruleWords } from "@/components/appointments/repeat-words";
import { Fold } from "@/components/runs/fold";
import { Facts } from "@/components/ui/list";
import type { SyncRun } from "@/lib/sync/history";
import { addDays, type Clock, crossesMidnight, dayOf, formatDate, formatDay, formatTime } from "@/lib/time";

type Props = NonNullable<SyncRun["settled"]> & { clock: Clock };
type Version = NonNullable<NonNullable<Props["lost"]>["says"]>;

/** What came of a change in a calendar, and the version that did not stand, in case somebody wants it back. */
export function Settled({ sentence, lost, clock }: Props) {
  return (
    <>
      <span className="mt-1 block text-sm">{sentence}</span>
      {lost && (
        <Fold summary={lost.side === "here" ? "What Calends had" : "What the calendar had"}>
          {lost.says ? (
            <div className="mt-1 rounded-md bg-sunken p-3.5">
              <Facts items={factsOf(lost.says, clock)} className="text-sm" />
            </div>
          ) : (
            <p className="mt-1 text-muted text-sm">It was deleted there.</p>
          )}
        </Fold>
      )}
    </>
  );
}

function factsOf({ title, time, location, description, ...series }: Version, clock: Clock) {
  return [
    { name: "Title", value: title || "No title" },
    { name: "Time", value: timeText(time, clock) },
    ...(series.recurrence ? [{ name: "Repeats", value: repeatText({ time, ...series }, clock) }] : []),
    ...(location ? [{ name: "Place", value: <Words>{location}</Words> }] : []),
    ...(description ? [{ name: "Description", value: <Words>{description}</Words> }] : []),
  ];
}

function Words({ children }: { children: string }) {
  return <span className="wrap-anywhere whitespace-pre-line">{children}</span>;
}

function timeText(time: Version["time"], clock: Clock): string {
  if (time.kind === "allDay") {
    const [first, last] = [time.startDay, addDays(time.endDay, -1)].map((day) =>
      formatDay(day, clock.locale),
    );
    return first === last ? `All day, ${first}` : `All day, ${first} to ${last}`;
  }
  const startsAt = new Date(time.startsAt);
  const endsAt = new Date(time.endsAt);
  const nextDay = crossesMidnight(startsAt, endsAt, clock.timeZone) ? ` on ${formatDate(endsAt, clock)}` : "";
  return `${formatDate(startsAt, clock)}, ${formatTime(startsAt, clock)} – ${formatTime(endsAt, clock)}${nextDay}`;
}

type Series = Pick<Version, "time" | "recurrence" | "timeZone">;

function repeatText({ time, recurrence, timeZone }: Series, clock: Clock): string {
  if (!recurrence) return "";
  const zone = timeZone ?? clock.timeZone;
  const isAllDay = time.kind === "allDay";
  const day = isAllDay ? time.startDay : dayOf(new Date(time.startsAt), zone);
  const words = ruleWords(recurrence.rule, { day, isAllDay, timeZone: zone }, clock.locale);
  const { length } = recurrence.exceptions;
  return length === 0 ? words : `${words}; ${length} of them changed or off`;
}
