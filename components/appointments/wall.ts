import { type Day, formatOffset } from "@/lib/time";

/** What a clock on the wall shows: a date and `09:30`. */
export type Wall = { day: Day; time: string };

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The wall of `timeZone` at that instant, to the minute. */
export function wallAt(instant: Date, timeZone: string): Wall {
  const [day = "", time = ""] = showing(instant, timeZone).split(" ");
  return { day, time: time.slice(0, 5) };
}

/** The instant of a time on the wall: of a repeated time the first, of a skipped one that with the offset before. */
export function instantOf({ day, time }: Wall, timeZone: string): Date {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const before = asUtc - offsetAt(asUtc - dayMs, timeZone);
  const after = asUtc - offsetAt(asUtc + dayMs, timeZone);
  const shows = (at: number) => at + offsetAt(at, timeZone) === asUtc;
  return new Date([before, after].find(shows) ?? before);
}

/** So many minutes later on the wall, whatever clocks are put to in between. */
export function later({ day, time }: Wall, minutes: number): Wall {
  const [date = "", clock = ""] = new Date(Date.parse(`${day}T${time}:00Z`) + minutes * minuteMs)
    .toISOString()
    .split("T");
  return { day: date, time: clock.slice(0, 5) };
}

/** How far two times on the wall are apart. */
export function minutesBetween(from: Wall, to: Wall): number {
  return (Date.parse(`${to.day}T${to.time}:00Z`) - Date.parse(`${from.day}T${from.time}:00Z`)) / minuteMs;
}

/** The offset of those days, `to` exclusive; both where the clocks change among them: `GMT+1, then GMT+2`. */
export function offsetsOf({ from, to }: { from: Day; to: Day }, timeZone: string): string {
  const ends = [
    instantOf({ day: from, time: "00:00" }, timeZone),
    instantOf({ day: to, time: "00:00" }, timeZone),
  ];
  return [...new Set(ends.map((instant) => formatOffset(instant, timeZone)))].join(", then ");
}

function offsetAt(at: number, timeZone: string): number {
  const second = Math.floor(at / 1000) * 1000;
  return Date.parse(`${showing(new Date(second), timeZone).replace(" ", "T")}Z`) - second;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2026-03-18 09:30:00` */
function showing(instant: Date, timeZone: string): string {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" });
    clocks.set(timeZone, clock);
  }
  return clock.format(instant);
}
