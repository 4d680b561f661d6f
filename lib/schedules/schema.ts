import { z } from "zod";
import {
  findLengthMistake,
  formatInterval,
  type Interval,
  overlap,
  type Span,
  span,
} from "@/lib/availability/schema";
import { dayInput } from "@/lib/day-input";
import { addDays, type Day, weekdayOf } from "@/lib/time";
import { timeZone } from "@/lib/users/schema";

/** A schedule's name and zone; no zone: the profile's. */
export const scheduleForm = z.object({
  name: z.string().trim().min(1, "Give it a name.").max(80, "Use at most 80 characters."),
  timeZone: z.preprocess((value) => value || null, timeZone.nullable()),
});

const dayMinutes = 1440;
const maxDays = 366;

/** A date, or several in a row; both ends are included. */
export const dateRange = z.object({ firstDay: dayInput, lastDay: dayInput }).superRefine(checkRange);
export type DateRange = z.infer<typeof dateRange>;

/** Other hours for a date or dates in a row; without any they are closed. */
export const overrideForm = z
  .object({ firstDay: dayInput, lastDay: dayInput, hours: z.array(span).max(24) })
  .superRefine((form, context) => {
    checkRange(form, context);
    form.hours.forEach((one, index) => {
      const refuse = (field: keyof Span, message: string) =>
        context.addIssue({ code: "custom", path: ["hours", index, field], message });
      const mistake = findLengthMistake(one);
      if (mistake) refuse("endMinute", mistake);
      else if (one.endMinute > dayMinutes && form.firstDay < form.lastDay)
        refuse("endMinute", "Of dates in a row each keeps to its own day: end at 24:00.");
      const earlier = form.hours.slice(0, index).find((other) => overlap(one, other));
      if (earlier) refuse("startMinute", `${formatInterval(one)} overlaps ${formatInterval(earlier)}.`);
    });
  });
export type OverrideForm = z.infer<typeof overrideForm>;

function checkRange({ firstDay, lastDay }: { firstDay: Day; lastDay: Day }, context: z.RefinementCtx): void {
  const refuse = (message: string) => context.addIssue({ code: "custom", path: ["lastDay"], message });
  if (lastDay < firstDay) refuse("The last date is before the first.");
  else if (lastDay >= addDays(firstDay, maxDays)) refuse("Choose at most a year at once.");
}

/** A date whose own hours replace the weekly ones; none: closed. */
export type OverriddenDay = { day: Day; hours: Span[] };
export type Hours = { hours: Interval[]; overrides: OverriddenDay[] };

/**
 * The longest working window, in wall-clock minutes: nothing longer can ever be booked. Infinity when the weekly
 * hours never stop, 0 when there are none.
 */
export function longestWindowMinutes({ hours, overrides }: Hours): number {
  // Any Monday does: three weeks of it hold every weekly window whole.
  const weekly = longestRun(spansOf("2024-01-01", 21, hours, new Map()));
  if (weekly >= 7 * dayMinutes) return Number.POSITIVE_INFINITY;
  const own = new Map(overrides.map((overridden) => [overridden.day, overridden.hours]));
  // What a date adds may join with the days around it, and these are not more than a week of hours.
  const around = overrides.map((overridden) =>
    longestRun(spansOf(addDays(overridden.day, -8), 17, hours, own)),
  );
  return Math.max(weekly, ...around);
}

/** The hours of some days in a row, in minutes after the first midnight. */
function spansOf(firstDay: Day, count: number, weekly: Interval[], own: Map<Day, Span[]>): Span[] {
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(firstDay, index);
    const hours = own.get(day) ?? weekly.filter(({ weekday }) => weekday === (weekdayOf(day) || 7));
    // An overridden date belongs to its own hours alone; nothing reaches into it past midnight.
    const latest = own.has(addDays(day, 1)) ? dayMinutes : Number.POSITIVE_INFINITY;
    return hours.map(({ startMinute, endMinute }) => ({
      startMinute: index * dayMinutes + startMinute,
      endMinute: index * dayMinutes + Math.min(endMinute, latest),
    }));
  }).flat();
}

function longestRun(spans: Span[]): number {
  let longest = 0;
  let run: Span | null = null;
  for (const { startMinute, endMinute } of spans.sort((one, other) => one.startMinute - other.startMinute)) {
    run =
      run && startMinute <= run.endMinute
        ? { startMinute: run.startMinute, endMinute: Math.max(run.endMinute, endMinute) }
        : { startMinute, endMinute };
    longest = Math.max(longest, run.endMinute - run.startMinute);
  }
  return longest;
}
