import { type CalEvent, type CalTime, pointOf } from "./model";
import { DAY, dayNumberOf, type Naive } from "./naive";
import { toNaive } from "./zone";

/** A VEVENT with RECURRENCE-ID, and the point on the series' scale it stands for. */
export type Change = { event: CalEvent; id: number; kind: CalTime["kind"] };

/** One change per instance, in their order in the series: the last one of the highest SEQUENCE. */
export function sortChanges(events: CalEvent[], seriesStart: CalTime | undefined): Change[] {
  const byId = new Map<number, Change>();
  for (const event of events) {
    const recurrenceId = event.recurrenceId ?? event.start;
    const time = seriesStart ? onScaleOf(seriesStart, recurrenceId) : recurrenceId;
    const id = pointOf(time);
    const other = byId.get(id);
    if (!other || other.event.sequence <= event.sequence) byId.set(id, { event, id, kind: time.kind });
  }
  return [...byId.values()].sort((a, b) => a.id - b.id);
}

/**
 * A RECURRENCE-ID should have the form of DTSTART; where it has not, what it most likely means: a day in a
 * timed series is that day's instance, a time in an all-day series its day.
 */
export function onScaleOf(seriesStart: CalTime, time: CalTime): CalTime {
  if (seriesStart.kind === "date") return { kind: "date", naive: dayNumberOf(time.naive) * DAY };
  if (time.kind === "date") {
    const timeOfDay = seriesStart.naive - dayNumberOf(seriesStart.naive) * DAY;
    return { ...seriesStart, naive: time.naive + timeOfDay };
  }
  if (seriesStart.kind === "floating") return { kind: "floating", naive: time.naive };
  return time.kind === "zoned" ? time : { ...seriesStart, naive: time.naive };
}

/** `time` read off the series' own clock. */
export function naiveIn(seriesStart: CalTime, time: CalTime): Naive {
  const scaled = onScaleOf(seriesStart, time);
  if (seriesStart.kind !== "zoned" || scaled.kind !== "zoned") return scaled.naive;
  return scaled.zone === seriesStart.zone ? scaled.naive : toNaive(seriesStart.zone, pointOf(scaled));
}
