import type { Occurrence, OccurrenceTime, SyncWindow } from "@/lib/providers/provider";
import type { Budget } from "./budget";
import { sortChanges } from "./changes";
import { getIanaZone } from "./iana";
import { type CalEvent, type CalTime, endPointOf, pointOf } from "./model";
import { formatDay, formatNaive, type Naive } from "./naive";
import { instancesOf } from "./series";
import { toNaive } from "./zone";

/** An occurrence as the file means it; a floating time has no instant until someone says where. */
export type Expanded = Omit<Occurrence, "time"> & { time: ExpandedTime };
export type ExpandedTime = OccurrenceTime | { kind: "floating"; start: Naive; end: Naive };

// Bounds what one event may bring along: 25,000 occurrences, which is every half hour for 18 months.
const stepsPerOccurrence = 10;
// What is to last for ever ends on 31 December 9999, in any zone; no form of a date goes further.
const [earliest, latest] = [Date.parse("0001-01-02"), Date.parse("9999-12-31")];

/**
 * The occurrences of one UID (a master, its changes, or changes alone) that touch the window, by start.
 * Cancelled ones are listed too. @throws AppError invalid when the budget runs out; never a part of the answer
 */
export function expandEvents(events: CalEvent[], window: SyncWindow, budget: Budget): Expanded[] {
  // Feeds repeat a UID for different events; then the keys name the event too, and changes belong to the series.
  const masters = latestByStart(events.filter((event) => !event.recurrenceId));
  const changes = events.filter((event) => event.recurrenceId);
  const touches = windowFilter(window);
  const found: { point: number; occurrence: Expanded }[] = [];
  const add = (event: CalEvent, key: string, start = event.start, length = event.length) => {
    const [point, end] = [pointOf(start), endPointOf(start, length)];
    if (!touches(start.kind, point, end)) return;
    budget.spend(stepsPerOccurrence);
    const bounds = [Math.max(point, earliest), Math.min(end, latest)] as const;
    found.push({ point, occurrence: occurrenceOf(event, key, start.kind, ...bounds) });
  };

  const ordered = sortChanges(changes, masters[0]?.start);
  for (const master of masters) {
    const own = master === masters[0] ? ordered : [];
    const prefix = masters.length > 1 ? `${keyOf(master.start)}/` : "";
    for (const { event, id, start, length } of instancesOf(master, own, window, budget)) {
      const key = isSeries(master) ? keyAt(master.start.kind, id) : "";
      add(event, prefix + key, start, length);
    }
  }
  for (const { event, id, kind } of ordered) add(event, keyAt(kind, id));
  return found.sort((a, b) => a.point - b.point).map(({ occurrence }) => occurrence);
}

/** The same event twice is its latest version; the same UID at another time is another event. */
function latestByStart(masters: CalEvent[]): CalEvent[] {
  const byStart = new Map<number, CalEvent>();
  for (const master of masters) {
    const point = pointOf(master.start);
    const other = byStart.get(point);
    if (!other || other.sequence <= master.sequence) byStart.set(point, master);
  }
  return [...byStart.values()].sort((a, b) => Number(isSeries(b)) - Number(isSeries(a)));
}

/** When the event itself is, the first time if it repeats. */
export function timeOfEvent({ start, length }: CalEvent): ExpandedTime {
  return timeOf(start.kind, pointOf(start), endPointOf(start, length));
}

export function isSeries(master: CalEvent): boolean {
  return master.rules.length > 0 || master.extraDates.length > 0;
}

function keyOf(time: CalTime): string {
  return keyAt(time.kind, pointOf(time));
}

function keyAt(kind: CalTime["kind"], id: number): string {
  if (kind === "date") return formatDay(id);
  return kind === "floating" ? formatNaive(id) : new Date(id).toISOString();
}

function occurrenceOf(
  event: CalEvent,
  key: string,
  kind: CalTime["kind"],
  point: number,
  end: number,
): Expanded {
  const { title, status, transparency } = event;
  return { key, title, status, transparency, time: timeOf(kind, point, end) };
}

function timeOf(kind: CalTime["kind"], start: number, end: number): ExpandedTime {
  if (kind === "date") return { kind: "allDay", startDay: formatDay(start), endDay: formatDay(end) };
  if (kind === "floating") return { kind, start, end };
  return { kind: "timed", startsAt: new Date(start), endsAt: new Date(end) };
}

/** Days and floating times are held against the window on the wall clock of its zone. */
function windowFilter({ start, end, timeZone }: SyncWindow) {
  const zone = getIanaZone(timeZone);
  const instants = { start: start.getTime(), end: end.getTime() };
  const naive = { start: toNaive(zone, instants.start), end: toNaive(zone, instants.end) };
  return (kind: CalTime["kind"], from: number, to: number) => {
    const bounds = kind === "zoned" ? instants : naive;
    return from < bounds.end && (to > bounds.start || (from === to && from >= bounds.start));
  };
}
