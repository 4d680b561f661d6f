import type { EventDraft, OccurrenceTime, RemoteCopy } from "./provider";
import { ruleKey, type StoredRecurrence, type StoredTime } from "./recurrence";

/** What a copy says: all a person can change about it. Servers rewrite bytes; line ends and outer white space too. */
export type Meaning = Pick<EventDraft, "title" | "description" | "location" | "time" | "recurrence"> & {
  /** Says something only about what repeats at a time; days are days everywhere. */
  timeZone?: string | null;
};

export function meaningOf({ title, description, location, time, recurrence, timeZone }: Meaning): Meaning {
  return {
    title: plain(title),
    description: plain(description ?? "") || null,
    location: plain(location ?? "") || null,
    time: wholeSeconds(time),
    ...(recurrence && { recurrence, timeZone: time.kind === "timed" ? (timeZone ?? null) : null }),
  };
}

/** Equal for the same meaning alone. */
export function meaningKey(copy: Meaning): string {
  const { title, description, location, time, recurrence, timeZone } = meaningOf(copy);
  const once = [title, description, location, timeKey(time)];
  return JSON.stringify(
    recurrence ? [...once, ruleKey(recurrence.rule), exceptionKeys(recurrence), timeZone] : once,
  );
}

/** A copy that repeats in a way of its own says more than any draft. */
export function hasMeaningOf(copy: RemoteCopy, draft: Meaning): boolean {
  return copy.isRecurring === Boolean(copy.recurrence) && meaningKey(copy) === meaningKey(draft);
}

/** An exception that says what the series says anyway is kept as one: only whoever expands it can tell. */
function exceptionKeys({ exceptions }: StoredRecurrence): string[] {
  return exceptions
    .map(({ key, says }) => JSON.stringify([key, says && meaningKey({ ...says, time: readTime(says.time) })]))
    .sort();
}

/** A time as JSON has it. */
export function readTime(time: StoredTime): OccurrenceTime {
  if (time.kind === "allDay") return time;
  return { kind: "timed", startsAt: new Date(time.startsAt), endsAt: new Date(time.endsAt) };
}

export const isSameTime = (one: OccurrenceTime, other: OccurrenceTime): boolean =>
  timeKey(wholeSeconds(one)) === timeKey(wholeSeconds(other));

const plain = (text: string) => text.replaceAll("\u0000", "").replace(/\r\n?/g, "\n").trim();

/** iCalendar has no fractions of a second. */
function wholeSeconds(time: OccurrenceTime): OccurrenceTime {
  if (time.kind === "allDay") return time;
  const floor = (instant: Date) => new Date(Math.floor(instant.getTime() / 1000) * 1000);
  return { kind: "timed", startsAt: floor(time.startsAt), endsAt: floor(time.endsAt) };
}

function timeKey(time: OccurrenceTime): string {
  if (time.kind === "allDay") return `${time.startDay}/${time.endDay}`;
  return `${time.startsAt.toISOString()}/${time.endsAt.toISOString()}`;
}
