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
import { type GoogleEvent, type GoogleTime, googleEvent } from "./schema";

/** Our events carry their UID here: Google makes an iCalUID of its own for an event with an id of ours. */
export const uidProperty = "calendsUid";

/** What is wanted of a calendar: whose days begin in its own zone, and of which one may see only when it is taken. */
export type View = { window: SyncWindow; timeZone: string; showsOnlyBusy: boolean };

export function viewOf(
  list: { timeZone?: string | null | undefined; accessRole?: string | null | undefined },
  window: SyncWindow,
): View {
  const timeZone = list.timeZone && isTimeZone(list.timeZone) ? list.timeZone : window.timeZone;
  return { window, timeZone, showsOnlyBusy: list.accessRole === "freeBusyReader" };
}

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

/** The bounds as Google takes them: whole seconds, both exclusive, days by the calendar's zone. */
function isInside(time: OccurrenceTime, { window, timeZone }: View): boolean {
  const { start, end } = wholeSeconds(window);
  if (time.kind === "timed") return time.endsAt > start && time.startsAt < end;
  return (
    time.endDay > dayOf(start, timeZone) && time.startDay <= dayOf(new Date(end.getTime() - 1), timeZone)
  );
}

export function wholeSeconds({ start, end }: Pick<SyncWindow, "start" | "end">): { start: Date; end: Date } {
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

/** The part of an event that is ours to write. */
export function bodyOf(draft: EventDraft) {
  const { title, description, location, time, timeZone, uid } = draft;
  return {
    summary: title,
    description,
    location,
    start: time.kind === "timed" ? timed(time.startsAt, timeZone) : allDay(time.startDay),
    end: time.kind === "timed" ? timed(time.endsAt, timeZone) : allDay(time.endDay),
    extendedProperties: { private: { calends: "1", [uidProperty]: uid } },
  };
}

// The nulls take away what a patch would leave: a day that became a time has no day any more.
const timed = (instant: Date, timeZone: string) => ({
  dateTime: instant.toISOString(),
  timeZone,
  date: null,
});
const allDay = (date: string) => ({ date, dateTime: null, timeZone: null });
