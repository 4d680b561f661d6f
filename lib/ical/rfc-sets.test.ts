import { describe, expect, it } from "vitest";
import { checkTable } from "./test-table";
import { calendar, event, spans, windowOf } from "./test-text";

// What is added to a rule, taken out of it or moved (RFC 5545 §3.8.4.4, §3.8.5.1, §3.8.5.2).

const daily = ["DTSTART;TZID=Europe/Berlin:20260601T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"];

describe("EXDATE", () => {
  checkTable([
    {
      name: "counts: four were asked for, two are left",
      lines: [...daily, "EXDATE;TZID=Europe/Berlin:20260601T100000,20260604T100000"],
      starts: "2026-06-02T08:00Z 2026-06-03T08:00Z",
    },
    {
      name: "of all that COUNT gives leaves nothing",
      lines: ["DTSTART:20260601T100000Z", "RRULE:FREQ=DAILY;COUNT=1", "EXDATE:20260601T100000Z"],
      starts: "",
    },
    {
      name: "in UTC",
      lines: [...daily, "EXDATE:20260602T080000Z"],
      starts: "2026-06-01T08:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z",
    },
    {
      name: "in another zone",
      lines: [...daily, "EXDATE;TZID=America/New_York:20260602T040000"],
      starts: "2026-06-01T08:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z",
    },
    {
      name: "without a zone is on the clock of DTSTART",
      lines: [...daily, "EXDATE:20260602T100000"],
      starts: "2026-06-01T08:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z",
    },
    {
      name: "as a DATE strikes out the day",
      lines: [...daily, "EXDATE;VALUE=DATE:20260602"],
      starts: "2026-06-01T08:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z",
    },
    {
      name: "at another time of the day strikes out nothing",
      lines: [...daily, "EXDATE;TZID=Europe/Berlin:20260602T110000"],
      starts: "2026-06-01T08:00Z 2026-06-02T08:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z",
    },
    {
      name: "strikes out an RDATE, too",
      lines: [
        "DTSTART:20260601T100000Z",
        "RDATE:20260701T100000Z,20260801T100000Z",
        "EXDATE:20260701T100000Z",
      ],
      starts: "2026-06-01T10:00Z 2026-08-01T10:00Z",
    },
    {
      name: "hits a time that the clock skips where it takes place",
      lines: [
        "DTSTART;TZID=Europe/Berlin:20260328T023000",
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE:20260329T013000Z",
      ],
      starts: "2026-03-28T01:30Z 2026-03-30T00:30Z",
    },
    {
      name: "as the midnight of a zone strikes out the day of an all-day series",
      lines: [
        "DTSTART;VALUE=DATE:20260601",
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE;TZID=Europe/Berlin:20260602T000000",
      ],
      starts: "2026-06-01 2026-06-03",
    },
  ]);
});

describe("RDATE", () => {
  it("as a PERIOD has its own length, with an end or a duration", () => {
    const text = calendar(
      event(
        "DTSTART:20260601T100000Z",
        "DURATION:PT1H",
        // The RFC's own example, thirty years later.
        "RDATE;VALUE=PERIOD:20260603T020000Z/20260603T040000Z,20260604T010000Z/PT3H",
      ),
    );
    expect(spans(text, windowOf("2026-01-01", "2027-01-01"))).toEqual([
      "2026-06-01T10:00Z/2026-06-01T11:00Z",
      "2026-06-03T02:00Z/2026-06-03T04:00Z",
      "2026-06-04T01:00Z/2026-06-04T04:00Z",
    ]);
  });

  checkTable([
    {
      name: "as DATEs, the RFC's own list",
      lines: ["DTSTART;VALUE=DATE:19970101", "RDATE;VALUE=DATE:19970120,19970217,19970421,19970526,19970704"],
      starts: "1997-01-01 1997-01-20 1997-02-17 1997-04-21 1997-05-26 1997-07-04",
    },
    {
      name: "in a zone, the RFC's own date",
      lines: ["DTSTART;TZID=America/New_York:19970601T083000", "RDATE;TZID=America/New_York:19970714T083000"],
      starts: "1997-06-01T12:30Z 1997-07-14T12:30Z",
    },
    {
      name: "does not double what the rule gives",
      lines: [...daily, "RDATE;TZID=Europe/Berlin:20260602T100000,20260610T100000"],
      starts: "2026-06-01T08:00Z 2026-06-02T08:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z 2026-06-10T08:00Z",
    },
    {
      name: "before DTSTART counts as well",
      lines: ["DTSTART:20260601T100000Z", "RDATE:20260501T100000Z"],
      starts: "2026-05-01T10:00Z 2026-06-01T10:00Z",
    },
    {
      name: "as a DATE in a series of times has their time of day",
      lines: ["DTSTART;TZID=Europe/Berlin:20260601T100000", "RDATE;VALUE=DATE:20260701"],
      starts: "2026-06-01T08:00Z 2026-07-01T08:00Z",
    },
  ]);
});

