import type { BusyItem, DayExplanation, StartExplanation } from "@/lib/availability/explain";

type Range = { startsAt: Date; endsAt: Date };

/** Where a range lies in the day, in percent; what sticks out is cut off. */
export type Place = { from: number; size: number };

export function placeIn(day: Range, { startsAt, endsAt }: Range): Place {
  const length = day.endsAt.getTime() - day.startsAt.getTime();
  const percent = (instant: Date) =>
    Math.min(100, Math.max(0, ((instant.getTime() - day.startsAt.getTime()) / length) * 100));
  const from = percent(startsAt);
  return { from, size: percent(endsAt) - from };
}

/** Every full hour of the day that has elapsed, which a change of the clock may show twice or leave out. */
export function hoursOf({ startsAt, endsAt }: Range): Date[] {
  const hours = Math.ceil((endsAt.getTime() - startsAt.getTime()) / 3_600_000);
  return Array.from({ length: hours }, (_, hour) => new Date(startsAt.getTime() + hour * 3_600_000));
}

/** With its buffers. */
export function widen({ startsAt, endsAt, bufferBeforeMinutes, bufferAfterMinutes }: BusyItem): Range {
  return {
    startsAt: new Date(startsAt.getTime() - bufferBeforeMinutes * 60_000),
    endsAt: new Date(endsAt.getTime() + bufferAfterMinutes * 60_000),
  };
}

export type Tracked = { item: BusyItem; track: number };

/** Items side by side where they overlap. They come by their start. */
export function trackItems(items: BusyItem[]): { tracked: Tracked[]; tracks: number } {
  const ends: number[] = [];
  const tracked = items.map((item) => {
    const { startsAt, endsAt } = widen(item);
    const free = ends.findIndex((end) => end <= startsAt.getTime());
    const track = free < 0 ? ends.length : free;
    ends[track] = endsAt.getTime();
    return { item, track };
  });
  return { tracked, tracks: Math.max(1, ends.length) };
}

/** Each start as a mark that reaches to the next one, at most as far as the meeting itself. */
export function marksOf(starts: StartExplanation[]): Range[] {
  return starts.map(({ startsAt, endsAt }, index) => {
    const next = starts[index + 1]?.startsAt ?? endsAt;
    return { startsAt, endsAt: new Date(Math.min(next.getTime(), endsAt.getTime())) };
  });
}

export type Group = { first: StartExplanation; last: StartExplanation; count: number; reasons: string[] };

/** Starts in a row with the same answer, as one. */
export function groupStarts(starts: DayExplanation["starts"]): Group[] {
  const groups: Group[] = [];
  for (const start of starts) {
    const reasons = start.reasons.map(({ text }) => text);
    const group = groups.at(-1);
    if (group && group.reasons.join("\n") === reasons.join("\n")) {
      group.last = start;
      group.count += 1;
    } else groups.push({ first: start, last: start, count: 1, reasons });
  }
  return groups;
}
