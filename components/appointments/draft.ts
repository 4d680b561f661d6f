import type { z } from "zod";
import { appointmentInput } from "@/lib/appointments/schema";
import type { StoredTime } from "@/lib/providers/recurrence";
import { addDays, type Day } from "@/lib/time";
import { isDay } from "./is-day";
import { noRepeat, type Repeat, repeatOf, ruleOf } from "./repeat";
import { instantOf, later, wallAt } from "./wall";

/** An appointment as somebody types it: dates and times are those on the wall of its zone. */
export type Draft = {
  title: string;
  /** Null: personal. */
  projectId: string | null;
  isAllDay: boolean;
  startDay: Day;
  startTime: string;
  /** Included, when it is about whole days. */
  endDay: Day;
  endTime: string;
  timeZone: string;
  repeat: Repeat;
  location: string;
  description: string;
};

/** What the server is told. */
export type Saying = z.input<typeof appointmentInput>;

/** What it was, for whoever changes it. */
export type Said = {
  title: string;
  description: string | null;
  location: string | null;
  projectId: string | null;
  time: StoredTime;
  timeZone: string;
  rule: string | null;
};

export function newDraft(time: StoredTime, timeZone: string): Draft {
  return draftOf({
    ...{ title: "", description: null, location: null, projectId: null, rule: null },
    ...{ time, timeZone },
  });
}

export function draftOf({ title, description, location, projectId, time, timeZone, rule }: Said): Draft {
  const when = wallsOf(time, timeZone);
  const start = { day: when.startDay, isAllDay: when.isAllDay, timeZone };
  return {
    ...{ title, projectId, timeZone, ...when },
    repeat: rule === null ? noRepeat(when.startDay) : repeatOf(rule, start),
    location: location ?? "",
    description: description ?? "",
  };
}

function wallsOf(time: StoredTime, timeZone: string) {
  if (time.kind === "allDay")
    return {
      ...{ isAllDay: true, startDay: time.startDay, endDay: addDays(time.endDay, -1) },
      ...{ startTime: "09:00", endTime: "10:00" },
    };
  const start = wallAt(new Date(time.startsAt), timeZone);
  const end = wallAt(new Date(time.endsAt), timeZone);
  return {
    ...{ isAllDay: false, startDay: start.day, startTime: start.time },
    ...{ endDay: end.day, endTime: end.time },
  };
}

export function sayingOf(draft: Draft): Saying {
  const { title, projectId, timeZone, location, description } = draft;
  return {
    ...{ title, projectId, timeZone, location, description },
    time: timeOf(draft),
    recurrence: recurrenceOf(draft),
  };
}

export function timeOf({ isAllDay, startDay, startTime, endDay, endTime, timeZone }: Draft): StoredTime {
  if (isAllDay) return { kind: "allDay", startDay, endDay: addDays(endDay, 1) };
  return {
    kind: "timed",
    startsAt: instantOf({ day: startDay, time: startTime }, timeZone).toISOString(),
    endsAt: instantOf({ day: endDay, time: endTime }, timeZone).toISOString(),
  };
}

function recurrenceOf({ repeat, startDay, isAllDay, timeZone }: Draft): { rule: string } | null {
  const rule = ruleOf(repeat, { day: startDay, isAllDay, timeZone });
  return rule === null ? null : { rule };
}

/** What of it is different from before; a change says that alone. */
export function changesOf(before: Draft, after: Draft): Partial<Saying> {
  const [was, is] = [sayingOf(before), sayingOf(after)];
  const changed = Object.entries(is).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(was[name as keyof Saying]),
  );
  const changes: Partial<Saying> = Object.fromEntries(changed);
  // A day has the instants of its zone, and a zone alone would leave the clock where it was.
  return changes.timeZone ? { ...changes, time: is.time } : changes;
}

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

/** The end goes along with the start, as in any calendar. */
export function startedAt(draft: Draft, change: Partial<Pick<Draft, "startDay" | "startTime">>): Draft {
  const next = { ...draft, ...change };
  if (!isDay(draft.startDay) || !isDay(next.startDay) || !isDay(draft.endDay)) return next;
  const length = minutes(draft);
  const start = { day: next.startDay, time: next.isAllDay ? "00:00" : next.startTime };
  if (!/^\d\d:\d\d$/.test(start.time) || Number.isNaN(length) || length < 0) return next;
  const end = later(start, length);
  return {
    ...next,
    endDay: end.day,
    ...(!next.isAllDay && { endTime: end.time }),
    repeat: onStart(draft, next),
  };
}

function minutes({ isAllDay, startDay, startTime, endDay, endTime }: Draft): number {
  const at = (day: Day, time: string) => Date.parse(`${day}T${isAllDay ? "00:00" : time}:00Z`) / 60_000;
  return at(endDay, endTime) - at(startDay, startTime);
}

/** What repeats on the weekday it starts on goes on doing so. */
function onStart(before: Draft, after: Draft): Repeat {
  const followed = noRepeat(before.startDay).weekdays.join() === before.repeat.weekdays.join();
  return followed ? { ...after.repeat, weekdays: noRepeat(after.startDay).weekdays } : after.repeat;
}

/** What is still wrong after a change: fields that say something else are judged when they are sent again. */
export function errorsLeft(errors: DraftErrors, before: Draft, after: Draft): DraftErrors {
  const valueIn = (draft: Draft, field: string) => ({ ...draft.repeat, ...draft })[field as "title"];
  return Object.fromEntries(
    Object.entries(errors).filter(
      ([field]) => field !== "form" && valueIn(before, field) === valueIn(after, field),
    ),
  );
}