describe("a change", () => {
  checkTable([
    {
      name: "takes the place of its instance, at another time",
      lines: daily,
      others: [
        ["RECURRENCE-ID;TZID=Europe/Berlin:20260602T100000", "DTSTART;TZID=Europe/Berlin:20260602T150000"],
      ],
      starts: "2026-06-01T08:00Z 2026-06-02T13:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z",
    },
    {
      name: "may move beyond its neighbours, and beyond the series",
      lines: daily,
      others: [["RECURRENCE-ID:20260602T080000Z", "DTSTART:20260710T080000Z"]],
      starts: "2026-06-01T08:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z 2026-07-10T08:00Z",
    },
    {
      name: "moves into the window from outside it",
      lines: daily,
      others: [["RECURRENCE-ID:20260602T080000Z", "DTSTART:20260710T080000Z"]],
      window: ["2026-07-01", "2026-08-01"],
      starts: "2026-07-10T08:00Z",
    },
    {
      name: "counts twice as the last of the highest SEQUENCE",
      lines: daily,
      others: [
        ["RECURRENCE-ID:20260602T080000Z", "SEQUENCE:2", "DTSTART:20260602T120000Z"],
        ["RECURRENCE-ID:20260602T080000Z", "SEQUENCE:1", "DTSTART:20260602T140000Z"],
      ],
      starts: "2026-06-01T08:00Z 2026-06-02T12:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z",
    },
    {
      name: "of an instance that the rule does not give is there all the same",
      lines: daily,
      others: [["RECURRENCE-ID:20260701T080000Z", "DTSTART:20260701T090000Z"]],
      starts: "2026-06-01T08:00Z 2026-06-02T08:00Z 2026-06-03T08:00Z 2026-06-04T08:00Z 2026-07-01T09:00Z",
    },
    {
      name: "without its series stands alone",
      lines: ["RECURRENCE-ID:20260602T080000Z", "DTSTART:20260602T120000Z"],
      starts: "2026-06-02T12:00Z",
    },
    {
      name: "names the day of an all-day series as a time",
      lines: ["DTSTART;VALUE=DATE:20260601", "RRULE:FREQ=DAILY;COUNT=3"],
      others: [["RECURRENCE-ID;TZID=Europe/Berlin:20260602T000000", "DTSTART;VALUE=DATE:20260612"]],
      starts: "2026-06-01 2026-06-03 2026-06-12",
    },
  ]);
});

describe("RANGE=THISANDFUTURE", () => {
  const future = (day: string, from: string, to: string) => [
    `RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:${day}T${from}`,
    `DTSTART;TZID=Europe/Berlin:${day}T${to}`,
    "DURATION:PT2H",
  ];
  const six = ["DTSTART;TZID=Europe/Berlin:20260601T100000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=6"];

  it("moves the rest of the series, with its length", () => {
    const text = calendar(event(...six), event(...future("20260604", "100000", "120000")));
    expect(spans(text, windowOf("2026-01-01", "2027-01-01"))).toEqual([
      "2026-06-01T08:00Z/2026-06-01T09:00Z",
      "2026-06-02T08:00Z/2026-06-02T09:00Z",
      "2026-06-03T08:00Z/2026-06-03T09:00Z",
      "2026-06-04T10:00Z/2026-06-04T12:00Z",
      "2026-06-05T10:00Z/2026-06-05T12:00Z",
      "2026-06-06T10:00Z/2026-06-06T12:00Z",
    ]);
  });

  checkTable([
    {
      name: "holds until the next of its kind",
      lines: six,
      others: [future("20260602", "100000", "120000"), future("20260605", "100000", "080000")],
      starts: `2026-06-01T08:00Z 2026-06-02T10:00Z 2026-06-03T10:00Z 2026-06-04T10:00Z
        2026-06-05T06:00Z 2026-06-06T06:00Z`,
    },
    {
      name: "leaves a single change after it as that says",
      lines: six,
      others: [
        future("20260602", "100000", "120000"),
        ["RECURRENCE-ID;TZID=Europe/Berlin:20260604T100000", "DTSTART;TZID=Europe/Berlin:20260604T200000"],
      ],
      starts: `2026-06-01T08:00Z 2026-06-02T10:00Z 2026-06-03T10:00Z 2026-06-04T18:00Z
        2026-06-05T10:00Z 2026-06-06T10:00Z`,
    },
    {
      name: "leaves out what EXDATE takes out",
      lines: [...six, "EXDATE;TZID=Europe/Berlin:20260605T100000"],
      others: [future("20260604", "100000", "120000")],
      starts: "2026-06-01T08:00Z 2026-06-02T08:00Z 2026-06-03T08:00Z 2026-06-04T10:00Z 2026-06-06T10:00Z",
    },
    {
      name: "by days, seen from long after",
      lines: ["DTSTART;VALUE=DATE:20200106", "RRULE:FREQ=WEEKLY"],
      others: [["RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20200113", "DTSTART;VALUE=DATE:20200115"]],
      window: ["2026-06-01", "2026-06-15"],
      starts: "2026-06-03 2026-06-10",
    },
    {
      name: "moves by the clock, also across summer time",
      lines: ["DTSTART;TZID=Europe/Berlin:20260327T100000", "RRULE:FREQ=DAILY;COUNT=4"],
      others: [future("20260328", "100000", "120000")],
      starts: "2026-03-27T09:00Z 2026-03-28T11:00Z 2026-03-29T10:00Z 2026-03-30T10:00Z",
    },
  ]);
});
