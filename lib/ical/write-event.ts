import ICAL from "ical.js";
import { AppError } from "@/lib/errors";
import { readTime } from "@/lib/providers/meaning";
import type { EventDraft, OccurrenceTime } from "@/lib/providers/provider";
import type { StoredRecurrence } from "@/lib/providers/recurrence";
import { getIanaZone } from "./iana";
import { DAY, dayNumberOf, formatDay, formatNaive, MINUTE, type Naive, SECOND } from "./naive";
import { parseRule, type Until } from "./rule";
import { toInstant, toNaive, utc, type Zone } from "./zone";

/** A VEVENT for what takes place once, in UTC. */
export function eventOf(draft: EventDraft, stamp: Date): ICAL.Component {
  return componentOf(draft, draft, utc, stamp);
}

/**
 * A VEVENT for the series and one for each occurrence that says something else, all on the wall clock the series is
 * counted on. @throws AppError invalid for a rule that is none
 */
export function seriesOf(draft: EventDraft, recurrence: StoredRecurrence, stamp: Date): ICAL.Component[] {
  const zone = clockOf(draft);
  const master = componentOf(draft, draft, zone, stamp);
  master.addProperty(ruleProperty(writeRule(recurrence.rule, draft.time.kind, zone)));
  const clock = draft.time.kind === "timed" ? toNaive(zone, draft.time.startsAt.getTime()) : 0;
  const changes: ICAL.Component[] = [];
  for (const { key, says } of recurrence.exceptions) {
    if (!says) {
      master.addProperty(keyProperty("exdate", key, zone, clock));
      continue;
    }
    const change = componentOf(draft, { ...says, time: readTime(says.time) }, zone, stamp);
    change.addProperty(keyProperty("recurrence-id", key, zone, clock));
    changes.push(change);
  }
  return [master, ...changes];
}

/** Where the wall clock of a series hangs. */
export function clockOf({ time, timeZone }: Pick<EventDraft, "time" | "timeZone">): Zone {
  if (time.kind === "allDay" || timeZone === utc.id) return utc;
  const { offsetAt } = getIanaZone(timeZone);
  return { id: timeZone, offsetAt };
}

type Words = Pick<EventDraft, "title" | "description" | "location" | "time">;

function componentOf(
  { uid, sequence }: EventDraft,
  { title, description, location, time }: Words,
  zone: Zone,
  stamp: Date,
): ICAL.Component {
  const event = new ICAL.Component("vevent");
  event.updatePropertyWithValue("uid", cleanText(uid));
  event.updatePropertyWithValue("dtstamp", instant(stamp));
  event.updatePropertyWithValue("sequence", sequence);
  event.updatePropertyWithValue("summary", cleanText(title));
  if (description) event.updatePropertyWithValue("description", cleanText(description));
  if (location) event.updatePropertyWithValue("location", cleanText(location));
  for (const property of timesOf(time, zone)) event.addProperty(property);
  return event;
}

/** The end is always after the start, which Cyrus and iCloud insist on. */
function timesOf(time: OccurrenceTime, zone: Zone): ICAL.Property[] {
  if (time.kind === "allDay") {
    const nextDay = formatDay(Date.parse(time.startDay) + DAY);
    const endDay = time.endDay > time.startDay ? time.endDay : nextDay;
    return [dayProperty("dtstart", time.startDay), dayProperty("dtend", endDay)];
  }
  const start = wholeSeconds(time.startsAt);
  const end = wholeSeconds(time.endsAt);
  const laterEnd = end > start ? end : new Date(start.getTime() + MINUTE);
  const seconds = (laterEnd.getTime() - start.getTime()) / SECOND;
  const endProperty = hasClock(laterEnd, zone)
    ? timeProperty("dtend", laterEnd, zone)
    : durationProperty(seconds);
  return [timeProperty("dtstart", start, zone), endProperty];
}

/** An hour that a clock shows twice means the first one; the second cannot be said on it. */
function hasClock(at: Date, zone: Zone): boolean {
  return toInstant(zone, toNaive(zone, at.getTime())) === at.getTime();
}

