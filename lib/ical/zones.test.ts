import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { readComponents } from "./content";
import { findIanaZone } from "./iana";
import { formatNaive } from "./naive";
import { calendar } from "./test-text";
import { toInstant } from "./zone";
import { zoneFinder } from "./zones";

function zoneTime(tzid: string, local: string, ...definitions: string[]): string | null {
  const found = zoneFinder(readComponents(calendar(...definitions))[0]?.children ?? [])(tzid);
  return found && `${formatNaive(toInstant(found, Date.parse(`${local}Z`))).slice(0, 16)}Z`;
}

describe("IANA zones", () => {
  const ids = [
    "Europe/Berlin",
    "Europe/Dublin", // winter time is the exception there
    "America/New_York",
    "America/Sao_Paulo", // changed at midnight, then stopped
    "Australia/Lord_Howe", // moves by half an hour
    "Africa/Casablanca", // changes around Ramadan
    "Asia/Kathmandu",
    "Pacific/Apia", // skipped 30 December 2011
    "America/St_Johns",
  ];

  it("agrees with Temporal at every hour there is, skipped and repeated ones included", () => {
    const anyTime = fc.record({
      id: fc.constantFrom(...ids),
      minutes: fc.integer({ min: Date.UTC(1975, 0) / 60_000, max: Date.UTC(2045, 0) / 60_000 }),
    });
    fc.assert(
      fc.property(anyTime, ({ id, minutes }) => expectSame(id, minutes * 60_000)),
      { numRuns: 1000 },
    );
  });

  it("agrees with Temporal around every change", () => {
    for (const id of ids) {
      let change = Temporal.Instant.from("2005-01-01T00:00Z").toZonedDateTimeISO(id);
      for (
        let next = change.getTimeZoneTransition("next");
        next;
        next = change.getTimeZoneTransition("next")
      ) {
        change = next;
        if (change.year > 2027) break;
        const naive = Date.parse(`${change.toPlainDateTime()}Z`);
        for (let minutes = -180; minutes <= 180; minutes += 30) expectSame(id, naive + minutes * 60_000);
      }
    }
  });
});

function expectSame(id: string, naive: number): void {
  const zone = findIanaZone(id);
  const expected = Temporal.PlainDateTime.from(formatNaive(naive)).toZonedDateTime(id).epochMilliseconds;
  expect(zone && toInstant(zone, naive), `${id} ${formatNaive(naive)}`).toBe(expected);
}

const oddZone = (tzid: string) =>
  [
    "BEGIN:VTIMEZONE",
    `TZID:${tzid}`,
    "BEGIN:STANDARD",
    "DTSTART:16010101T030000",
    "TZOFFSETFROM:+0330",
    "TZOFFSETTO:+0230",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:16010101T020000",
    "TZOFFSETFROM:+0230",
    "TZOFFSETTO:+0330",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
  ].join("\r\n");

describe("a TZID", () => {
  it("needs no VTIMEZONE when it is an IANA id", () => {
    expect(zoneTime("Europe/Berlin", "2026-07-01T12:00")).toBe("2026-07-01T10:00Z");
    expect(zoneTime("europe/berlin", "2026-07-01T12:00")).toBe("2026-07-01T10:00Z");
  });

  it("means what IANA says even where the file carries another definition of it", () => {
    expect(zoneTime("Europe/Berlin", "2026-07-01T12:00", oddZone("Europe/Berlin"))).toBe("2026-07-01T10:00Z");
  });

  it("means the file's VTIMEZONE under any other name", () => {
    for (const name of [
      "My zone",
      "Customized Time Zone",
      "EST",
      "/vendor/20050126_1/Nowhere",
      "Kuala Lumpur\\, X",
    ]) {
      expect(zoneTime(name.replace("\\", ""), "2026-01-01T12:00", oddZone(name)), name).toBe(
        "2026-01-01T09:30Z",
      );
      expect(zoneTime(name.replace("\\", ""), "2026-07-01T12:00", oddZone(name)), name).toBe(
        "2026-07-01T08:30Z",
      );
    }
  });

  it("takes the offset before the change of a VTIMEZONE for skipped times and the first of repeated ones", () => {
    const zone = oddZone("Odd");
    expect(zoneTime("Odd", "2026-03-29T02:30", zone)).toBe("2026-03-29T00:00Z");
    expect(zoneTime("Odd", "2026-03-29T03:30", zone)).toBe("2026-03-29T00:00Z");
    expect(zoneTime("Odd", "2026-10-25T02:30", zone)).toBe("2026-10-24T23:00Z");
  });

  it("may be a Windows name, with or without Outlook's number", () => {
    expect(zoneTime("W. Europe Standard Time", "2026-07-01T12:00")).toBe("2026-07-01T10:00Z");
    expect(zoneTime("Eastern Standard Time 1", "2026-07-01T12:00")).toBe("2026-07-01T16:00Z");
    expect(zoneTime("tzone://Microsoft/Utc", "2026-07-01T12:00")).toBe("2026-07-01T12:00Z");
  });

  it("may end in an IANA id", () => {
    const ids = [
      "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires",
      "/mozilla.org/20050126_1/America/Buenos_Aires",
      "America/Argentina/Buenos Aires",
    ];
    for (const id of ids) expect(zoneTime(id, "2026-07-01T12:00"), id).toBe("2026-07-01T15:00Z");
  });

  it("may be an offset in words", () => {
    expect(zoneTime("GMT+0130", "2026-07-01T12:00")).toBe("2026-07-01T10:30Z");
    expect(zoneTime("UTC-5", "2026-07-01T12:00")).toBe("2026-07-01T17:00Z");
    expect(zoneTime("(UTC+01:00) Amsterdam, Berlin", "2026-07-01T12:00")).toBe("2026-07-01T11:00Z");
  });

  it("is nothing when nobody knows it, or its definition is broken", () => {
    expect(zoneTime("Nowhere", "2026-07-01T12:00")).toBeNull();
    expect(zoneTime("Odd", "2026-07-01T12:00", oddZone("Odd").replaceAll("TZOFFSETTO", "X"))).toBeNull();
  });
});

it("follows a VTIMEZONE whose rules ended and whose changes are listed", () => {
  const zone = [
    "BEGIN:VTIMEZONE",
    "TZID:Listed",
    "BEGIN:DAYLIGHT",
    "DTSTART:20000326T020000",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3;UNTIL=20050327T010000Z",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:20001029T030000",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "RDATE:20011028T030000,20021027T030000",
    "RDATE:20031026T030000",
    "END:STANDARD",
    "END:VTIMEZONE",
  ].join("\r\n");
  expect(zoneTime("Listed", "1999-01-01T12:00", zone)).toBe("1999-01-01T11:00Z");
  expect(zoneTime("Listed", "2002-12-01T12:00", zone)).toBe("2002-12-01T11:00Z");
  expect(zoneTime("Listed", "2003-12-01T12:00", zone)).toBe("2003-12-01T11:00Z");
  expect(zoneTime("Listed", "2030-12-01T12:00", zone)).toBe("2030-12-01T10:00Z");
});
