import { AppError } from "@/lib/errors";
import type { Budget } from "./budget";
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

/**
 * The zone a VTIMEZONE defines (RFC 5545 §3.6.5). Its rules are worked out, and paid for, year by year as they
 * are asked for. @throws AppError invalid when it defines none
 */
export function readTimeZone(definition: Component, budget: Budget): Zone {
  const observances = definition.children.map(readObservance).sort((a, b) => a.start - b.start);
  const first = observances[0];
  if (!first) throw new AppError("invalid", "The time zone has no offset.");
  const years = new Map<number, Onset[]>();
  const onsetsAround = (year: number) => {
    const known = years.get(year);
    if (known) return known;
    const onsets = observances
      .flatMap((observance) => onsetsOf(observance, year, budget))
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
function onsetsOf(observance: Observance, year: number, budget: Budget): Onset[] {
  const { start, dates, rules, offsetFrom, offsetTo } = observance;
  const span = { from: Date.UTC(year - 1, 0, 1), to: Date.UTC(year + 2, 0, 1) };
  budget.spend(1 + dates.length);
  const listed = [start, ...dates];
  const naives = listed.filter((naive) => naive >= span.from && naive <= span.to);
  const before = listed.filter((naive) => naive < span.from);
  for (const rule of rules) {
    for (const naive of onsetsOfRule(observance, rule, span, budget)) naives.push(naive);
    for (const naive of lastOnsetsOfRule(observance, rule, span.from, budget)) before.push(naive);
  }
  if (before.length > 0) naives.push(before.reduce((a, b) => Math.max(a, b)));
  return naives.map((naive) => ({ at: naive - offsetFrom, offset: offsetTo }));
}

type Span = { from: Naive; to: Naive };

// A zone changes a few times in as many years. One that does by the minute would take seconds to work out.
const mostOnsets = 2_000;

function onsetsOfRule({ start, offsetFrom }: Observance, rule: Rule, span: Span, budget: Budget): Naive[] {
  const onsets: Naive[] = [];
  for (const onset of generate(rule, start, { ...span, until: untilOf(rule, offsetFrom) }, budget)) {
    if (onsets.length === mostOnsets) throw new AppError("invalid", "The time zone changes too often.");
    onsets.push(onset);
  }
  return onsets;
}

/** The rule's onsets in its last years before a moment, so that one that has ended is not followed from 1601. */
function lastOnsetsOfRule(observance: Observance, rule: Rule, before: Naive, budget: Budget): Naive[] {
  const to = Math.min(before, untilOf(rule, observance.offsetFrom));
  const from = rule.count === undefined ? to - (rule.interval + 1) * 400 * DAY : observance.start;
  return onsetsOfRule(observance, rule, { from, to }, budget);
}

function untilOf({ until }: Rule, offsetFrom: number): Naive {
  if (!until) return Number.POSITIVE_INFINITY;
  return until.naive + (until.kind === "utc" ? offsetFrom : 0);
}