/** DTEND has the form of DTSTART. In hours at most: a day would be one of the calendar. */
function durationProperty(seconds: number): ICAL.Property {
  const property = new ICAL.Property("duration");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  property.setValue(new ICAL.Duration({ hours, minutes, seconds: seconds % 60 }));
  return property;
}

/**
 * Whoever reads it may compare wall clocks. Where the clock skips the hour of the series (`clock`), the occurrence has
 * that hour all the same.
 */
function keyProperty(name: string, key: string, zone: Zone, clock: Naive): ICAL.Property {
  if (key.length === 10) return dayProperty(name, key);
  const at = wholeSeconds(new Date(key));
  const day = dayNumberOf(toNaive(zone, at.getTime())) * DAY;
  const usual = day + wholeSeconds(new Date(clock)).getTime() - dayNumberOf(clock) * DAY;
  const isUsual = zone !== utc && toInstant(zone, usual) === at.getTime();
  return isUsual ? clockProperty(name, usual, zone) : timeProperty(name, at, zone);
}

function dayProperty(name: string, day: string): ICAL.Property {
  const property = new ICAL.Property(name);
  property.setValue(ICAL.Time.fromDateString(day));
  return property;
}

function timeProperty(name: string, at: Date, zone: Zone): ICAL.Property {
  if (zone !== utc && hasClock(at, zone)) return clockProperty(name, toNaive(zone, at.getTime()), zone);
  const property = new ICAL.Property(name);
  property.setValue(instant(at));
  return property;
}

function clockProperty(name: string, naive: Naive, zone: Zone): ICAL.Property {
  const property = new ICAL.Property(name);
  property.setParameter("tzid", zone.id);
  property.setValue(ICAL.Time.fromDateTimeString(formatNaive(naive)));
  return property;
}

/** UNTIL has the form of DTSTART, in UTC where that has a zone (RFC 5545 §3.3.10); several servers insist on it. */
export function writeRule(text: string, kind: OccurrenceTime["kind"], zone: Zone): string {
  const { until, count } = parseRule(text);
  const parts = text
    .toUpperCase()
    .split(";")
    .map((part) => part.replace(/[^A-Z0-9=,+-]/g, ""))
    .filter((part) => part !== "" && !part.startsWith("UNTIL="));
  // Both at once are forbidden, and Cyrus refuses them.
  if (until && count !== undefined) throw new AppError("invalid", "A repeat rule ends in one way only.");
  return [...parts, ...(until ? [`UNTIL=${untilText(until, kind, zone)}`] : [])].join(";");
}

/** In the form ical.js keeps it in; its own reading of a rule would drop what it does not know. */
function ruleProperty(rule: string): ICAL.Property {
  const parts = rule.split(";").map((part) => {
    const [name = "", value = ""] = part.split("=");
    return [name.toLowerCase(), name === "UNTIL" ? dashed(value) : value];
  });
  return new ICAL.Property(["rrule", {}, "recur", Object.fromEntries(parts)]);
}

function dashed(until: string): string {
  return until.replace(/^(....)(..)(..)/, "$1-$2-$3").replace(/T(..)(..)(..)/, "T$1:$2:$3");
}

function untilText({ kind: form, naive }: Until, kind: OccurrenceTime["kind"], zone: Zone): string {
  const plain = (text: string) => text.replace(/[-:]/g, "");
  if (kind === "allDay") return plain(formatDay(naive));
  const at = form === "utc" ? naive : toInstant(zone, form === "day" ? naive + DAY - SECOND : naive);
  return `${plain(formatNaive(at))}Z`;
}

function instant(date: Date): ICAL.Time {
  return ICAL.Time.fromJSDate(date, true);
}

/** iCalendar has no fractions of a second; 900 ms must not become an event without length. */
function wholeSeconds(date: Date): Date {
  return new Date(Math.floor(date.getTime() / SECOND) * SECOND);
}

/** Control characters make some servers refuse the object, and half a surrogate pair has no UTF-8. */
export function cleanText(text: string): string {
  return (
    text
      .replace(/\r\n?/g, "\n")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point.
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
      .replace(/\p{Surrogate}/gu, "\ufffd")
  );
}
