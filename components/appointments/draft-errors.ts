import { appointmentInput } from "@/lib/appointments/schema";
import { type Draft, sayingOf } from "./draft";
import { isDay } from "./is-day";

export type DraftErrors = Partial<Record<DraftField, string>>;
export type DraftField =
  | "title"
  | "projectId"
  | "startDay"
  | "startTime"
  | "endDay"
  | "endTime"
  | "timeZone"
  | "interval"
  | "weekdays"
  | "untilDay"
  | "count"
  | "rule"
  | "location"
  | "description"
  /** The form as a whole. */
  | "form";

/** What is wrong with it, before anybody is asked. */
export function errorsOf(draft: Draft): DraftErrors {
  const errors = { ...missing(draft), ...wrongRepeat(draft) };
  if (Object.keys(errors).length > 0)
    return { ...(draft.title.trim() ? {} : { title: "Give it a title." }), ...errors };
  const issues = appointmentInput.safeParse(sayingOf(draft)).error?.issues ?? [];
  const found: DraftErrors = {};
  for (const { path, message } of issues) found[fieldOf(path.join("."), draft)] ??= message;
  return found;
}

function missing({ isAllDay, startDay, startTime, endDay, endTime }: Draft): DraftErrors {
  const isTime = (time: string) => /^\d\d:\d\d$/.test(time);
  return {
    ...(!isDay(startDay) && { startDay: "Choose a date." }),
    ...(!isDay(endDay) && { endDay: "Choose a date." }),
    ...(!isAllDay && !isTime(startTime) && { startTime: "Choose a time." }),
    ...(!isAllDay && !isTime(endTime) && { endTime: "Choose a time." }),
  };
}

function wrongRepeat({ repeat, startDay }: Draft): DraftErrors {
  const { kind, interval, weekdays, ends, untilDay, count } = repeat;
  if (kind === "never" || kind === "other") return {};
  const isCount = (text: string, most: number) =>
    /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most;
  return {
    ...(!isCount(interval, 999) && { interval: "Enter a whole number from 1." }),
    ...(kind === "weekly" && weekdays.length === 0 && { weekdays: "Choose at least one weekday." }),
    ...(ends === "until" && !isDay(untilDay) && { untilDay: "Choose a date." }),
    ...(ends === "until" &&
      isDay(untilDay) &&
      untilDay < startDay && { untilDay: "It ends before it begins." }),
    ...(ends === "count" && !isCount(count, 9999) && { count: "Enter a whole number from 1." }),
  };
}

/** The field of the form for a name in what the server was told. */
export function fieldOf(path: string, { isAllDay, endDay, startDay, repeat }: Draft): DraftField {
  if (path === "time.endsAt") return endDay < startDay ? "endDay" : "endTime";
  if (path === "time.endDay") return "endDay";
  if (path === "time.startsAt" && !isAllDay) return "startTime";
  if (path.startsWith("time")) return "startDay";
  if (path.startsWith("recurrence")) return repeat.kind === "other" ? "rule" : "interval";
  return fields.find((field) => field === path) ?? "form";
}
const fields = ["title", "projectId", "timeZone", "location", "description"] as const;

/** What is still wrong after a change: fields that say something else are judged when they are sent again. */
export function errorsLeft(errors: DraftErrors, before: Draft, after: Draft): DraftErrors {
  const valueIn = (draft: Draft, field: string) => ({ ...draft.repeat, ...draft })[field as "title"];
  return Object.fromEntries(
    Object.entries(errors).filter(
      ([field]) => field !== "form" && valueIn(before, field) === valueIn(after, field),
    ),
  );
}
