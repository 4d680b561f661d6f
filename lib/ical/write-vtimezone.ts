import { getIanaZone } from "./iana";
import { DAY, dayNumberOf, dayParts, HOUR, MINUTE, type Naive, SECOND, weekdayOf } from "./naive";
import type { Zone } from "./zone";

/**
 * The lines of a VTIMEZONE (RFC 5545 §3.6.5) that is right from `start` on, for as long as the platform knows the zone.
 * Cyrus and DAViCal work out a series without one wrongly. Changes that come every year are a rule, others are listed.
 */
export function timeZoneLines(timeZone: string, start: Date): string[] {
  const year = start.getUTCFullYear();
  const key = `${timeZone} ${year}`;
  const known = written.get(key);
  if (known) return known;
  const lines = write(getIanaZone(timeZone), timeZone, year - 1);
  if (written.size >= mostKept) written.clear();
  written.set(key, lines);
  return lines;
}

/** Finding the changes of a century takes some ten milliseconds. */
const written = new Map<string, string[]>();
const mostKept = 500;

/** Beyond this year no zone has changes of its own any more (Morocco's are listed up to 2087). */
const lastYear = 2100;
/** After 28 years without a leap day left out, each date has been on each weekday. */
const cycle = { first: 2101, last: 2128 };

function write(zone: Zone, id: string, firstYear: number): string[] {
  const rules = yearlyRules(zone);
  const ruledYear = rules ? firstRuledYear(zone, rules, firstYear) : lastYear;
  const listed = yearsBetween(firstYear, ruledYear - 1).flatMap((year) => changesIn(zone, year));
  const ruled = changesIn(zone, ruledYear);
  const begin = Date.UTC(firstYear, 0, 1);
  const offset = zone.offsetAt(begin);
  return [
    "BEGIN:VTIMEZONE",
    `TZID:${id}`,
    // What held before the first change that is named.
    ...observance({ naive: begin + offset, from: offset, to: offset }),
    ...listed.flatMap((change) => observance(change)),
    ...ruled.flatMap((change) => observance(change, rules?.find((rule) => isOf(rule, change))?.text)),
    "END:VTIMEZONE",
  ];
}

/** A change of offset; `naive` is the clock it happens at, as it was before. */
type Change = { naive: Naive; from: number; to: number };

function observance({ naive, from, to }: Change, rule?: string): string[] {
  const kind = to > from ? "DAYLIGHT" : "STANDARD";
  return [
    `BEGIN:${kind}`,
    `DTSTART:${new Date(naive).toISOString().slice(0, 19).replace(/[-:]/g, "")}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(to)}`,
    `END:${kind}`,
  ];
}

function offsetText(offset: number): string {
  const size = Math.abs(offset);
  const parts = [Math.floor(size / HOUR), Math.floor(size / MINUTE) % 60, Math.floor(size / SECOND) % 60];
  if (parts[2] === 0) parts.pop();
  return (offset < 0 ? "-" : "+") + parts.map((part) => String(part).padStart(2, "0")).join("");
}

const step = 10 * DAY;

function changesIn(zone: Zone, year: number): Change[] {
  const changes: Change[] = [];
  const end = Date.UTC(year + 1, 0, 1);
  for (let at = Date.UTC(year, 0, 1); at < end; at += step) {
    const next = Math.min(at + step, end);
    const [from, to] = [zone.offsetAt(at), zone.offsetAt(next)];
    if (from !== to) changes.push({ naive: changeBetween(zone, at, next) + from, from, to });
  }
  return changes;
}

/** The first second in (low, high] with the offset of `high`. */
function changeBetween(zone: Zone, low: number, high: number): number {
  const offset = zone.offsetAt(low);
  let [before, after] = [low, high];
  while (after - before > SECOND) {
    const middle = Math.floor((before + after) / 2 / SECOND) * SECOND;
    if (zone.offsetAt(middle) === offset) before = middle;
    else after = middle;
  }
  return after;
}

/** A change that comes every year: on one weekday, within the seven days from `firstDay` of one month. */
type YearlyRule = Place & { firstDay: number; text: string };
type Place = { from: number; to: number; month: number; weekday: number; time: number };

/** Empty for a zone that keeps its offset; null where the changes follow no rule a VTIMEZONE can say. */
function yearlyRules(zone: Zone): YearlyRule[] | null {
  const years = yearsBetween(cycle.first, cycle.last).map((year) => changesIn(zone, year));
  const count = years[0]?.length ?? 0;
  if (years.some(({ length }) => length !== count)) return null;
  const rules: YearlyRule[] = [];
  for (let index = 0; index < count; index += 1) {
    const rule = ruleOf(years.flatMap((changes) => changes[index] ?? []));
    if (!rule) return null;
    rules.push(rule);
  }
  return rules;
}

function ruleOf(changes: Change[]): YearlyRule | null {
  const [first] = changes;
  if (!first) return null;
  const place = placeOf(first);
  const firstDay = Math.min(...changes.map(dayOf));
  const rule = { ...place, firstDay, text: textOf(place, firstDay) };
  return changes.every((change) => isOf(rule, change)) ? rule : null;
}

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/** "The second Sunday", "the last Sunday", or "the Friday from the 23rd to the 29th", as Israel has it. */
function textOf({ month, weekday }: Place, firstDay: number): string {
  const name = weekdays[weekday];
  const yearly = `FREQ=YEARLY;BYMONTH=${month}`;
  if (firstDay % 7 === 1) return `${yearly};BYDAY=${(firstDay - 1) / 7 + 1}${name}`;
  // Day 0 of a month is the last one of the month before; February has two, so it is never "the last".
  if (month !== 2 && new Date(Date.UTC(2026, month, 0)).getUTCDate() === firstDay + 6) {
    return `${yearly};BYDAY=-1${name}`;
  }
  const days = [0, 1, 2, 3, 4, 5, 6].map((more) => firstDay + more);
  return `${yearly};BYMONTHDAY=${days.join(",")};BYDAY=${name}`;
}

function placeOf({ naive, from, to }: Change): Place {
  const day = dayNumberOf(naive);
  return { from, to, month: dayParts(day).month, weekday: weekdayOf(day), time: naive - day * DAY };
}

function dayOf({ naive }: Change): number {
  return dayParts(dayNumberOf(naive)).day;
}

function isOf(rule: YearlyRule, change: Change): boolean {
  const { from, to, month, weekday, time } = placeOf(change);
  const isThere = month === rule.month && weekday === rule.weekday && time === rule.time;
  const day = dayOf(change);
  const isThen = day >= rule.firstDay && day <= rule.firstDay + 6;
  return from === rule.from && to === rule.to && isThere && isThen;
}

/** From when on the zone has had these rules and nothing else. */
function firstRuledYear(zone: Zone, rules: YearlyRule[], firstYear: number): number {
  const isRuled = (year: number) => {
    const changes = changesIn(zone, year);
    return changes.length === rules.length && rules.every((rule) => changes.some((each) => isOf(rule, each)));
  };
  let year = lastYear;
  while (year > firstYear && isRuled(year - 1)) year -= 1;
  return year;
}

function yearsBetween(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
