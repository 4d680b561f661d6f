import { createHash } from "node:crypto";
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
  /** All of it as a calendar object that can be read by itself. */
  write(group: FeedGroup): string;
};

/** @param timeZone in which the feed means times that name none, if it says so */
export function createObjectWriter(calendars: Component[], timeZone: string | null): ObjectWriter {
  const zones = zonesOf(calendars);
  // A definition of a place that everybody knows is not what its times are read by, and some rewrite it every year.
  const governing = new Map([...zones].filter(([id]) => !isKnownPlace(id)));
  // Floating times are placed by it, and days held against the window.
  const head = (group: FeedGroup) =>
    timeZone && group.events.some(({ start }) => start.kind !== "zoned")
      ? [`X-WR-TIMEZONE:${timeZone}`]
      : [];
  return {
    etagOf(group) {
      const parts = [...zonesNamed(group.sources, governing), ...group.sources];
      const lines = [...head(group), ...parts.flatMap((part) => linesOf(part, sortedMeaning))];
      return hashOf(lines.join("\n")).slice(0, 24);
    },
    write(group) {
      const parts = [...zonesNamed(group.sources, zones), ...group.sources];
      return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        `PRODID:${productId}`,
        ...head(group),
        ...parts.flatMap((part) => linesOf(part, (lines) => lines)).map(fold),
        "END:VCALENDAR",
        "",
      ].join("\r\n");
    },
  };
}

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
