import { describe, expect, it } from "vitest";
import { calendar, event, starts, windowOf } from "./test-text";

// All examples of RFC 5545 §3.8.5.3, their results in the RFC's own notation. Where those end in "…", so do these.

type Example = {
  name: string;
  /** DTSTART is in America/New_York. */
  start: string;
  /** Each of these gives the result. */
  rules: string[];
  /** The RFC writes "...": the rule goes on. */
  goesOn?: true;
  lines?: string[];
  results: Result[];
};
/** "1997 EDT", "September 2-11; October 1,3", and the times where they are not 09:00. */
type Result = [yearAndOffset: string, days: string, times?: string];

const examples: Example[] = [
  {
    name: "Daily for 10 occurrences",
    start: "19970902T090000",
    rules: ["FREQ=DAILY;COUNT=10"],
    results: [["1997 EDT", "September 2-11"]],
  },
  {
    name: "Daily until December 24, 1997",
    start: "19970902T090000",
    rules: ["FREQ=DAILY;UNTIL=19971224T000000Z"],
    results: [
      ["1997 EDT", "September 2-30; October 1-25"],
      ["1997 EST", "October 26-31; November 1-30; December 1-23"],
    ],
  },
  {
    name: "Every other day - forever",
    start: "19970902T090000",
    rules: ["FREQ=DAILY;INTERVAL=2"],
    goesOn: true,
    results: [
      [
        "1997 EDT",
        "September 2,4,6,8,10,12,14,16,18,20,22,24,26,28,30; October 2,4,6,8,10,12,14,16,18,20,22,24",
      ],
      ["1997 EST", "October 26,28,30; November 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29; December 1,3"],
    ],
  },
  {
    name: "Every 10 days, 5 occurrences",
    start: "19970902T090000",
    rules: ["FREQ=DAILY;INTERVAL=10;COUNT=5"],
    results: [["1997 EDT", "September 2,12,22; October 2,12"]],
  },
  {
    name: "Every day in January, for 3 years",
    start: "19980101T090000",
    rules: [
      "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
      "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1",
    ],
    results: [
      ["1998 EST", "January 1-31"],
      ["1999 EST", "January 1-31"],
      ["2000 EST", "January 1-31"],
    ],
  },
  {
    name: "Weekly for 10 occurrences",
    start: "19970902T090000",
    rules: ["FREQ=WEEKLY;COUNT=10"],
    results: [
      ["1997 EDT", "September 2,9,16,23,30; October 7,14,21"],
      ["1997 EST", "October 28; November 4"],
    ],
  },
  {
    name: "Weekly until December 24, 1997",
    start: "19970902T090000",
    rules: ["FREQ=WEEKLY;UNTIL=19971224T000000Z"],
    results: [
      ["1997 EDT", "September 2,9,16,23,30; October 7,14,21"],
      ["1997 EST", "October 28; November 4,11,18,25; December 2,9,16,23"],
    ],
  },
  {
    name: "Every other week - forever",
    start: "19970902T090000",
    rules: ["FREQ=WEEKLY;INTERVAL=2;WKST=SU"],
    goesOn: true,
    results: [
      ["1997 EDT", "September 2,16,30; October 14"],
      ["1997 EST", "October 28; November 11,25; December 9,23"],
      ["1998 EST", "January 6,20; February 3"],
    ],
  },
  {
    name: "Weekly on Tuesday and Thursday for five weeks",
    start: "19970902T090000",
    rules: [
      "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
      "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
    ],
    results: [["1997 EDT", "September 2,4,9,11,16,18,23,25,30; October 2"]],
  },
  {
    name: "Every other week on Monday, Wednesday, and Friday until December 24, 1997",
    start: "19970901T090000",
    rules: ["FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR"],
    results: [
      ["1997 EDT", "September 1,3,5,15,17,19,29; October 1,3,13,15,17"],
      ["1997 EST", "October 27,29,31; November 10,12,14,24,26,28; December 8,10,12,22"],
    ],
  },
  {
    name: "Every other week on Tuesday and Thursday, for 8 occurrences",
    start: "19970902T090000",
    rules: ["FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"],
    results: [["1997 EDT", "September 2,4,16,18,30; October 2,14,16"]],
  },
  {
    name: "Monthly on the first Friday for 10 occurrences",
    start: "19970905T090000",
    rules: ["FREQ=MONTHLY;COUNT=10;BYDAY=1FR"],
    results: [
      ["1997 EDT", "September 5; October 3"],
      ["1997 EST", "November 7; December 5"],
      ["1998 EST", "January 2; February 6; March 6; April 3"],
      ["1998 EDT", "May 1; June 5"],
    ],
  },
  {
    name: "Monthly on the first Friday until December 24, 1997",
    start: "19970905T090000",
    rules: ["FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR"],
    results: [
      ["1997 EDT", "September 5; October 3"],
      ["1997 EST", "November 7; December 5"],
    ],
  },
  {
    name: "Every other month on the first and last Sunday of the month for 10 occurrences",
    start: "19970907T090000",
    rules: ["FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"],
    results: [
      ["1997 EDT", "September 7,28"],
      ["1997 EST", "November 2,30"],
      ["1998 EST", "January 4,25; March 1,29"],
      ["1998 EDT", "May 3,31"],
    ],
  },
  {
    name: "Monthly on the second-to-last Monday of the month for 6 months",
    start: "19970922T090000",
    rules: ["FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"],
    results: [
      ["1997 EDT", "September 22; October 20"],
      ["1997 EST", "November 17; December 22"],
      ["1998 EST", "January 19; February 16"],
    ],
  },
  {
    name: "Monthly on the third-to-the-last day of the month, forever",
    start: "19970928T090000",
    rules: ["FREQ=MONTHLY;BYMONTHDAY=-3"],
    goesOn: true,
    results: [
      ["1997 EDT", "September 28"],
      ["1997 EST", "October 29; November 28; December 29"],
      ["1998 EST", "January 29; February 26"],
    ],
  },
  {
    name: "Monthly on the 2nd and 15th of the month for 10 occurrences",
    start: "19970902T090000",
    rules: ["FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"],
    results: [
      ["1997 EDT", "September 2,15; October 2,15"],
      ["1997 EST", "November 2,15; December 2,15"],
      ["1998 EST", "January 2,15"],
    ],
  },
  {
    name: "Monthly on the first and last day of the month for 10 occurrences",
    start: "19970930T090000",
    rules: ["FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"],
    results: [
      ["1997 EDT", "September 30; October 1"],
      ["1997 EST", "October 31; November 1,30; December 1,31"],
      ["1998 EST", "January 1,31; February 1"],
    ],
  },
  {
    name: "Every 18 months on the 10th thru 15th of the month for 10 occurrences",
    start: "19970910T090000",
    rules: ["FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15"],
    results: [
      ["1997 EDT", "September 10-15"],
      ["1999 EST", "March 10-13"],
    ],
  },
  {
    name: "Every Tuesday, every other month",
    start: "19970902T090000",
    rules: ["FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"],
    goesOn: true,
    results: [
      ["1997 EDT", "September 2,9,16,23,30"],
      ["1997 EST", "November 4,11,18,25"],
      ["1998 EST", "January 6,13,20,27; March 3,10,17,24,31"],
    ],
  },
  {
    name: "Yearly in June and July for 10 occurrences",
    start: "19970610T090000",
    rules: ["FREQ=YEARLY;COUNT=10;BYMONTH=6,7"],
    results: [
      ["1997 EDT", "June 10; July 10"],
      ["1998 EDT", "June 10; July 10"],
      ["1999 EDT", "June 10; July 10"],
      ["2000 EDT", "June 10; July 10"],
      ["2001 EDT", "June 10; July 10"],
    ],
  },
  {
    name: "Every other year on January, February, and March for 10 occurrences",
    start: "19970310T090000",
    rules: ["FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"],
    results: [
      ["1997 EST", "March 10"],
      ["1999 EST", "January 10; February 10; March 10"],
      ["2001 EST", "January 10; February 10; March 10"],
      ["2003 EST", "January 10; February 10; March 10"],
    ],
  },
  {
    name: "Every third year on the 1st, 100th, and 200th day for 10 occurrences",
    start: "19970101T090000",
    rules: ["FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"],
    results: [
      ["1997 EST", "January 1"],
      ["1997 EDT", "April 10; July 19"],
      ["2000 EST", "January 1"],
      ["2000 EDT", "April 9; July 18"],
      ["2003 EST", "January 1"],
      ["2003 EDT", "April 10; July 19"],
      ["2006 EST", "January 1"],
    ],
  },
  {
    name: "Every 20th Monday of the year, forever",
    start: "19970519T090000",
    rules: ["FREQ=YEARLY;BYDAY=20MO"],
    goesOn: true,
    results: [
      ["1997 EDT", "May 19"],
      ["1998 EDT", "May 18"],
      ["1999 EDT", "May 17"],
    ],
  },
  {
    name: "Monday of week number 20 (where the default start of the week is Monday), forever",
    start: "19970512T090000",
    rules: ["FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"],
    goesOn: true,
    results: [
      ["1997 EDT", "May 12"],
      ["1998 EDT", "May 11"],
      ["1999 EDT", "May 17"],
    ],
  },
  {
    name: "Every Thursday in March, forever",
    start: "19970313T090000",
    rules: ["FREQ=YEARLY;BYMONTH=3;BYDAY=TH"],
    goesOn: true,
    results: [
      ["1997 EST", "March 13,20,27"],
      ["1998 EST", "March 5,12,19,26"],
      ["1999 EST", "March 4,11,18,25"],
    ],
  },
  {
    name: "Every Thursday, but only during June, July, and August, forever",
    start: "19970605T090000",
    rules: ["FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"],
    goesOn: true,
    results: [
      ["1997 EDT", "June 5,12,19,26; July 3,10,17,24,31; August 7,14,21,28"],
      ["1998 EDT", "June 4,11,18,25; July 2,9,16,23,30; August 6,13,20,27"],
      ["1999 EDT", "June 3,10,17,24; July 1,8,15,22,29; August 5,12,19,26"],
    ],
  },
  {
    name: "Every Friday the 13th, forever",
    start: "19970902T090000",
    lines: ["EXDATE;TZID=America/New_York:19970902T090000"],
    rules: ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"],
    goesOn: true,
    results: [
      ["1998 EST", "February 13; March 13; November 13"],
      ["1999 EDT", "August 13"],
      ["2000 EDT", "October 13"],
    ],
  },
  {
    name: "The first Saturday that follows the first Sunday of the month, forever",
    start: "19970913T090000",
    rules: ["FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"],
    goesOn: true,
    results: [
      ["1997 EDT", "September 13; October 11"],
      ["1997 EST", "November 8; December 13"],
      ["1998 EST", "January 10; February 7; March 7"],
      ["1998 EDT", "April 11; May 9; June 13"],
    ],
  },
  {
    name: "Every 4 years, the first Tuesday after a Monday in November, forever (U.S. Presidential Election day)",
    start: "19961105T090000",
    rules: ["FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"],
    goesOn: true,
    results: [
      ["1996 EST", "November 5"],
      ["2000 EST", "November 7"],
      ["2004 EST", "November 2"],
    ],
  },
  {
    name: "The third instance into the month of one of Tuesday, Wednesday, or Thursday, for the next 3 months",
    start: "19970904T090000",
    rules: ["FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3"],
    results: [
      ["1997 EDT", "September 4; October 7"],
      ["1997 EST", "November 6"],
    ],
  },
  {
    name: "The second-to-last weekday of the month",
    start: "19970929T090000",
    rules: ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"],
    goesOn: true,
    results: [
      ["1997 EDT", "September 29"],
      ["1997 EST", "October 30; November 27; December 30"],
      ["1998 EST", "January 29; February 26; March 30"],
    ],
  },
  {
    // The RFC prints UNTIL=19970902T170000Z, which is 13:00 there; erratum 3883 has the 21:00 that was meant.
    name: "Every 3 hours from 9:00 AM to 5:00 PM on a specific day",
    start: "19970902T090000",
    rules: ["FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z"],
    results: [["1997 EDT", "September 2", "09:00,12:00,15:00"]],
  },
  {
    name: "the same as it is printed",
    start: "19970902T090000",
    rules: ["FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z"],
    results: [["1997 EDT", "September 2", "09:00,12:00"]],
  },
  {
    name: "Every 15 minutes for 6 occurrences",
    start: "19970902T090000",
    rules: ["FREQ=MINUTELY;INTERVAL=15;COUNT=6"],
    results: [["1997 EDT", "September 2", "09:00,09:15,09:30,09:45,10:00,10:15"]],
  },
  {
    name: "Every hour and a half for 4 occurrences",
    start: "19970902T090000",
    rules: ["FREQ=MINUTELY;INTERVAL=90;COUNT=4"],
    results: [["1997 EDT", "September 2", "09:00,10:30,12:00,13:30"]],
  },
  {
    name: "Every 20 minutes from 9:00 AM to 4:40 PM every day",
    start: "19970902T090000",
    rules: [
      "FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
      "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16",
    ],
    goesOn: true,
    results: [
      [
        "1997 EDT",
        "September 2-3",
        "09:00,09:20,09:40,10:00,10:20,10:40,11:00,11:20,11:40,12:00,12:20,12:40,13:00,13:20,13:40,14:00,14:20,14:40,15:00,15:20,15:40,16:00,16:20,16:40",
      ],
    ],
  },
  {
    name: "An example where the days generated makes a difference because of WKST",
    start: "19970805T090000",
    rules: ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"],
    results: [["1997 EDT", "August 5,10,19,24"]],
  },
  {
    name: "changing only WKST from MO to SU, yields different results",
    start: "19970805T090000",
    rules: ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"],
    results: [["1997 EDT", "August 5,17,19,31"]],
  },
  {
    name: "An example where an invalid date (i.e., February 30) is ignored",
    start: "20070115T090000",
    rules: ["FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"],
    results: [
      ["2007 EST", "January 15,30; February 15"],
      ["2007 EDT", "March 15,30"],
    ],
  },
];

