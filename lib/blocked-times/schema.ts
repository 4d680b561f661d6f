import { z } from "zod";
import { dayInput } from "@/lib/day-input";
import { addDays } from "@/lib/time";
import { timeZone } from "@/lib/users/schema";

const clock = z.preprocess(
  (value) => value || undefined,
  z
    .string("Choose a time.")
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Choose a time.")
    .optional(),
);
// A ticked box arrives as "on", an empty one not at all.
const box = z.preprocess((value) => value === true || value === "on", z.boolean());
const weekday = z.coerce.number().int().min(1).max(7);

const fields = z.object({
  title: z
    .string()
    .trim()
    .max(120, "Use at most 120 characters.")
    .transform((value) => value || null),
  timeZone,
  isAllDay: box,
  startDay: dayInput,
  startTime: clock,
  /** Included, when it is about whole days. */
  endDay: dayInput,
  endTime: clock,
  repeats: box,
  /** ISO weekdays, `1,3`. */
  weekdays: z.preprocess(
    (value) => (typeof value === "string" ? value.split(",").filter(Boolean) : value),
    z.array(weekday).max(7).optional(),
  ),
  everyWeeks: z.preprocess(
    (value) => value || 1,
    z.coerce
      .number("Enter a whole number.")
      .int("Enter a whole number.")
      .min(1, "At least every week.")
      .max(52, "At most every 52 weeks."),
  ),
  untilDay: z.preprocess((value) => value || null, dayInput.nullable()),
});

/** What a host says about a blocked time, turned into its row. Clock times are those of `timeZone`. */
export const blockedTimeForm = fields
  .superRefine(({ isAllDay, startTime, endTime, startDay, endDay, repeats, weekdays, untilDay }, context) => {
    const refuse = (field: keyof z.infer<typeof fields>, message: string) =>
      context.addIssue({ code: "custom", path: [field], message });
    if (!isAllDay && !startTime) refuse("startTime", "Choose a time.");
    if (!isAllDay && !endTime) refuse("endTime", "Choose a time.");
    if (endDay < startDay) refuse("endDay", "The last date is before the first.");
    else if (!isAllDay && startTime && endTime && endDay === startDay && endTime <= startTime)
      refuse("endTime", `${endTime} is not after ${startTime} on the same date.`);
    if (!repeats) return;
    if (!weekdays?.length) refuse("weekdays", "Choose at least one weekday.");
    if (untilDay && untilDay < startDay) refuse("untilDay", "It ends before it begins.");
    if (
      endDay > addDays(startDay, isAllDay ? 6 : 7) ||
      (endDay === addDays(startDay, 7) && (endTime ?? "") > (startTime ?? ""))
    )
      refuse("endDay", "What repeats takes at most a week each time.");
  })
  .transform((form) => ({
    title: form.title,
    timeZone: form.timeZone,
    startsAt: form.isAllDay ? `${form.startDay} 00:00:00` : `${form.startDay} ${form.startTime}:00`,
    endsAt: form.isAllDay ? `${addDays(form.endDay, 1)} 00:00:00` : `${form.endDay} ${form.endTime}:00`,
    weekdays: form.repeats ? [...new Set(form.weekdays)].sort() : null,
    everyWeeks: form.repeats ? form.everyWeeks : 1,
    untilDay: form.repeats ? form.untilDay : null,
  }));
