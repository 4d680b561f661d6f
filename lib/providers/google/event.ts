import type { ZodError } from "zod";
import { AppError } from "@/lib/errors";
import type {
  EventDraft,
  Occurrence,
  OccurrenceTime,
  RemoteEvent,
  SyncWindow,
} from "@/lib/providers/provider";
import { addDays, dayOf, isTimeZone } from "@/lib/time";
import { linesOf } from "./rules";
import { type EventList, type GoogleEvent, type GoogleTime, googleEvent } from "./schema";

/** Our events carry their UID here: Google makes an iCalUID of its own for an event with an id of ours. */
export const uidProperty = "calendsUid";
/** On a series while its instances are written: which draft it is. What it says until then is nobody's word. */
export const unfinishedProperty = "calendsUnfinished";
/** On an instance that is an exception, also where it says what the series says. */
export const exceptionProperty = "calendsException";

/** What is wanted of a calendar: the bounds, and whether its events tell more than that a time is taken. */
export type View = Bounds & { firstDay: string; lastDay: string; showsOnlyBusy: boolean };
type Bounds = Pick<SyncWindow, "start" | "end">;

/** Days begin in the calendar's own zone. */
export function viewOf({ timeZone: zone, accessRole }: Listed, window: SyncWindow): View {
  const timeZone = zone && isTimeZone(zone) ? zone : window.timeZone;
  const { start, end } = wholeSeconds(window);
  const lastDay = dayOf(new Date(end.getTime() - 1), timeZone);
  return {
    start,
    end,
    firstDay: dayOf(start, timeZone),
    lastDay,
    showsOnlyBusy: accessRole === "freeBusyReader",
  };
}

type Listed = Pick<EventList, "timeZone" | "accessRole">;

/** One event or instance as Google lists it. @throws AppError invalid, saying what cannot be understood */
export function readEvent(item: unknown, view: View): RemoteEvent {
  const parsed = googleEvent.safeParse(item);
  if (!parsed.success) throw notUnderstood(parsed.error);
  const event = parsed.data;
  const time = timeOf(event);
  return {
    id: event.id,
    uid: uidOf(event),
    ...(event.recurringEventId ? { seriesId: event.recurringEventId } : {}),
    etag: event.etag ?? null,
    occurrences: isInside(time, view)
      ? [{ key: "", title: titleOf(event, view), time, ...stateOf(event) }]
      : [],
  };
}

export function notUnderstood({ issues }: ZodError): AppError {
  return new AppError("invalid", `Its ${String(issues[0]?.path[0] ?? "content")} cannot be understood.`);
}

export function uidOf(event: Pick<GoogleEvent, "id" | "iCalUID" | "extendedProperties">): string {
  return event.extendedProperties?.private?.[uidProperty] ?? event.iCalUID ?? event.id;
}

/** @throws AppError invalid for times that no event can have */
export function timeOf({ start, end }: { start: GoogleTime; end: GoogleTime }): OccurrenceTime {
  if ("date" in start && "date" in end) {
    if (end.date < start.date) throw endsTooEarly();
    // Exclusive; one that ends on its first day is an importer's idea of a single day.
    return {
      kind: "allDay",
      startDay: start.date,
      endDay: end.date > start.date ? end.date : addDays(start.date, 1),
    };
  }
  if ("dateTime" in start && "dateTime" in end) {
    if (end.dateTime < start.dateTime) throw endsTooEarly();
    return { kind: "timed", startsAt: start.dateTime, endsAt: end.dateTime };
  }
  throw new AppError("invalid", "It begins with a day and ends with a time, or the other way round.");
}

function endsTooEarly(): AppError {
  return new AppError("invalid", "It ends before it begins.");
}

/** As Google bounds a listing: both ends are exclusive. */
function isInside(time: OccurrenceTime, { start, end, firstDay, lastDay }: View): boolean {
  if (time.kind === "timed") return time.endsAt > start && time.startsAt < end;
  return time.endDay > firstDay && time.startDay <= lastDay;
}

/** Google takes no notice of milliseconds. */
export function wholeSeconds({ start, end }: Bounds): Bounds {
  const floor = (instant: Date) => new Date(Math.floor(instant.getTime() / 1000) * 1000);
  return { start: floor(start), end: floor(end) };
}

function titleOf({ summary, visibility }: GoogleEvent, { showsOnlyBusy }: View): string {
  if (summary) return summary;
  return showsOnlyBusy || visibility === "private" ? "Busy" : "";
}

/** Where somebody works and whose birthday it is takes no time, nor does what was declined. */
function stateOf(event: GoogleEvent): Pick<Occurrence, "status" | "transparency"> {
  const answer = event.attendees?.find(({ self }) => self)?.responseStatus;
  const isAside = event.eventType === "workingLocation" || event.eventType === "birthday";
  const isFree = event.transparency === "transparent" || isAside || answer === "declined";
  return {
    status: event.status === "tentative" || answer === "tentative" ? "tentative" : "confirmed",
    transparency: isFree ? "transparent" : "opaque",
  };
}

/** The part of an event that is ours to write. @param mark of a series whose instances are still to be written */
export function bodyOf(draft: EventDraft, mark: string | null) {
  const { time, timeZone, uid } = draft;
  return {
    ...wordsAndTimes(draft, time, timeZone),
    recurrence: draft.recurrence ? linesOf(draft, draft.recurrence) : null,
    extendedProperties: { private: { calends: "1", [uidProperty]: uid, [unfinishedProperty]: mark } },
  };
}

type Words = Pick<EventDraft, "title" | "description" | "location">;

/** What an event and one instance of a series say in the same way. */
export function wordsAndTimes(
  { title, description, location }: Words,
  time: OccurrenceTime,
  timeZone: string,
) {
  return {
    summary: title,
    description,
    location,
    start: time.kind === "timed" ? timed(time.startsAt, timeZone) : allDay(time.startDay),
    end: time.kind === "timed" ? timed(time.endsAt, timeZone) : allDay(time.endDay),
  };
}

// The nulls take away what a patch would leave: a day that became a time has no day any more.
const timed = (instant: Date, timeZone: string) => ({
  dateTime: instant.toISOString(),
  timeZone,
  date: null,
});
const allDay = (date: string) => ({ date, dateTime: null, timeZone: null });
