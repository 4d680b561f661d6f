import { createBudget, shareOf } from "@/lib/ical/budget";
import { expandEvents } from "@/lib/ical/expand";
import { getIanaZone } from "@/lib/ical/iana";
import type { CalEvent, CalTime } from "@/lib/ical/model";
import { DAY } from "@/lib/ical/naive";
import { settleTime } from "@/lib/ical/read-object";
import { parseRule } from "@/lib/ical/rule";
import { toNaive } from "@/lib/ical/zone";
import { readTime } from "@/lib/providers/meaning";
import type { Occurrence, OccurrenceTime, SyncWindow } from "@/lib/providers/provider";
import type { StoredRecurrence } from "@/lib/providers/recurrence";

type Series = {
  uid: string;
  title: string;
  /** Of the first occurrence. */
  time: OccurrenceTime;
  timeZone: string;
  recurrence: StoredRecurrence;
};

/** The occurrences of what repeats that touch the window, as any calendar server would have them. */
export function expandSeries(series: Series, window: SyncWindow): Occurrence[] {
  const { recurrence, timeZone } = series;
  const at = (key: string): CalTime =>
    key.includes("T") ? zoned(new Date(key), timeZone) : { kind: "date", naive: Date.parse(key) };
  const off = recurrence.exceptions.filter(({ says }) => says === null);
  const master: CalEvent = {
    ...eventOf(series, series.title, series.time),
    rules: [parseRule(recurrence.rule)],
    excludedDates: off.map(({ key }) => at(key)),
  };
  const changes = recurrence.exceptions.flatMap(({ key, says }): CalEvent[] =>
    says ? [{ ...eventOf(series, says.title, readTime(says.time)), recurrenceId: at(key) }] : [],
  );
  return expandEvents([master, ...changes], window, shareOf(createBudget())).map(({ time, ...rest }) => ({
    ...rest,
    time: settleTime(time, timeZone),
  }));
}

function eventOf({ uid, timeZone }: Series, title: string, time: OccurrenceTime): CalEvent {
  return {
    uid,
    sequence: 0,
    title,
    status: "confirmed",
    transparency: "opaque",
    ...(time.kind === "timed"
      ? {
          start: zoned(time.startsAt, timeZone),
          length: { days: 0, exact: time.endsAt.getTime() - time.startsAt.getTime() },
        }
      : {
          start: { kind: "date", naive: Date.parse(time.startDay) },
          length: { days: (Date.parse(time.endDay) - Date.parse(time.startDay)) / DAY, exact: 0 },
        }),
    rules: [],
    excludedRules: [],
    extraDates: [],
    excludedDates: [],
    recurrenceId: null,
    changesFuture: false,
  };
}

function zoned(instant: Date, timeZone: string): CalTime {
  const zone = getIanaZone(timeZone);
  return { kind: "zoned", naive: toNaive(zone, instant.getTime()), zone };
}
