import { AppError } from "@/lib/errors";
import { type Component, readComponents, readProperties } from "./content";
import type { CalEvent } from "./model";
import { formatNaive } from "./naive";
import { readEvent } from "./read-event";
import { zoneFinder } from "./zones";

export type ParsedCalendar = {
  /** Events in the order of the file. */
  events: CalEvent[];
  /** Events that could not be understood. Their UID is "" when not even that could be read. */
  unreadable: UnreadableEvent[];
  /** True when the text holds things other than events: tasks, journals, free-busy. */
  hasOthers: boolean;
};

export type UnreadableEvent = { uid: string; reason: string };

export type ParseLimits = { characters: number; events: number };

const defaultLimits: ParseLimits = { characters: 30_000_000, events: 100_000 };

/**
 * Reads iCalendar text. Each VEVENT stands alone: one that makes no sense is reported and costs no other.
 * @throws AppError invalid when the text is no calendar, stops in the middle, or is over the limits
 */
export function parseCalendar(text: string, limits: ParseLimits = defaultLimits): ParsedCalendar {
  if (text.length > limits.characters) throw new AppError("invalid", "The calendar is too large.");
  const calendars = readComponents(text);
  if (calendars.length === 0) throw new AppError("invalid", "This is not an iCalendar text.");
  const components = calendars.flatMap((calendar) => calendar.children);
  const named = (name: string) => components.filter((component) => component.name === name);
  if (named("VEVENT").length > limits.events)
    throw new AppError("invalid", "The calendar has too many events.");

  const findZone = zoneFinder(named("VTIMEZONE"));
  const parsed: ParsedCalendar = {
    events: [],
    unreadable: [],
    hasOthers: components.some(({ name }) => otherNames.has(name)),
  };
  const copies = new Map<string, number>();
  for (const component of named("VEVENT")) {
    try {
      const event = readEvent(component, findZone);
      parsed.events.push(event.uid ? event : { ...event, uid: substituteUid(event, copies) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      parsed.unreadable.push({ uid: findUid(component), reason: error.message });
    }
  }
  return parsed;
}

const otherNames = new Set(["VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"]);
/** Feeds leave the UID out. Start and title are what stays the same from one fetch to the next. */
function substituteUid({ start, title }: CalEvent, copies: Map<string, number>): string {
  const uid = `${formatNaive(start.naive)} ${title}`;
  const copy = (copies.get(uid) ?? 0) + 1;
  copies.set(uid, copy);
  return copy === 1 ? uid : `${uid} (${copy})`;
}

const uidName = new Set(["UID"]);

function findUid(component: Component): string {
  try {
    return readProperties(component, uidName)[0]?.value ?? "";
  } catch {
    return ""; // The UID itself is what cannot be read.
  }
}
