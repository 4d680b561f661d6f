import { AppError } from "@/lib/errors";
import { findPosition, type Repeating, timeAt, wallClockOfKey } from "@/lib/ical/expand-recurrence";
import { isSameTime, readTime } from "@/lib/providers/meaning";
import type { OccurrenceTime } from "@/lib/providers/provider";
import type { RecurrenceException, StoredRecurrence, StoredTime } from "@/lib/providers/recurrence";

/** What one occurrence says. */
export type Content = {
  title: string;
  description: string | null;
  location: string | null;
  time: OccurrenceTime;
};

/** All that can be said about an appointment. */
export type Series = Content & {
  projectId: string | null;
  timeZone: string;
  recurrence: StoredRecurrence | null;
};
export type RepeatingSeries = Series & Repeating;

export const isRepeating = (series: Series): series is RepeatingSeries => series.recurrence !== null;

/** An occurrence somebody has before them; `key` null: the series itself stands for its first. */
export type Shown = Content & { key: string | null };

/** The occurrence with that key as it is to be seen; null when there is none, or not any more. */
export function findShown(series: RepeatingSeries, key: string): Shown | null {
  const exception = series.recurrence.exceptions.find((each) => each.key === key);
  if (exception?.says) return { ...exception.says, time: readTime(exception.says.time), key };
  const position = exception ? null : findPosition(series, key);
  return position === null ? null : { ...contentAt(series, position), key };
}

/** @throws AppError invalid, naming the field, when there is none with that key */
export function getShown(series: RepeatingSeries, key: string): Shown {
  const shown = findShown(series, key);
  if (!shown)
    throw new AppError("invalid", "This occurrence does not exist any more.", { field: "occurrence.key" });
  return shown;
}

/** What the series itself says about the occurrence there. */
export function contentAt(
  { title, description, location, time, timeZone }: Series,
  position: number,
): Content {
  return { title, description, location, time: timeAt(position, time, timeZone) };
}

/** Where on the wall clock an exception's occurrence stood; one that the rule does not give, where its key says. */
export function positionOf(series: RepeatingSeries, { key }: RecurrenceException): number {
  return findPosition(series, key) ?? wallClockOfKey(key, series.timeZone);
}

/** With this exception in place of any other with its key; `undefined` says: as the series. */
export function withException(
  series: RepeatingSeries,
  key: string,
  says: Content | null | undefined,
): RepeatingSeries {
  const others = series.recurrence.exceptions.filter((each) => each.key !== key);
  const own = says === undefined ? [] : [{ key, says: says && storedContent(says) }];
  return withExceptions(series, [...others, ...own]);
}

export function withExceptions<T extends RepeatingSeries>(series: T, exceptions: RecurrenceException[]): T {
  const sorted = exceptions.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return { ...series, recurrence: { ...series.recurrence, exceptions: sorted } };
}

export const storedContent = ({ title, description, location, time }: Content) => ({
  ...{ title, description, location },
  time: storedTime(time),
});

function storedTime(time: OccurrenceTime): StoredTime {
  if (time.kind === "allDay") return time;
  return { kind: "timed", startsAt: time.startsAt.toISOString(), endsAt: time.endsAt.toISOString() };
}

export const isSameContent = (one: Content, other: Content): boolean =>
  one.title === other.title &&
  one.description === other.description &&
  one.location === other.location &&
  isSameTime(one.time, other.time);
