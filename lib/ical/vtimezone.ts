import { AppError } from "@/lib/errors";
import { createBudget } from "./budget";
import { type Component, type Property, readProperties } from "./content";
import { generate } from "./generate";
import { DAY, HOUR, MINUTE, type Naive, SECOND } from "./naive";
import { parseRule, type Rule } from "./rule";
import { parseDateTime } from "./values";
import type { Zone } from "./zone";

const zoneNames = new Set(["TZID"]);

export function readTimeZoneId(definition: Component): string {
  return readProperties(definition, zoneNames)[0]?.value ?? "";
}

/** The zone a VTIMEZONE defines (RFC 5545 §3.6.5). @throws AppError invalid when it defines none */
export function readTimeZone(definition: Component): Zone {
  const observances = definition.children.map(readObservance).sort((a, b) => a.start - b.start);
  const first = observances[0];
  if (!first) throw new AppError("invalid", "The time zone has no offset.");
  const years = new Map<number, Onset[]>();
  const onsetsAround = (year: number) => {
    const known = years.get(year);
    if (known) return known;
    const onsets = observances
      .flatMap((observance) => onsetsOf(observance, year))
      .sort((a, b) => a.at - b.at);
    years.set(year, onsets);
    return onsets;
  };
  return {
    id: readTimeZoneId(definition),
    offsetAt(instant) {
      let offset = first.offsetFrom;
      for (const onset of onsetsAround(new Date(instant).getUTCFullYear())) {
        if (onset.at > instant) break;
        offset = onset.offset;
      }
      return offset;
    },
  };
}

/** STANDARD or DAYLIGHT: from each onset on, clocks show `offsetTo`. Onsets are on the clock of `offsetFrom`. */
type Observance = { start: Naive; offsetFrom: number; offsetTo: number; rules: Rule[]; dates: Naive[] };
type Onset = { at: number; offset: number };

const observanceNames = new Set(["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"]);

function readObservance(component: Component): Observance {
  const properties = readProperties(component, observanceNames);
  const named = (name: string) => properties.filter((property) => property.name === name);
  const start = parseDateTime(named("DTSTART")[0]?.value ?? "");
  if (!start) throw new AppError("invalid", "The time zone has a change without a date.");
  return {
    start: start.naive,
    offsetFrom: parseOffset(named("TZOFFSETFROM")[0]),
    offsetTo: parseOffset(named("TZOFFSETTO")[0]),
    rules: named("RRULE").map((property) => parseRule(property.value)),
    dates: named("RDATE")
      .flatMap((property) => property.value.split(","))
      .flatMap((value) => parseDateTime(value)?.naive ?? []),
  };
}

function parseOffset(property: Property | undefined): number {
  const match = /^([+-]?)(\d{2}):?(\d{2}):?(\d{2})?$/.exec(property?.value ?? "");
  if (!match) throw new AppError("invalid", "The time zone has a change without an offset.");
  const size = Number(match[2]) * HOUR + Number(match[3]) * MINUTE + Number(match[4] ?? 0) * SECOND;
  return match[1] === "-" ? -size : size;
}

/** The onsets that decide a year: its own, its neighbours', and the last one before those. */
function onsetsOf(observance: Observance, year: number): Onset[] {
  const from = Date.UTC(year - 1, 0, 1);
  const to = Date.UTC(year + 2, 0, 1);
  const naives = onsetsBetween(observance, from, to);
  const last = lastOnsetBefore(observance, from);
  if (last !== null) naives.push(last);
  return naives.map((naive) => ({ at: naive - observance.offsetFrom, offset: observance.offsetTo }));
}

function onsetsBetween({ start, offsetFrom, rules, dates }: Observance, from: Naive, to: Naive): Naive[] {
  const budget = createBudget();
  const fromRules = rules.flatMap((rule) => {
    const until = rule.until ? rule.until.naive + (rule.until.kind === "utc" ? offsetFrom : 0) : to;
    return [...generate(rule, start, { from, to, until }, budget)];
  });
  return [start, ...dates, ...fromRules].filter((naive) => naive >= from && naive <= to);
}

function lastOnsetBefore(observance: Observance, before: Naive): Naive | null {
  if (observance.start > before) return null;
  // Rules come round every year; only one that has ended needs looking for from its start.
  const recent = onsetsBetween(observance, before - 800 * DAY, before);
  const onsets = recent.length > 0 ? recent : onsetsBetween(observance, observance.start, before);
  return Math.max(...onsets);
}
