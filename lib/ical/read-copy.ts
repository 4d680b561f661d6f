import { AppError } from "@/lib/errors";
import type { RemoteCopy } from "@/lib/providers/provider";
import { type Component, type Property, readComponents, readProperties } from "./content";
import { isSeries, timeOfEvent } from "./expand";
import type { CalEvent } from "./model";
import { parseCalendar } from "./parse";
import { settleTime } from "./read-object";
import { readRecurrence, timeZoneOf, type Words } from "./read-recurrence";
import { parseDateTime } from "./values";

type Copy = Omit<RemoteCopy, "id" | "etag">;

const names = new Set(["DTSTART", "RRULE", "DESCRIPTION", "LOCATION", "LAST-MODIFIED", "DTSTAMP"]);

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
  const components = componentsOf(text);
  const propertiesOf = (each: CalEvent) => valuesOf(components[events.indexOf(each)]);
  const properties = propertiesOf(event);
  const isRecurring = events.length > 1 || isSeries(event) || event.recurrenceId !== null;
  return {
    uid: event.uid,
    ...wordsOf(event, properties),
    time: settleTime(timeOfEvent(event), timeZone),
    isRecurring,
    ...(isRecurring && {
      recurrence: readRecurrence(events, properties.get("RRULE")?.value, timeZone, (each) =>
        wordsOf(each, propertiesOf(each)),
      ),
      timeZone: timeZoneOf(event, properties.get("DTSTART")?.params.tzid, timeZone),
    }),
    // Without METHOD, DTSTAMP is when the event was last revised (RFC 5545 §3.8.7.2).
    updatedAt: readStamp(properties.get("LAST-MODIFIED")) ?? readStamp(properties.get("DTSTAMP")),
  };
}

type Properties = Map<string, Property>;

function valuesOf(component: Component | undefined): Properties {
  const properties = component ? readProperties(component, names) : [];
  return new Map(properties.filter(({ value }) => value !== "").map((property) => [property.name, property]));
}

function wordsOf({ title }: CalEvent, properties: Properties): Words {
  const [description, location] = ["DESCRIPTION", "LOCATION"].map((name) => properties.get(name)?.value);
  return { title, description: description ?? null, location: location ?? null };
}

/** In the order `parseCalendar` lists the events, where every one was understood. */
function componentsOf(text: string): Component[] {
  return readComponents(text).flatMap(({ children }) => children.filter(({ name }) => name === "VEVENT"));
}

/** Both stamps are UTC by the standard; one without its Z says nothing certain. */
function readStamp(property: Property | undefined): Date | null {
  const stamp = property ? parseDateTime(property.value) : null;
  return stamp?.isUtc ? new Date(stamp.naive) : null;
}
