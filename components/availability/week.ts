import { formatInterval, type Interval, weekdays, weeklyHours } from "@/lib/availability/schema";

/** An interval while it is edited; `id` keeps its row when others come and go. */
export type Row = Interval & { id: number };

const step = 60;
const dayEnd = 1440;

/** The next interval somebody adding one probably means: after the last, else in the first gap; null when the day is full. */
export function nextInterval(rows: Row[], weekday: number): Interval | null {
  const taken = rows
    .filter((row) => row.weekday === weekday)
    .sort((one, other) => one.startMinute - other.startMinute);
  if (taken.length === 0) return { weekday, startMinute: 540, endMinute: 1020 };
  const last = Math.max(...taken.map((row) => row.endMinute));
  if (last < dayEnd) {
    const startMinute = last + step < dayEnd ? last + step : last;
    return { weekday, startMinute, endMinute: Math.min(startMinute + step, dayEnd) };
  }
  let free = 0;
  for (const { startMinute, endMinute } of taken) {
    if (startMinute > free) return { weekday, startMinute: free, endMinute: startMinute };
    free = Math.max(free, endMinute);
  }
  return null;
}

/** The week with one day's intervals on the other days too, in place of theirs. */
export function copyDay(rows: Row[], from: number, to: number[], idOf: () => number): Row[] {
  const copied = rows.filter((row) => row.weekday === from);
  return [
    ...rows.filter((row) => !to.includes(row.weekday)),
    ...to.flatMap((weekday) => copied.map((row) => ({ ...row, weekday, id: idOf() }))),
  ];
}

/** Messages by row id. */
export function findMistakes(rows: Row[]): Map<number, string> {
  const hours = rows.map(({ weekday, startMinute, endMinute }) => ({ weekday, startMinute, endMinute }));
  const mistakes = new Map<number, string>();
  for (const { path, message } of weeklyHours.safeParse({ hours }).error?.issues ?? []) {
    const row = rows[Number(path[1])];
    if (row && !mistakes.has(row.id)) mistakes.set(row.id, message);
  }
  return mistakes;
}

/** `Monday to Friday 09:00–17:00`, days with the same hours together. */
export function describeWeek(hours: Interval[]): string[] {
  const runs: { from: string; to: string; hours: string }[] = [];
  for (const { weekday, name } of weekdays) {
    const ofDay = hours
      .filter((one) => one.weekday === weekday)
      .map(formatInterval)
      .join(", ");
    const last = runs.at(-1);
    if (last && last.hours === ofDay) last.to = name;
    else runs.push({ from: name, to: name, hours: ofDay });
  }
  return runs
    .filter((run) => run.hours !== "")
    .map(({ from, to, hours: text }) => `${from === to ? from : `${from} to ${to}`} ${text}`);
}
