import { findIana } from "windows-iana";
import { AppError } from "@/lib/errors";
import { type Budget, createBudget } from "./budget";
import type { Component } from "./content";
import { findIanaZone } from "./iana";
import { HOUR, MINUTE } from "./naive";
import { readTimeZone, readTimeZoneId } from "./vtimezone";
import { fixedZone, utc, type Zone } from "./zone";

/** Finds the zone a TZID means in one file, or null: then its times are floating. */
export type FindZone = (tzid: string) => Zone | null;

const mostNames = 1000;

/**
 * IANA id → the file's VTIMEZONE → Windows name → the id at the end of a path → an offset in words. The RFC lets
 * the VTIMEZONE govern, but real files carry stale copies of IANA zones.
 */
export function zoneFinder(definitions: Component[]): FindZone {
  const byId = new Map(definitions.map((definition) => [plainId(readTimeZoneId(definition)), definition]));
  const found = new Map<string, Zone | null>();
  const budget = createBudget();
  const find = (tzid: string) =>
    (isKnownPlace(tzid) ? findIanaZone(tzid) : null) ??
    readDefinition(byId.get(tzid), budget) ??
    findIanaZone(tzid) ??
    findWindowsZone(tzid) ??
    findAtEndOfPath(tzid) ??
    findOffset(tzid);
  return (tzid) => {
    const id = plainId(tzid);
    const known = found.get(id);
    if (known !== undefined) return known;
    // Intl takes its time to say that it does not know a name.
    if (found.size >= mostNames) throw new AppError("invalid", "The calendar uses too many time zones.");
    const zone = find(id);
    found.set(id, zone);
    return zone;
  };
}

// Outlook escapes the comma of "Kuala Lumpur, Singapore" in the definition and not where it is used.
export function plainId(tzid: string): string {
  return tzid.replaceAll("\\", "").trim();
}

/** "Europe/Berlin", unlike "EST": files give that name to zones with summer time, IANA to one without. */
export function isKnownPlace(tzid: string): boolean {
  return (tzid.includes("/") || /^(utc|gmt)$/i.test(tzid)) && findIanaZone(tzid) !== null;
}

function readDefinition(definition: Component | undefined, budget: Budget): Zone | null {
  if (!definition) return null;
  try {
    return readTimeZone(definition, budget);
  } catch (error) {
    if (error instanceof AppError) return null; // A broken definition leaves the name to go by.
    throw error;
  }
}

function findWindowsZone(tzid: string): Zone | null {
  // Outlook numbers zones it has seen twice: "Eastern Standard Time 1".
  const name = tzid.replace(/^tzone:\/\/microsoft\//i, "").replace(/\s+\d+$/, "");
  if (/^utc$/i.test(name)) return utc;
  const [id] = findIana(name);
  return id ? findIanaZone(id) : null;
}

/** "/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "America/New York". */
function findAtEndOfPath(tzid: string): Zone | null {
  const segments = tzid.replace(/\s+/g, "_").split("/").filter(Boolean);
  for (let skipped = 0; skipped < segments.length; skipped += 1) {
    const zone = findIanaZone(segments.slice(skipped).join("/"));
    if (zone) return zone;
  }
  return null;
}

/** "GMT+0100", "UTC-5", "(UTC+01:00) Amsterdam, Berlin". */
function findOffset(tzid: string): Zone | null {
  const match = /^\(?(?:utc|gmt)?([+-])(\d{1,2}):?(\d{2})?\b/i.exec(tzid);
  if (!match) return null;
  const offset = Number(match[2]) * HOUR + Number(match[3] ?? 0) * MINUTE;
  return fixedZone(tzid, match[1] === "-" ? -offset : offset);
}
