import type { EventDraft, OccurrenceTime, RemoteCopy } from "./provider";

type Meaning = Pick<EventDraft, "title" | "description" | "location" | "time">;

/** Whether a copy says what `draft` says: title, description, location and time, however the provider writes them. */
export function hasMeaningOf(copy: RemoteCopy, draft: Meaning): boolean {
  return (
    !copy.isRecurring &&
    plain(copy.title) === plain(draft.title) &&
    plain(copy.description) === plain(draft.description) &&
    plain(copy.location) === plain(draft.location) &&
    isSameTime(copy.time, draft.time)
  );
}

/** Line ends and outer white space are left out of account. */
const plain = (text: string | null) => (text ?? "").replaceAll(/\r\n?/g, "\n").trim();

function isSameTime(one: OccurrenceTime, other: OccurrenceTime): boolean {
  if (one.kind === "timed" && other.kind === "timed") {
    return +one.startsAt === +other.startsAt && +one.endsAt === +other.endsAt;
  }
  if (one.kind !== "allDay" || other.kind !== "allDay") return false;
  return one.startDay === other.startDay && one.endDay === other.endDay;
}
