import { z } from "zod";

/** ISO weekdays, 1 is Monday. */
export const weekdays = [
  { weekday: 1, name: "Monday" },
  { weekday: 2, name: "Tuesday" },
  { weekday: 3, name: "Wednesday" },
  { weekday: 4, name: "Thursday" },
  { weekday: 5, name: "Friday" },
  { weekday: 6, name: "Saturday" },
  { weekday: 7, name: "Sunday" },
] as const;

const dayMinutes = 1440;
const weekMinutes = 7 * dayMinutes;

/** Wall-clock minutes after midnight. 1440 is 24:00; what ends later goes on into the next day. */
const chosen = { error: "Choose a time.", abort: true };
const minute = (max: number) => z.int(chosen).min(0, chosen).max(max, chosen);
export const span = z.object({ startMinute: minute(1439), endMinute: minute(2879) });
const interval = span.extend({ weekday: z.int().min(1).max(7) });

export type Span = z.infer<typeof span>;
export type Interval = z.infer<typeof interval>;

/** A week of opening hours. Intervals may touch, not overlap, also where one goes on past midnight. */
export const weeklyHours = z.object({
  hours: z
    .array(interval)
    .max(200)
    .superRefine((hours, context) => {
      hours.forEach((one, index) => {
        const refuse = (field: keyof Span, message: string) =>
          context.addIssue({ code: "custom", path: [index, field], message: `${dayName(one)}: ${message}` });
        const mistake = findLengthMistake(one);
        if (mistake) refuse("endMinute", mistake);
        const earlier = hours.slice(0, index).find((other) => overlapInWeek(one, other));
        if (!earlier) return;
        const day = earlier.weekday === one.weekday ? "" : `${dayName(earlier)} `;
        refuse("startMinute", `${formatInterval(one)} overlaps ${day}${formatInterval(earlier)}.`);
      });
    }),
});

/** What is wrong with the length of an interval, or null. */
export function findLengthMistake({ startMinute, endMinute }: Span): string | null {
  if (endMinute <= startMinute)
    return `${formatMinute(endMinute)} is not after ${formatMinute(startMinute)}.`;
  if (endMinute > startMinute + dayMinutes)
    return `${formatInterval({ startMinute, endMinute })} is longer than a day.`;
  return null;
}

export function overlap(one: Span, other: Span): boolean {
  return one.startMinute < other.endMinute && other.startMinute < one.endMinute;
}

/** `09:30`; the end of the day is `24:00`, and later times are those of the next day. */
export function formatMinute(minute: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  if (minute > dayMinutes) return `${formatMinute(minute - dayMinutes)} next day`;
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

export function formatInterval({ startMinute, endMinute }: Span): string {
  return `${formatMinute(startMinute)}–${formatMinute(endMinute)}`;
}

/** Sunday night may reach into Monday. */
function overlapInWeek(one: Interval, other: Interval): boolean {
  const from = onWeek(one);
  return [-weekMinutes, 0, weekMinutes].some((weeks) => overlap(from, shift(onWeek(other), weeks)));
}

function onWeek(interval: Interval): Span {
  return shift(interval, (interval.weekday - 1) * dayMinutes);
}

function shift({ startMinute, endMinute }: Span, minutes: number): Span {
  return { startMinute: startMinute + minutes, endMinute: endMinute + minutes };
}

function dayName({ weekday }: Interval): string {
  return weekdays.find((day) => day.weekday === weekday)?.name ?? "";
}
