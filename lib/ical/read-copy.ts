import { AppError } from "@/lib/errors";
import type { RemoteCopy } from "@/lib/providers/provider";
import { type Component, readComponents, readProperties } from "./content";
import { isSeries, timeOfEvent } from "./expand";
import { parseCalendar } from "./parse";
import { settleTime } from "./read-object";
import { parseDateTime } from "./values";

type Copy = Omit<RemoteCopy, "id" | "etag">;

const names = new Set(["DESCRIPTION", "LOCATION", "LAST-MODIFIED", "DTSTAMP"]);

/**
 * One calendar object with everything a push writes; null when it holds no event, or one that was called off.
 * Floating times are taken in `timeZone`.
 * @throws AppError invalid when it could not be understood
 */
export function readCopy(text: string, timeZone: string): Copy | null {
  const { events, unreadable, hasOthers } = parseCalendar(text);
  const [problem] = unreadable;
  if (problem) throw new AppError("invalid", problem.reason);
  const event = events.find(({ recurrenceId }) => !recurrenceId) ?? events[0];
  if (!event && !hasOthers) throw new AppError("invalid", "The calendar object holds no event.");
  if (!event || event.status === "cancelled") return null;
  const component = componentsOf(text)[events.indexOf(event)];
  const values = new Map(
    component && readProperties(component, names).map(({ name, value }) => [name, value]),
  );
  return {
    uid: event.uid,
    title: event.title,
    description: values.get("DESCRIPTION") || null,
    location: values.get("LOCATION") || null,
    time: settleTime(timeOfEvent(event), timeZone),
    isRecurring: events.length > 1 || isSeries(event) || event.recurrenceId !== null,
    // Without METHOD, DTSTAMP is when the event was last revised (RFC 5545 §3.8.7.2).
    updatedAt: readStamp(values.get("LAST-MODIFIED")) ?? readStamp(values.get("DTSTAMP")),
  };
}

/** In the order `parseCalendar` lists the events, where every one was understood. */
function componentsOf(text: string): Component[] {
  return readComponents(text).flatMap(({ children }) => children.filter(({ name }) => name === "VEVENT"));
}

/** Both stamps are UTC by the standard; one without its Z says nothing certain. */
function readStamp(value: string | undefined): Date | null {
  const stamp = value ? parseDateTime(value) : null;
  return stamp?.isUtc ? new Date(stamp.naive) : null;
}
