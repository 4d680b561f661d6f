import { describe, expect, it } from "vitest";
import { type Case, checkTable } from "./test-table";
import { calendar, event, spans, starts, windowOf } from "./test-text";

// RFC 5545 §3.3.5: a time that the clock skips takes the offset before, one that it shows twice is the first. The
// instants come from the tz database, by another reader of it (Python's zoneinfo).

/** Three days in a row, the clock changing in the second. */
function daily(name: string, start: string, expected: string): Case {
  return { name, lines: [`DTSTART;TZID=${start}`, "RRULE:FREQ=DAILY;COUNT=3"], starts: expected };
}

describe("every day at the same time", () => {
  checkTable([
    daily(
      "Berlin, in the hour that is skipped",
      "Europe/Berlin:20260328T023000",
      "2026-03-28T01:30Z 2026-03-29T01:30Z 2026-03-30T00:30Z",
    ),
    daily(
      "Berlin, in the hour that is there twice",
      "Europe/Berlin:20261024T023000",
      "2026-10-24T00:30Z 2026-10-25T00:30Z 2026-10-26T01:30Z",
    ),
    daily(
      "Dublin, where winter is what is saved",
      "Europe/Dublin:20261024T013000",
      "2026-10-24T00:30Z 2026-10-25T00:30Z 2026-10-26T01:30Z",
    ),
    daily(
      "Lord Howe, which skips half an hour",
      "Australia/Lord_Howe:20261003T021500",
      "2026-10-02T15:45Z 2026-10-03T15:45Z 2026-10-04T15:15Z",
    ),
    daily(
      "Lord Howe, which has half an hour twice",
      "Australia/Lord_Howe:20260404T014500",
      "2026-04-03T14:45Z 2026-04-04T14:45Z 2026-04-05T15:15Z",
    ),
    daily(
      "Chatham, a quarter of an hour beside everybody, skipping",
      "Pacific/Chatham:20260926T030000",
      "2026-09-25T14:15Z 2026-09-26T14:15Z 2026-09-27T13:15Z",
    ),
    daily(
      "Chatham, repeating",
      "Pacific/Chatham:20260404T030000",
      "2026-04-03T13:15Z 2026-04-04T13:15Z 2026-04-05T14:15Z",
    ),
    daily(
      "St. John's",
      "America/St_Johns:20260307T023000",
      "2026-03-07T06:00Z 2026-03-08T06:00Z 2026-03-09T05:00Z",
    ),
    daily(
      "Cairo, where a day begins at one o'clock",
      "Africa/Cairo:20260423T003000",
      "2026-04-22T22:30Z 2026-04-23T22:30Z 2026-04-24T21:30Z",
    ),
    daily(
      "Havana, where midnight is there twice",
      "America/Havana:20261031T003000",
      "2026-10-31T04:30Z 2026-11-01T04:30Z 2026-11-02T05:30Z",
    ),
    daily(
      "Troll, which skips two hours",
      "Antarctica/Troll:20260328T013000",
      "2026-03-28T01:30Z 2026-03-29T01:30Z 2026-03-29T23:30Z",
    ),
    daily(
      "Casablanca, into Ramadan",
      "Africa/Casablanca:20260214T090000",
      "2026-02-14T08:00Z 2026-02-15T09:00Z 2026-02-16T09:00Z",
    ),
    daily(
      "Casablanca, out of Ramadan",
      "Africa/Casablanca:20260321T090000",
      "2026-03-21T09:00Z 2026-03-22T08:00Z 2026-03-23T08:00Z",
    ),
    daily(
      "Caracas, which moved by half an hour for good",
      "America/Caracas:20160430T090000",
      "2016-04-30T13:30Z 2016-05-01T13:00Z 2016-05-02T13:00Z",
    ),
    daily(
      "Monrovia, which gave up its 44 minutes and 30 seconds",
      "Africa/Monrovia:19720106T090000",
      "1972-01-06T09:44:30Z 1972-01-07T09:00Z 1972-01-08T09:00Z",
    ),
    {
      // At nine of the day that never was, clocks would have shown nine of the next one, where another is already.
      name: "Apia, which skipped 30 December 2011",
      lines: ["DTSTART;TZID=Pacific/Apia:20111228T090000", "RRULE:FREQ=DAILY;COUNT=5"],
      starts: "2011-12-28T19:00Z 2011-12-29T19:00Z 2011-12-30T19:00Z 2011-12-31T19:00Z",
    },
    {
      name: "days are days, also the one that Apia skipped",
      lines: ["DTSTART;VALUE=DATE:20111229", "RRULE:FREQ=DAILY;COUNT=3"],
      starts: "2011-12-29 2011-12-30 2011-12-31",
    },
  ]);
});