describe("the examples of RFC 5545 §3.8.5.3", () => {
  const cases = examples.flatMap((example) => example.rules.map((rule) => ({ ...example, rule })));

  it.each(cases)("$name: $rule", ({ start, rule, lines = [], goesOn, results }) => {
    const text = calendar(event(`DTSTART;TZID=America/New_York:${start}`, `RRULE:${rule}`, ...lines));
    const expected = results.flatMap(instantsOf);
    const last = expected.at(-1) ?? expect.fail("no result");
    const end = goesOn ? new Date(Date.parse(last) + 1000).toISOString() : "2020-01-01";
    expect(starts(text, windowOf("1990-01-01", end))).toEqual(expected);
    expect(starts(text, windowOf("2036-01-01", "2037-01-01")).length > 0).toBe(goesOn === true);
  });
});

const offsets: Record<string, string> = { EDT: "-04:00", EST: "-05:00" };
const months = "January February March April May June July August September October November December";

function instantsOf([yearAndOffset, days, times = "09:00"]: Result): string[] {
  const [year, offset = ""] = yearAndOffset.split(" ");
  return days.split("; ").flatMap((monthAndDays) => {
    const [name = "", list = ""] = monthAndDays.split(" ");
    const month = two(months.split(" ").indexOf(name) + 1);
    return list
      .split(",")
      .flatMap(daysOf)
      .flatMap((day) =>
        times.split(",").map((time) => instant(`${year}-${month}-${two(day)}T${time}${offsets[offset]}`)),
      );
  });
}

function daysOf(part: string): number[] {
  const [first = 0, last = first] = part.split("-").map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function instant(text: string): string {
  return new Date(text).toISOString().replace(/:00\.000Z$/, "Z");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
