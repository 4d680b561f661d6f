import fc from "fast-check";
import ICAL from "ical.js";
import { expect, it } from "vitest";
import { createBudget } from "./budget";
import { readComponents } from "./content";
import { getIanaZone } from "./iana";
import { readTimeZone } from "./vtimezone";
import { timeZoneLines } from "./write-vtimezone";

const calendarOf = (timeZone: string, start: string) =>
  ["BEGIN:VCALENDAR", ...timeZoneLines(timeZone, new Date(start)), "END:VCALENDAR", ""].join("\r\n");

function readBack(text: string) {
  const definition = readComponents(text)[0]?.children[0] ?? expect.fail("no VTIMEZONE");
  return readTimeZone(definition, createBudget());
}

it("writes what comes every year as a rule", () => {
  expect(timeZoneLines("Europe/Berlin", new Date("2026-06-01"))).toEqual([
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "BEGIN:STANDARD",
    "DTSTART:20250101T010000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:20250330T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:20251026T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "END:STANDARD",
    "END:VTIMEZONE",
  ]);
});

it.each([
  ["America/New_York", "BYMONTH=3;BYDAY=2SU"],
  ["Asia/Jerusalem", "BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR"],
])("says the rule of %s the way it is made", (timeZone, rule) => {
  expect(timeZoneLines(timeZone, new Date("2026-06-01"))).toContain(`RRULE:FREQ=YEARLY;${rule}`);
});

it("keeps to one line where a zone keeps its offset", () => {
  const lines = timeZoneLines("Asia/Kolkata", new Date("2026-06-01"));
  expect(lines.filter((line) => line.startsWith("DTSTART"))).toHaveLength(1);
  expect(lines).toContain("TZOFFSETTO:+0530");
});

// The odd ones: rules that changed lately, half hours, Ramadan, a day of the month that is none of a week.
const odd = [
  "Europe/Berlin",
  "Europe/Dublin",
  "Europe/Istanbul",
  "Europe/Moscow",
  "America/New_York",
  "America/Sao_Paulo",
  "America/Santiago",
  "America/Asuncion",
  "America/Nuuk",
  "America/Havana",
  "America/Mexico_City",
  "America/St_Johns",
  "Africa/Cairo",
  "Africa/Casablanca",
  "Asia/Gaza",
  "Asia/Jerusalem",
  "Asia/Tehran",
  "Asia/Amman",
  "Asia/Kathmandu",
  "Asia/Beirut",
  "Antarctica/Troll",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Pacific/Easter",
  "Pacific/Norfolk",
  "UTC",
];
const instants = (from: string, to: string) =>
  fc
    .integer({ min: Date.parse(from) / 60_000, max: Date.parse(to) / 60_000 })
    .map((minute) => minute * 60_000);

it.each(odd)("gives the clock of %s from its start on", (timeZone) => {
  for (const start of ["2004-07-01", "2021-01-15", "2026-06-01"]) {
    const written = readBack(calendarOf(timeZone, start));
    const zone = getIanaZone(timeZone);
    fc.assert(
      fc.property(instants(start, "2060-01-01"), (at) => {
        expect(`${new Date(at).toISOString()} ${written.offsetAt(at)}`).toBe(
          `${new Date(at).toISOString()} ${zone.offsetAt(at)}`,
        );
      }),
      { numRuns: 150 },
    );
  }
});

it("is read the same by another library", () => {
  for (const timeZone of ["Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca"]) {
    const component = ICAL.Component.fromString(calendarOf(timeZone, "2026-06-01"));
    const other = new ICAL.Timezone(component.getFirstSubcomponent("vtimezone") ?? expect.fail());
    const zone = getIanaZone(timeZone);
    // Noon-ish, away from the hours a clock shows twice.
    for (let at = Date.parse("2026-06-01T10:00Z"); at < Date.parse("2031-01-01"); at += 5 * 86_400_000) {
      const naive = new Date(at + zone.offsetAt(at)).toISOString().slice(0, 19);
      const time = ICAL.Time.fromDateTimeString(naive);
      expect([timeZone, naive, other.utcOffset(time) * 1000]).toEqual([timeZone, naive, zone.offsetAt(at)]);
    }
  }
});