describe("every hour", () => {
  checkTable([
    {
      // 02:00 and 03:00 of the clock are the same moment, and a moment is there once.
      name: "across a skipped one",
      lines: ["DTSTART;TZID=Europe/Berlin:20260329T000000", "RRULE:FREQ=HOURLY"],
      window: ["2026-03-28", "2026-03-30"],
      starts: hours("2026-03-28T23:00Z", 25),
    },
    {
      // The rule is one of the clock, and what the clock shows twice is meant once.
      name: "across a repeated one",
      lines: ["DTSTART;TZID=Europe/Berlin:20261025T000000", "RRULE:FREQ=HOURLY;COUNT=5"],
      starts: "2026-10-24T22:00Z 2026-10-24T23:00Z 2026-10-25T00:00Z 2026-10-25T02:00Z 2026-10-25T03:00Z",
    },
    {
      name: "in UTC, whatever clocks do",
      lines: ["DTSTART:20260329T000000Z", "RRULE:FREQ=HOURLY;COUNT=4"],
      starts: hours("2026-03-29T00:00Z", 4),
    },
    {
      name: "every half of one on Lord Howe, across the half hour it skips",
      lines: ["DTSTART;TZID=Australia/Lord_Howe:20261004T013000", "RRULE:FREQ=MINUTELY;INTERVAL=30;COUNT=4"],
      // 01:30, then 02:00 and 02:30, which are one, then 03:00.
      starts: "2026-10-03T15:00Z 2026-10-03T15:30Z 2026-10-03T16:00Z",
    },
  ]);
});

function hours(first: string, count: number): string {
  const at = (index: number) => new Date(Date.parse(first) + index * 3_600_000);
  return Array.from({ length: count }, (_, index) => at(index).toISOString().replace(":00.000Z", "Z")).join(
    " ",
  );
}

describe("lengths across a change", () => {
  const berlin = (...lines: string[]) =>
    spans(calendar(event("DTSTART;TZID=Europe/Berlin:20260328T120000", ...lines)), windowOf("2026", "2027"));

  it.each([
    ["a day of a DURATION is one of the clock", "DURATION:P1D", "2026-03-29T10:00Z"],
    ["24 hours are 24 hours", "DURATION:PT24H", "2026-03-29T11:00Z"],
    ["a day and an hour", "DURATION:P1DT1H", "2026-03-29T11:00Z"],
    ["a week", "DURATION:P1W", "2026-04-04T10:00Z"],
    ["an end on the clock", "DTEND;TZID=Europe/Berlin:20260329T120000", "2026-03-29T10:00Z"],
    ["an end in another zone", "DTEND;TZID=America/New_York:20260329T060000", "2026-03-29T10:00Z"],
    ["a negative length is none", "DURATION:-PT1H", "2026-03-28T11:00Z"],
    ["a negative day is none", "DURATION:-P1D", "2026-03-28T11:00Z"],
    ["an end before the start is none", "DTEND;TZID=Europe/Berlin:20260328T110000", "2026-03-28T11:00Z"],
  ])("%s", (_, line, end) => {
    expect(berlin(line)).toEqual([`2026-03-28T11:00Z/${end}`]);
  });
});

describe("a floating series", () => {
  const text = calendar(event("DTSTART:20260328T023000", "RRULE:FREQ=DAILY;COUNT=3"));

  it("shows the same clock everywhere", () => {
    expect(starts(text, windowOf("2026-01-01", "2027-01-01", "Europe/Berlin"))).toEqual([
      "2026-03-28T02:30",
      "2026-03-29T02:30",
      "2026-03-30T02:30",
    ]);
  });

  it("is held against the window on the window's own clock", () => {
    const inTokyo = windowOf("2026-03-28T15:00Z", "2026-03-29T15:00Z", "Asia/Tokyo");
    expect(starts(text, inTokyo)).toEqual(["2026-03-29T02:30"]);
  });
});

describe("a zone of the file's own", () => {
  // RFC 5545 §3.6.5: "only the effective" rules of New York up to 2006, under a name nobody knows.
  const eastern = [
    "BEGIN:VTIMEZONE",
    "TZID:Fictitious Eastern",
    ...observance("STANDARD", "19671029T020000", "-0400", "-0500", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    ...observance(
      "DAYLIGHT",
      "19870405T020000",
      "-0500",
      "-0400",
      "FREQ=YEARLY;BYDAY=1SU;BYMONTH=4;UNTIL=19980404T070000Z",
    ),
    ...observance("DAYLIGHT", "19990424T020000", "-0500", "-0400", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=4"),
    "END:VTIMEZONE",
  ];

  checkTable([
    {
      name: "has no summer in 1998, and a late one in 1999",
      beside: eastern,
      lines: ["DTSTART;TZID=Fictitious Eastern:19970715T090000", "RRULE:FREQ=YEARLY;COUNT=3"],
      starts: "1997-07-15T13:00Z 1998-07-15T14:00Z 1999-07-15T13:00Z",
    },
    {
      name: "changes on its own Sundays",
      beside: eastern,
      lines: ["DTSTART;TZID=Fictitious Eastern:20260425T090000", "RRULE:FREQ=DAILY;COUNT=2"],
      starts: "2026-04-25T14:00Z 2026-04-26T13:00Z",
    },
  ]);
});

function observance(name: string, start: string, from: string, to: string, rule: string): string[] {
  return [
    `BEGIN:${name}`,
    `DTSTART:${start}`,
    `TZOFFSETFROM:${from}`,
    `TZOFFSETTO:${to}`,
    `RRULE:${rule}`,
    `END:${name}`,
  ];
}
