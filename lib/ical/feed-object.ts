import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";
import { type Component, findText, isProperty, quoteZone } from "./content";
import { fold } from "./fold";
import type { CalEvent } from "./model";
import { productId } from "./serialize";
import { isKnownPlace, plainId } from "./zones";

/** The usable events of one UID, and what each was read from. */
export type FeedGroup = { uid: string; events: CalEvent[]; sources: Component[] };

export type ObjectWriter = {
  /** A hash of what the event means. */
  etagOf(group: FeedGroup): string;
  /** All of it as a calendar object that can be read by itself. @throws AppError invalid where its zones say too much */
  write(group: FeedGroup): string;
};

// Each event takes along the zones it names: a feed of one large zone and many events would be many times as large.
const mostCharactersOfZones = 200_000_000;

/** @param timeZone in which the feed means times that name none, if it says so */
export function createObjectWriter(
  calendars: Component[],
  timeZone: string | null,
  mostOfZones = mostCharactersOfZones,
): ObjectWriter {
  const zones = zonesOf(calendars);
  // A definition of a place that everybody knows is not what its times are read by, and some rewrite it every year.
  const governing = new Map([...zones].filter(([id]) => !isKnownPlace(id)));
  // Floating times are placed by it, and days held against the window.
  const head = (group: FeedGroup) =>
    timeZone && group.events.some(({ start }) => start.kind !== "zoned") ? [`X-WR-TIMEZONE:${timeZone}`] : [];
  const meaningOf = remember((zone) => hashOf(linesOf(zone, sortedMeaning).join("\n")));
  const textOf = remember((zone) => foldedLines(zone).join("\r\n"));
  let room = mostOfZones;
  const zonesFor = ({ sources }: FeedGroup) => {
    const texts = zonesNamed(sources, zones).map(textOf);
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    if (length <= room) {
      room -= length;
      return texts;
    }
    if (zonesNamed(sources, governing).length === 0) return []; // Known to everybody.
    throw new AppError("invalid", "The time zones of the calendar are too large.");
  };
  return {
    etagOf(group) {
      const zonesMeant = zonesNamed(group.sources, governing).map(meaningOf);
      const meant = group.sources.flatMap((part) => linesOf(part, sortedMeaning));
      return hashOf([...head(group), ...zonesMeant, ...meant].join("\n")).slice(0, 24);
    },
    write(group) {
      return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        `PRODID:${productId}`,
        ...head(group),
        ...zonesFor(group),
        ...group.sources.flatMap(foldedLines),
        "END:VCALENDAR",
        "",
      ].join("\r\n");
    },
  };
}

/** Works out once for each zone what many events ask for. */
function remember(work: (zone: Component) => string): (zone: Component) => string {
  const known = new Map<Component, string>();
  return (zone) => {
    const text = known.get(zone) ?? work(zone);
    known.set(zone, text);
    return text;
  };
}

const foldedLines = (component: Component) => linesOf(component, (lines) => lines).map(fold);

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

type Zones = Map<string, Component>;

function zonesOf(calendars: Component[]): Zones {
  const definitions = calendars
    .flatMap(({ children }) => children)
    .filter(({ name }) => name === "VTIMEZONE")
    .map((definition) => [plainId(findText(definition, "TZID")), definition] as const);
  return new Map(definitions);
}

const zonePattern = /^[^:]*?;TZID=(?:"([^"]*)"|([^;:]*))/i;

/** In the order of their names, so that the order of the lines does not matter. */
function zonesNamed(components: Component[], zones: Zones): Component[] {
  if (zones.size === 0) return [];
  const named = new Set<string>();
  for (const { lines } of components)
    for (const line of lines) {
      const match = zonePattern.exec(quoteZone(line));
      const id = match && plainId(match[1] ?? match[2] ?? "");
      if (id && zones.has(id)) named.add(id);
    }
  return [...named].sort().flatMap((id) => zones.get(id) ?? []);
}

function linesOf(component: Component, arrange: (lines: string[]) => string[]): string[] {
  // An edge that is none, such as "BEGIN:A B", is no property either.
  const properties = component.lines.filter((line) => isProperty(line) && !/^(BEGIN|END):/.test(line));
  return [
    `BEGIN:${component.name}`,
    ...arrange(properties.map(quoteZone)),
    ...component.children.flatMap((child) => linesOf(child, arrange)),
    `END:${component.name}`,
  ];
}

/** Without DTSTAMP, which many feeds write anew each time; lines of one name stay in their order, of which the first counts. */
function sortedMeaning(lines: string[]): string[] {
  const nameOf = (line: string) => line.slice(0, line.search(/[:;]/));
  return lines
    .map((line) => ({ line, name: nameOf(line) }))
    .filter(({ name }) => name !== "DTSTAMP")
    .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    .map(({ line }) => line);
}
