import type { FeedFacts } from "@/lib/providers/provider";
import { type Component, findText } from "./content";
import { findCssColor } from "./css-colors";
import { findIanaZone } from "./iana";
import { parseDuration } from "./values";
import { zoneFinder } from "./zones";

const [minute, day, mostMinutes] = [60_000, 24 * 60, 7 * 24 * 60];
const longestName = 200;

/** What a feed says of itself in its head; of several calendars in one file the first that says it. */
export function readHead(calendars: Component[]): Pick<FeedFacts, "name" | "color" | "refreshMinutes"> {
  const first = <T>(names: string[], read: (text: string) => T | null): T | null => {
    for (const name of names)
      for (const calendar of calendars) {
        const found = read(findText(calendar, name));
        if (found !== null) return found;
      }
    return null;
  };
  return {
    name: first(["X-WR-CALNAME", "NAME"], readName),
    color: first(["COLOR", "X-APPLE-CALENDAR-COLOR", "X-OUTLOOK-COLOR"], readColor),
    refreshMinutes: first(["REFRESH-INTERVAL", "X-PUBLISHED-TTL"], readMinutes),
  };
}

/** The zone in which the feed means times that name none, if it says so. */
export function findZoneOfFeed(calendars: Component[]): string | null {
  for (const calendar of calendars) {
    const name = findText(calendar, "X-WR-TIMEZONE");
    const zone = name && zoneFinder([])(name);
    if (zone && findIanaZone(zone.id)) return zone.id;
  }
  return null;
}

function readName(text: string): string | null {
  return text.replace(/\s+/g, " ").trim().slice(0, longestName).trim() || null;
}

/** "#ff2968", "#FF2968FF" (Apple's, with its opacity), "#f26" or a name of CSS (RFC 7986 §5.9). */
function readColor(text: string): string | null {
  const digits = /^#([\da-f]{6})(?:[\da-f]{2})?$/i.exec(text)?.[1];
  if (digits) return `#${digits.toLowerCase()}`;
  const short = /^#([\da-f]{3})$/i.exec(text)?.[1];
  if (short) return `#${[...short.toLowerCase()].map((digit) => digit + digit).join("")}`;
  return findCssColor(text);
}

function readMinutes(text: string): number | null {
  const length = parseDuration(text);
  if (!length) return null;
  const minutes = Math.ceil(length.days * day + length.exact / minute);
  return minutes > 0 ? Math.min(minutes, mostMinutes) : null;
}
