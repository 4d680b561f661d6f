import { findIanaZone, getIanaZone } from "./iana";
import { type CalTime, pointOf } from "./model";
import { DAY } from "./naive";
import { utc, type Zone } from "./zone";
import { zoneFinder } from "./zones";

const lookAhead = 5 * 366 * DAY;
const step = 5 * DAY;

/**
 * The name everybody knows for the zone a clock is of: as the file spells it (`tzid`), if that is one. For a zone of the
 * file's own (Evolution, Outlook) the one it is called after, or the host's, if that shows the same time for years on.
 */
export function nameOfZone(
  start: CalTime & { kind: "zoned" },
  tzid: string | undefined,
  timeZone: string,
): string | null {
  const { zone } = start;
  if (tzid && findIanaZone(tzid) === zone) return tzid;
  if (isNamed(zone)) return zone.id;
  const called = zoneFinder([])(zone.id);
  const candidates = [...(called && isNamed(called) ? [called] : []), getIanaZone(timeZone)];
  return candidates.find((other) => showsSameTime(zone, other, pointOf(start)))?.id ?? null;
}

function isNamed(zone: Zone): boolean {
  return zone === utc || findIanaZone(zone.id) === zone;
}

function showsSameTime(one: Zone, other: Zone, from: number): boolean {
  for (let at = from; at < from + lookAhead; at += step) {
    if (one.offsetAt(at) !== other.offsetAt(at)) return false;
  }
  return true;
}
