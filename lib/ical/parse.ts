import { AppError } from "@/lib/errors";
import { type Component, findText, readComponents } from "./content";
import type { CalEvent } from "./model";
import { formatNaive } from "./naive";
import { readEvent } from "./read-event";
import { zoneFinder } from "./zones";

export type ParsedCalendar = {
  /** Events in the order of the file. */
  events: CalEvent[];
  /** What each of them was read from, with the UID it was given where it had none. */
  sources: Component[];
  /** Events that could not be understood. Their UID is "" when not even that could be read. */
  unreadable: UnreadableEvent[];
  /** True when the text holds things other than events: tasks, journals, free-busy. */
  hasOthers: boolean;
};

/** `title` is "" as well where it cannot be read. */
export type UnreadableEvent = { uid: string; title: string; reason: string };

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
  return readEvents(calendars, limits.events);
}

/** The same of a text that is split already. @throws AppError invalid when it holds too many events */
export function readEvents(calendars: Component[], mostEvents: number): ParsedCalendar {
  const components = calendars.flatMap((calendar) => calendar.children);
  const named = (name: string) => components.filter((component) => component.name === name);
  const sources = named("VEVENT");
  if (sources.length > mostEvents) {
    throw new AppError("invalid", `The calendar has more than ${mostEvents.toLocaleString("en")} events.`);
  }
  const findZone = zoneFinder(named("VTIMEZONE"));
  const parsed: ParsedCalendar = {
    events: [],
    sources: [],
    unreadable: [],
    hasOthers: components.some(({ name }) => otherNames.has(name)),
  };
  const copies = new Map<string, number>();
  for (const component of sources) {
    try {
      const event = readEvent(component, findZone);
      const uid = event.uid || substituteUid(event, copies);
      parsed.events.push({ ...event, uid });
      parsed.sources.push(event.uid ? component : withUid(component, uid));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const [uid, title] = [findText(component, "UID"), findText(component, "SUMMARY")];
      parsed.unreadable.push({ uid, title, reason: error.message });
    }
  }
  return parsed;
}

const otherNames = new Set(["VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"]);

/** Feeds leave the UID out. Start and title are what stays the same from one fetch to the next. */
function substituteUid({ start, title }: CalEvent, copies: Map<string, number>): string {
  const uid = `${formatNaive(start.naive)} ${title.slice(0, 200)}`.trim();
  const copy = (copies.get(uid) ?? 0) + 1;
  copies.set(uid, copy);
  return copy === 1 ? uid : `${uid} (${copy})`;
}

function withUid(component: Component, uid: string): Component {
  const value = uid.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
  const others = component.lines.filter((line) => !/^UID[:;]/.test(line));
  return { ...component, lines: [`UID:${value}`, ...others] };
}
