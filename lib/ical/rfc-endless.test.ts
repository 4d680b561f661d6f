import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { generate } from "./generate";
import { readObject } from "./read-object";
import { parseRule } from "./rule";
import { checkTable, inTime } from "./test-table";
import { calendar, event, starts, windowOf } from "./test-text";

// Rules without end: none may take a second, and none may give a part of an answer for the whole.

const start = "DTSTART:20200115T100000Z";
const firstYear: [string, string] = ["2020-01-01", "2021-01-01"];
const lateWindow: [string, string] = ["2026-01-01", "2027-01-01"];

describe("a rule that never comes true leaves DTSTART alone", () => {
  const frequencies = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"];
  const never = [
    ...frequencies.map((frequency) => `FREQ=${frequency};BYMONTH=2;BYMONTHDAY=30`),
    ...frequencies.map((frequency) => `FREQ=${frequency};BYMONTH=2;BYMONTHDAY=30;COUNT=3`),
    "FREQ=DAILY;BYMONTH=4,6,9,11;BYMONTHDAY=31",
    "FREQ=YEARLY;BYMONTH=1;BYYEARDAY=366",
    "FREQ=YEARLY;BYMONTH=6;BYWEEKNO=53",
    "FREQ=MONTHLY;BYMONTHDAY=1,2,3;BYSETPOS=4",
    "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;INTERVAL=999999999",
    "FREQ=HOURLY;INTERVAL=24;BYHOUR=11",
    "FREQ=MINUTELY;INTERVAL=60;BYMINUTE=30",
    "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=11",
    "FREQ=SECONDLY;INTERVAL=86400;BYHOUR=11",
  ];

  checkTable(
    never.flatMap((rule) => [
      { name: rule, lines: [start, `RRULE:${rule}`], window: firstYear, starts: "2020-01-15T10:00Z" },
      { name: `${rule}, seen later`, lines: [start, `RRULE:${rule}`], window: lateWindow, starts: "" },
    ]),
  );
});

describe("a rule that comes true seldom", () => {
  checkTable([
    {
      name: "29 February, every day that is one",
      lines: [start, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29"],
      window: ["2026-01-01", "2033-01-01"],
      starts: "2028-02-29T10:00Z 2032-02-29T10:00Z",
    },
    {
      name: "one second of a year of seconds",
      lines: [start, "RRULE:FREQ=SECONDLY;BYMONTH=12;BYMONTHDAY=31;BYHOUR=23;BYMINUTE=59;BYSECOND=59"],
      window: lateWindow,
      starts: "2026-12-31T23:59:59Z",
    },
    {
      name: "Friday the 13th, by the hour",
      lines: [start, "RRULE:FREQ=HOURLY;BYDAY=FR;BYMONTHDAY=13;BYHOUR=0"],
      window: lateWindow,
      starts: "2026-02-13T00:00Z 2026-03-13T00:00Z 2026-11-13T00:00Z",
    },
  ]);
});

describe("a rule that is refused", () => {
  const refused = [
    ["FREQ=SECONDLY", "too long"],
    ["FREQ=SECONDLY;COUNT=999999999", "too long"],
    ["FREQ=SECONDLY;BYSETPOS=2", "too long"],
    ["FREQ=SECONDLY;INTERVAL=60;BYSECOND=30", "too long"],
    ["FREQ=MINUTELY", "too long"],
    ["FREQ=MINUTELY;BYHOUR=25", "BYHOUR=25"],
    ["FREQ=SECONDLY;BYMINUTE=61", "BYMINUTE=61"],
    ["FREQ=DAILY;BYMONTHDAY=32", "BYMONTHDAY=32"],
    ["FREQ=YEARLY;BYWEEKNO=54", "BYWEEKNO=54"],
    ["FREQ=YEARLY;BYYEARDAY=0", "BYYEARDAY=0"],
    ["FREQ=DAILY;INTERVAL=99999999999", "INTERVAL"],
  ] as const;

  it.each(refused)("%s", (rule, reason) => {
    const text = calendar(event(start, `RRULE:${rule}`));
    const read = () => readObject(text, windowOf(...lateWindow));
    inTime(() => expect(read).toThrow(reason));
    expect(read).toThrow(AppError);
  });
});

it("every second of a day that never comes is paid for, event by event", () => {
  const all = (count: number) => Array.from({ length: count }, (_, n) => n).join(",");
  const seconds = `BYHOUR=${all(24)};BYMINUTE=${all(60)};BYSECOND=${all(60)}`;
  const budget = { steps: 1_000_000, spend: (steps: number) => (budget.steps -= steps) };
  const rule = parseRule(`FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;${seconds}`);
  const range = { from: 0, to: 0, until: 0 };
  expect([...generate(rule, 0, range, budget)]).toEqual([]);
  expect(budget.steps).toBeLessThanOrEqual(1_000_000 - 86_400);
});

it("a zone that changes too often costs the events in it, and no time", () => {
  const everyMinute = [
    ...["BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", "DTSTART:19671029T020000"],
    ...["TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=MINUTELY;INTERVAL=5"],
    ...["END:STANDARD", "END:VTIMEZONE"],
  ];
  const text = calendar(...everyMinute, event("DTSTART;TZID=Odd:20260115T100000"));
  inTime(() => expect(() => readObject(text, windowOf(...lateWindow))).toThrow("changes too often"));
});

it("a century of rules that never come true is read in a second", () => {
  const events = Array.from({ length: 100 }, (_, index) =>
    event(`UID:${index}`, `DTSTART:19${two(index)}0115T100000Z`, "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
  );
  inTime(() => expect(starts(calendar(...events), windowOf(...lateWindow))).toEqual([]));
});

function two(value: number): string {
  return String(value).padStart(2, "0");
}
