import { DAY, SECOND } from "./naive";
import type { Zone } from "./zone";

/**
 * The zone the platform's own tz database knows under this id. Intl answers one instant in microseconds; we ask
 * it for the changes of one year at a time and keep them, since a feed asks for thousands of instants.
 */
export function findIanaZone(id: string): Zone | null {
  const named = zonesByName.get(id);
  if (named) return named;
  const zone = readZone(id);
  // Names come in any case.
  if (zonesByName.size >= mostNames) zonesByName.clear();
  if (zone) zonesByName.set(id, zone);
  return zone;
}

const zonesByName = new Map<string, Zone>();
const mostNames = 2000;

function readZone(id: string): Zone | null {
  const format = findFormat(id);
  if (!format) return null;
  const canonicalId = format.resolvedOptions().timeZone;
  const known = zones.get(canonicalId);
  if (known) return known;
  const zone = { id: canonicalId, offsetAt: cachedByYear((instant) => readOffset(format, instant)) };
  zones.set(canonicalId, zone);
  return zone;
}

/** @throws RangeError for an id that should have been checked where it came in */
export function getIanaZone(id: string): Zone {
  const zone = findIanaZone(id);
  if (!zone) throw new RangeError(`There is no time zone "${id}".`);
  return zone;
}

const zones = new Map<string, Zone>();

function findFormat(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return null; // Intl throws a RangeError for a zone it does not know.
  }
}

/** "1/31/2026 A, 14:00:00" */
function readOffset(format: Intl.DateTimeFormat, instant: number): number {
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = (
    format.format(instant).match(/\d+/g) ?? []
  ).map(Number);
  const naive = new Date(0);
  naive.setUTCFullYear(year, month - 1, day);
  naive.setUTCHours(hour, minute, second);
  return naive.getTime() - Math.floor(instant / SECOND) * SECOND;
}

type Change = { at: number; offset: number };

// A feed may name any year up to 9999, in any zone, and what is kept outlives it.
const mostYears = 300;

function cachedByYear(read: (instant: number) => number): (instant: number) => number {
  const years = new Map<number, Change[]>();
  return (instant) => {
    const year = new Date(instant).getUTCFullYear();
    let changes = years.get(year);
    if (!changes) {
      changes = changesBetween(read, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
      if (years.size >= mostYears) years.clear();
      years.set(year, changes);
    }
    let offset = 0;
    for (const change of changes) {
      if (change.at > instant) break;
      offset = change.offset;
    }
    return offset;
  };
}

// The shortest time a zone has kept an offset lately is Morocco's Ramadan, about 30 days.
const probeStep = 10 * DAY;

function changesBetween(read: (instant: number) => number, start: number, end: number): Change[] {
  const changes = [{ at: start, offset: read(start) }];
  let offset = read(start);
  for (let at = start; at < end; at += probeStep) {
    const next = Math.min(at + probeStep, end);
    const nextOffset = read(next);
    if (nextOffset === offset) continue;
    changes.push({ at: firstWithOffset(read, at, next, offset), offset: nextOffset });
    offset = nextOffset;
  }
  return changes;
}

/** The first second in (low, high] that no longer has `offset`. */
function firstWithOffset(
  read: (instant: number) => number,
  low: number,
  high: number,
  offset: number,
): number {
  let [before, after] = [low, high];
  while (after - before > SECOND) {
    const middle = Math.floor((before + after) / 2 / SECOND) * SECOND;
    if (read(middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}
