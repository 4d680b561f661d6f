import { weekdays } from "@/lib/availability/schema";
import type { BlockedTime } from "@/lib/blocked-times/list";
import { addDays, type Day, formatDay, formatTime } from "@/lib/time";

type Writing = { locale: string; hour12: boolean };
type Block = Pick<BlockedTime, "startsAt" | "endsAt" | "weekdays" | "everyWeeks" | "untilDay">;

/** The date and the clock of a wall-clock time, `2026-03-18 09:30:00`. */
export function partsOf(wallClock: string): { day: Day; time: string } {
  return { day: wallClock.slice(0, 10), time: wallClock.slice(11, 16) };
}

/** Whole days: the last one as people count, so the one before the midnight it ends at; null otherwise. */
export function lastWholeDay({ startsAt, endsAt }: Pick<Block, "startsAt" | "endsAt">): Day | null {
  if (partsOf(startsAt).time !== "00:00" || partsOf(endsAt).time !== "00:00") return null;
  return addDays(partsOf(endsAt).day, -1);
}

/** `Wednesday 3 March 2027, 09:30–10:15`, `Every Monday and Friday, 12:00–13:00`. */
export function whenText(block: Block, writing: Writing): string {
  return block.weekdays ? recurringText(block, writing) : onceText(block, writing);
}

function onceText({ startsAt, endsAt }: Block, writing: Writing): string {
  const start = partsOf(startsAt);
  const end = partsOf(endsAt);
  const lastDay = lastWholeDay({ startsAt, endsAt });
  if (lastDay === start.day) return `${formatDay(start.day, writing.locale)}, all day`;
  if (lastDay) return `${shortDay(start.day, writing)} – ${shortDay(lastDay, writing)}, all day`;
  if (start.day === end.day)
    return `${formatDay(start.day, writing.locale)}, ${clock(startsAt, writing)}–${clock(endsAt, writing)}`;
  return `${shortDay(start.day, writing)}, ${clock(startsAt, writing)} – ${shortDay(end.day, writing)}, ${clock(endsAt, writing)}`;
}

function recurringText({ startsAt, endsAt, weekdays: on, everyWeeks, untilDay }: Block, writing: Writing) {
  const names = weekdays.filter(({ weekday }) => on?.includes(weekday)).map(({ name }) => name);
  const days = names.length === 7 ? "day" : list(names);
  const every = everyWeeks === 1 ? `Every ${days}` : `Every ${everyWeeks} weeks on ${days}`;
  const from = `from ${shortDay(partsOf(startsAt).day, writing)}`;
  const until = untilDay ? ` until ${shortDay(untilDay, writing)}` : "";
  return `${every}, ${lengthOfOne({ startsAt, endsAt }, writing)}, ${from}${until}`;
}

function lengthOfOne({ startsAt, endsAt }: Pick<Block, "startsAt" | "endsAt">, writing: Writing): string {
  const nights = daysBetween(partsOf(startsAt).day, partsOf(endsAt).day);
  if (lastWholeDay({ startsAt, endsAt })) return nights === 1 ? "all day" : `${nights} whole days`;
  const later = nights === 0 ? "" : nights === 1 ? " next day" : `, ${nights} days later`;
  return `${clock(startsAt, writing)}–${clock(endsAt, writing)}${later}`;
}

function clock(wallClock: string, { locale, hour12 }: Writing): string {
  return formatTime(new Date(`${wallClock.replace(" ", "T")}Z`), { timeZone: "UTC", locale, hour12 });
}

function shortDay(day: Day, { locale }: Writing): string {
  return formatDay(day, locale, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
}

function daysBetween(one: Day, other: Day): number {
  return Math.round((Date.parse(other) - Date.parse(one)) / 86_400_000);
}

function list(names: string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
