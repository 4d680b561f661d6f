import type { EventDraft, OccurrenceTime, RemoteCopy } from "./provider";

/** What a copy says: all a person can change about it. Servers rewrite bytes; line ends and outer white space too. */
export type Meaning = Pick<EventDraft, "title" | "description" | "location" | "time">;

export function meaningOf({ title, description, location, time }: Meaning): Meaning {
  return {
    title: plain(title),
    description: plain(description ?? "") || null,
    location: plain(location ?? "") || null,
    time: wholeSeconds(time),
  };
}

/** Equal for the same meaning alone. */
export function meaningKey(copy: Meaning): string {
  const { title, description, location, time } = meaningOf(copy);
  return JSON.stringify([title, description, location, timeKey(time)]);
}

/** A copy that repeats says more than any draft. */
export function hasMeaningOf(copy: RemoteCopy, draft: Meaning): boolean {
  return !copy.isRecurring && meaningKey(copy) === meaningKey(draft);
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
