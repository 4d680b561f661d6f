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

/** Wall-clock minutes after midnight; an interval may end at 1440, 24:00. */
const minute = (max: number) => z.int("Choose a time.").min(0).max(max);
const interval = z.object({
  weekday: z.int().min(1).max(7),
  startMinute: minute(1439),
  endMinute: minute(1440),
});

export type Interval = z.infer<typeof interval>;

/** A week of opening hours. Intervals of a day may touch, not overlap. */
export const weeklyHours = z.object({
  hours: z
    .array(interval)
    .max(200)
    .superRefine((hours, context) => {
      hours.forEach((one, index) => {
        if (one.endMinute <= one.startMinute)
          context.addIssue({
            code: "custom",
            path: [index, "endMinute"],
            message: `${dayName(one)}: ${formatMinute(one.endMinute)} is not after ${formatMinute(one.startMinute)}.`,
          });
        const earlier = hours.slice(0, index).find((other) => overlap(one, other));
        if (earlier)
          context.addIssue({
            code: "custom",
            path: [index, "startMinute"],
            message: `${dayName(one)}: ${formatInterval(one)} overlaps ${formatInterval(earlier)}.`,
          });
      });
    }),
});

/** `09:30`; the end of the day is `24:00`. */
export function formatMinute(minute: number): string {
  const pad = (value: number) => String(value).padStart(2, "0");
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`;
}

export function formatInterval({
  startMinute,
  endMinute,
}: Pick<Interval, "startMinute" | "endMinute">): string {
  return `${formatMinute(startMinute)}–${formatMinute(endMinute)}`;
}

function overlap(one: Interval, other: Interval): boolean {
  return (
    one.weekday === other.weekday && one.startMinute < other.endMinute && other.startMinute < one.endMinute
  );
}

function dayName({ weekday }: Interval): string {
  return weekdays.find((day) => day.weekday === weekday)?.name ?? "";
}
