import { describe } from "vitest";
import { checkTable } from "./test-table";

// Rules that engines get wrong. The days were worked out by hand from RFC 5545 §3.3.10 and a calendar.

describe("BYSETPOS", () => {
  checkTable([
    {
      name: "the last working day of the month",
      lines: ["DTSTART;VALUE=DATE:20260130", "RRULE:FREQ=MONTHLY;COUNT=5;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"],
      starts: "2026-01-30 2026-02-27 2026-03-31 2026-04-30 2026-05-29",
    },
    {
      name: "the first and the last of three days, of which a month may lack one",
      lines: ["DTSTART;VALUE=DATE:20260129", "RRULE:FREQ=MONTHLY;COUNT=6;BYMONTHDAY=29,30,31;BYSETPOS=1,-1"],
      // February has none of them, and April no 31st.
      starts: "2026-01-29 2026-01-31 2026-03-29 2026-03-31 2026-04-29 2026-04-30",
    },
    {
      name: "a position that only long months have",
      lines: ["DTSTART;VALUE=DATE:20260131", "RRULE:FREQ=MONTHLY;COUNT=5;BYMONTHDAY=29,30,31;BYSETPOS=3"],
      starts: "2026-01-31 2026-03-31 2026-05-31 2026-07-31 2026-08-31",
    },
    {
      name: "the third working day of the year",
      // 1 January 2028 is a Saturday.
      lines: [
        "DTSTART;VALUE=DATE:20260105",
        "RRULE:FREQ=YEARLY;COUNT=3;BYMONTH=1;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3",
      ],
      starts: "2026-01-05 2027-01-05 2028-01-05",
    },
    {
      name: "the second of a week whose first lies before DTSTART",
      lines: ["DTSTART;VALUE=DATE:20260603", "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO,WE,FR;BYSETPOS=2"],
      starts: "2026-06-03 2026-06-10 2026-06-17",
    },
    {
      name: "out of the hours of a day, from its last one on",
      lines: ["DTSTART:20260601T170000Z", "RRULE:FREQ=DAILY;COUNT=4;BYHOUR=9,13,17;BYSETPOS=1,-1"],
      starts: "2026-06-01T17:00Z 2026-06-02T09:00Z 2026-06-02T17:00Z 2026-06-03T09:00Z",
    },
    {
      name: "day 366 of all days of the year",
      lines: [
        "DTSTART;VALUE=DATE:20241231",
        "RRULE:FREQ=YEARLY;COUNT=2;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
      ],
      starts: "2024-12-31 2028-12-31",
    },
  ]);
});

