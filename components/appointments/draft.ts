import type { z } from "zod";
import type { appointmentInput } from "@/lib/appointments/schema";
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
