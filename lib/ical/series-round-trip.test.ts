import fc from "fast-check";
import { expect, it } from "vitest";
import { hasMeaningOf, meaningKey } from "@/lib/providers/meaning";
import type { EventDraft, RemoteCopy } from "@/lib/providers/provider";
import type { StoredTime } from "@/lib/providers/recurrence";
import { expandRecurrence } from "./expand-recurrence";
import { getIanaZone } from "./iana";
import { DAY, dayNumberOf, dayParts, formatDay, MINUTE, weekdayOf } from "./naive";
import { readCopy } from "./read-copy";
import { readObject } from "./read-object";
import { serializeEvent } from "./serialize";
import { toInstant, toNaive } from "./zone";

const zones = [
  "Europe/Berlin",
  "Europe/Dublin",
  "America/New_York",
  "America/Santiago",
  "America/Asuncion",
  "Africa/Casablanca",
  "Africa/Cairo",
  "Asia/Kolkata",
  "Asia/Jerusalem",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "UTC",
  "Etc/UTC",
];
const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const minutes = (days: number) => fc.integer({ min: 0, max: days * 24 * 60 });
const words = fc.record({
  title: fc.string({ maxLength: 20 }).map((text) => text.trim() || "Hearing"),
  description: fc.option(fc.constantFrom("One\ntwo", "a; b, c\\")),
  location: fc.option(fc.constantFrom("Room 5, ground floor")),
});
const change = fc.option(fc.tuple(words, minutes(40), minutes(2)));

const seriesOf = fc
  .record({
    isAllDay: fc.boolean(),
    timeZone: fc.constantFrom(...zones),
    start: minutes(365 * 4).map((minute) => Date.UTC(2024, 0, 1) + minute * MINUTE),
    length: minutes(3).map((minute) => (minute + 1) * MINUTE),
    frequency: fc.constantFrom("DAILY", "WEEKLY", "MONTHLY", "MONTHLY by weekday", "YEARLY"),
    interval: fc.integer({ min: 1, max: 3 }),
    ends: fc.oneof(fc.constant("never" as const), fc.integer({ min: 1, max: 60 }), minutes(800).map(String)),
    words,
    exceptions: fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 500 }), change), {
      selector: ([days]) => days,
      maxLength: 5,
    }),
  })
  .map((given): EventDraft => {
    const { isAllDay, timeZone, length } = given;
    const zone = getIanaZone(timeZone);
    // An hour that is skipped is no start: what the clock shows then is another one.
    const naive = toNaive(zone, toInstant(zone, given.start));
    const timeFrom = (from: number, long: number): StoredTime => {
      const days = Math.ceil(long / DAY);
      if (isAllDay) {
        return { kind: "allDay", startDay: formatDay(from), endDay: formatDay(from + days * DAY) };
      }
      const at = toInstant(zone, from);
      return {
        kind: "timed",
        startsAt: new Date(at).toISOString(),
        endsAt: new Date(at + long).toISOString(),
      };
    };
    const exceptions = given.exceptions.map(([days, says]) => {
      const at = naive + days * DAY;
      const key = isAllDay ? formatDay(at) : new Date(toInstant(zone, at)).toISOString();
      if (!says) return { key, says: null };
      const [text, later, minute] = says;
      return { key, says: { ...text, time: timeFrom(at + later * MINUTE, (minute + 1) * MINUTE) } };
    });
    const time = timeFrom(naive, length);
    return {
      uid: "series@calends",
      sequence: 1,
      ...given.words,
      timeZone,
      time:
        time.kind === "allDay"
          ? time
          : { kind: "timed", startsAt: new Date(time.startsAt), endsAt: new Date(time.endsAt) },
      recurrence: { rule: ruleOf(given, naive, (at) => toInstant(zone, at)), exceptions },
    };
  });

type Given = { isAllDay: boolean; frequency: string; interval: number; ends: number | string };

function ruleOf(
  { isAllDay, frequency, interval, ends }: Given,
  naive: number,
  toUtc: (naive: number) => number,
): string {
  const day = dayNumberOf(naive);
  const weekday = weekdays[weekdayOf(day)];
  const { day: monthDay, month } = dayParts(day);
  const parts = {
    DAILY: "FREQ=DAILY",
    WEEKLY: `FREQ=WEEKLY;BYDAY=${weekdays.filter((name, at) => name === weekday || at === 2).join(",")}`,
    MONTHLY: `FREQ=MONTHLY;BYMONTHDAY=${monthDay}`,
    "MONTHLY by weekday": `FREQ=MONTHLY;BYDAY=${Math.ceil(monthDay / 7)}${weekday}`,
    YEARLY: `FREQ=YEARLY;BYMONTH=${month};BYMONTHDAY=${monthDay}`,
  }[frequency];
  const until = naive + (ends === "never" ? 0 : Number(ends)) * MINUTE;
  const utcText = `${new Date(isAllDay ? until : toUtc(until)).toISOString().slice(0, 19)}Z`;
  const untilText = (isAllDay ? formatDay(until) : utcText).replace(/[-:]/g, "");
  const end = ends === "never" ? "" : typeof ends === "number" ? `;COUNT=${ends}` : `;UNTIL=${untilText}`;
  return `${parts};INTERVAL=${interval}${end}`;
}

it("a series says the same when it is read again, whatever its zone and its exceptions", () => {
  fc.assert(
    fc.property(seriesOf, (draft) => {
      const copy = readCopy(serializeEvent(draft, new Date(0)), "Asia/Tokyo") ?? expect.fail("called off");
      const known: RemoteCopy = { id: "x", etag: null, ...copy };
      expect(meaningKey(known)).toBe(meaningKey(draft));
      expect(hasMeaningOf(known, draft)).toBe(true);
    }),
    { numRuns: 600 },
  );
}, 30_000);

it("and takes place at the same times for whoever reads it", () => {
  fc.assert(
    fc.property(seriesOf, (draft) => {
      const { time, timeZone, recurrence } = draft;
      const window = { start: new Date("2024-03-01"), end: new Date("2028-03-01"), timeZone: "UTC" };
      const ours = expandRecurrence({ time, timeZone, recurrence: recurrence ?? expect.fail() }, window);
      const theirs = readObject(serializeEvent(draft, new Date(0)), window).occurrences;
      expect(theirs.map(({ key, time }) => ({ key, time }))).toEqual(ours);
    }),
    { numRuns: 200 },
  );
}, 30_000);