describe("WKST", () => {
  checkTable([
    {
      name: "MO: every other week from a Sunday, which is its week's last day",
      lines: ["DTSTART;VALUE=DATE:20260301", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=SU,MO;WKST=MO"],
      starts: "2026-03-01 2026-03-09 2026-03-15 2026-03-23",
    },
    {
      name: "SU: every other week from a Sunday, which is its week's first day",
      lines: ["DTSTART;VALUE=DATE:20260301", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=SU,MO;WKST=SU"],
      starts: "2026-03-01 2026-03-02 2026-03-15 2026-03-16",
    },
    {
      name: "SU: numbers the weeks of a year from another day",
      // The week of 1 January 1998 has three days of it from Sunday to Saturday, four from Monday to Sunday.
      lines: ["DTSTART;VALUE=DATE:19970512", "RRULE:FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO;WKST=SU"],
      starts: "1997-05-12 1998-05-18 1999-05-17",
    },
  ]);
});

describe("BYWEEKNO", () => {
  checkTable([
    {
      name: "1 begins in the year before, or not",
      lines: ["DTSTART;VALUE=DATE:20241230", "RRULE:FREQ=YEARLY;COUNT=4;BYWEEKNO=1;BYDAY=MO"],
      starts: "2024-12-30 2025-12-29 2027-01-04 2028-01-03",
    },
    {
      name: "53 is there in some years",
      lines: ["DTSTART;VALUE=DATE:20201231", "RRULE:FREQ=YEARLY;COUNT=4;BYWEEKNO=53;BYDAY=TH"],
      starts: "2020-12-31 2026-12-31 2032-12-30 2037-12-31",
    },
    {
      name: "-1 is week 52 or 53, and its Sunday may be of the next year",
      lines: ["DTSTART;VALUE=DATE:20210103", "RRULE:FREQ=YEARLY;COUNT=6;BYWEEKNO=-1;BYDAY=SU"],
      starts: "2021-01-03 2022-01-02 2023-01-01 2023-12-31 2024-12-29 2025-12-28",
    },
    {
      name: "counts its interval in years of weeks",
      // 2 January 2010 is in week 53 of 2009. Long years are 2015, 2020, 2026, 2032, 2037, 2043, 2048 and 2054, and of
      // those only the last is a multiple of five years away.
      lines: ["DTSTART;VALUE=DATE:20100102", "RRULE:FREQ=YEARLY;INTERVAL=5;BYWEEKNO=53;BYDAY=SA"],
      window: ["2010-01-01", "2060-01-01"],
      starts: "2010-01-02 2055-01-02",
    },
    {
      name: "without BYDAY falls on the weekday of DTSTART",
      lines: ["DTSTART;VALUE=DATE:20260304", "RRULE:FREQ=YEARLY;COUNT=2;BYWEEKNO=10"],
      starts: "2026-03-04 2027-03-10",
    },
  ]);
});

describe("leap years", () => {
  checkTable([
    {
      name: "29 February every year is every fourth",
      lines: ["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;COUNT=3"],
      starts: "2024-02-29 2028-02-29 2032-02-29",
    },
    {
      name: "1900 and 2100 are none",
      lines: ["DTSTART;VALUE=DATE:20920229", "RRULE:FREQ=YEARLY;COUNT=3"],
      window: ["2090-01-01", "2110-01-01"],
      starts: "2092-02-29 2096-02-29 2104-02-29",
    },
    {
      name: "every third year meets every twelfth",
      lines: ["DTSTART;VALUE=DATE:20240229", "RRULE:FREQ=YEARLY;INTERVAL=3;COUNT=3"],
      starts: "2024-02-29 2036-02-29 2048-02-29",
    },
    {
      name: "the last of February is another day",
      lines: ["DTSTART;VALUE=DATE:20230228", "RRULE:FREQ=YEARLY;COUNT=3;BYMONTH=2;BYMONTHDAY=-1"],
      starts: "2023-02-28 2024-02-29 2025-02-28",
    },
    {
      name: "the 31st of the month only where there is one",
      lines: ["DTSTART;VALUE=DATE:20260131", "RRULE:FREQ=MONTHLY;COUNT=4"],
      starts: "2026-01-31 2026-03-31 2026-05-31 2026-07-31",
    },
    {
      name: "day 366, and the 366th from the end",
      lines: ["DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=YEARLY;COUNT=4;BYYEARDAY=366,-366"],
      starts: "2024-01-01 2024-12-31 2028-01-01 2028-12-31",
    },
    {
      name: "day 60 is 29 February or 1 March",
      lines: ["DTSTART;VALUE=DATE:20230301", "RRULE:FREQ=YEARLY;COUNT=3;BYYEARDAY=60"],
      starts: "2023-03-01 2024-02-29 2025-03-01",
    },
    {
      name: "day -307 is 28 February or 29",
      lines: ["DTSTART;VALUE=DATE:20230228", "RRULE:FREQ=YEARLY;COUNT=3;BYYEARDAY=-307"],
      starts: "2023-02-28 2024-02-29 2025-02-28",
    },
  ]);
});

describe("UNTIL", () => {
  checkTable([
    {
      name: "in UTC is a moment: 01:00 of the 3rd is still the evening of the 2nd in New York",
      lines: ["DTSTART;TZID=America/New_York:20260101T200000", "RRULE:FREQ=DAILY;UNTIL=20260103T010000Z"],
      starts: "2026-01-02T01:00Z 2026-01-03T01:00Z",
    },
    {
      name: "a second before the last occurrence leaves it out",
      lines: ["DTSTART;TZID=America/New_York:20260101T200000", "RRULE:FREQ=DAILY;UNTIL=20260103T005959Z"],
      starts: "2026-01-02T01:00Z",
    },
    {
      name: "in UTC, with summer time on the way",
      lines: ["DTSTART;TZID=Europe/Berlin:20260328T090000", "RRULE:FREQ=DAILY;UNTIL=20260330T070000Z"],
      starts: "2026-03-28T08:00Z 2026-03-29T07:00Z 2026-03-30T07:00Z",
    },
    {
      name: "as a DATE includes that day of a DATE-TIME, on its own clock",
      lines: ["DTSTART;TZID=America/New_York:20260101T200000", "RRULE:FREQ=DAILY;UNTIL=20260102"],
      starts: "2026-01-02T01:00Z 2026-01-03T01:00Z",
    },
    {
      name: "as a moment ends days on its day",
      lines: ["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=DAILY;UNTIL=20260102T000000Z"],
      starts: "2026-01-01 2026-01-02",
    },
    {
      name: "of a floating series is on the same clock",
      lines: ["DTSTART:20260101T200000", "RRULE:FREQ=DAILY;UNTIL=20260102T200000"],
      starts: "2026-01-01T20:00 2026-01-02T20:00",
    },
  ]);
});

describe("a series seen long after its start", () => {
  checkTable([
    {
      name: "daily, forty years on, in summer time",
      lines: ["DTSTART;TZID=Europe/Berlin:19860101T090000", "RRULE:FREQ=DAILY"],
      window: ["2026-06-01", "2026-06-04"],
      starts: "2026-06-01T07:00Z 2026-06-02T07:00Z 2026-06-03T07:00Z",
    },
    {
      name: "counted to its end, 14,610 days after 1 January 1986",
      lines: ["DTSTART;VALUE=DATE:19860101", "RRULE:FREQ=DAILY;COUNT=14611"],
      window: ["2025-12-30", "2026-06-01"],
      starts: "2025-12-30 2025-12-31 2026-01-01",
    },
    {
      name: "every third week",
      // 700 times three weeks after a Wednesday.
      lines: ["DTSTART;VALUE=DATE:19860101", "RRULE:FREQ=WEEKLY;INTERVAL=3"],
      window: ["2026-04-01", "2026-05-20"],
      starts: "2026-04-01 2026-04-22 2026-05-13",
    },
    {
      name: "every seventh hour",
      lines: ["DTSTART:19860101T000000Z", "RRULE:FREQ=HOURLY;INTERVAL=7"],
      // 350,640 hours in forty years: 7 × 50,091 + 3.
      window: ["2026-01-01", "2026-01-02"],
      starts: "2026-01-01T04:00Z 2026-01-01T11:00Z 2026-01-01T18:00Z",
    },
  ]);
});
