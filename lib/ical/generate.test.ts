import { describe, expect, it } from "vitest";
import { createBudget, shareOf } from "./budget";
import { generate } from "./generate";
import { formatNaive } from "./naive";
import { parseRule } from "./rule";

/** The rule's instances up to `to`, without ":00" at the end, or without the time where it is midnight. */
function instances(rule: string, start: string, to: string, from = start): string[] {
  const range = { from: naive(from), to: naive(to), until: Number.POSITIVE_INFINITY };
  return [...generate(parseRule(rule), naive(start), range, shareOf(createBudget()))].map((at) =>
    formatNaive(at).replace(/:00$/, "").replace("T00:00", ""),
  );
}

function naive(text: string): number {
  return Date.parse(text.length === 10 ? `${text}T00:00Z` : `${text}Z`);
}

describe("years", () => {
  it("leave out 29 February where there is none", () => {
    expect(instances("FREQ=YEARLY", "2024-02-29", "2033-01-01")).toEqual([
      "2024-02-29",
      "2028-02-29",
      "2032-02-29",
    ]);
    expect(instances("FREQ=YEARLY;INTERVAL=3", "2024-02-29", "2050-01-01")).toEqual([
      "2024-02-29",
      "2036-02-29",
      "2048-02-29",
    ]);
    expect(instances("FREQ=YEARLY", "1896-02-29", "1905-01-01")).toEqual(["1896-02-29", "1904-02-29"]);
  });

  it("count days from either end", () => {
    expect(instances("FREQ=YEARLY;BYYEARDAY=1,60,-1", "2023-01-01", "2024-12-31")).toEqual([
      "2023-01-01",
      "2023-03-01",
      "2023-12-31",
      "2024-01-01",
      "2024-02-29",
      "2024-12-31",
    ]);
    expect(instances("FREQ=YEARLY;BYYEARDAY=366", "2023-01-01", "2029-01-01")).toEqual([
      "2024-12-31",
      "2028-12-31",
    ]);
  });

  it("count weekdays in the year, or in the months when there are any", () => {
    expect(instances("FREQ=YEARLY;BYDAY=20MO", "2026-01-01", "2027-12-31")).toEqual([
      "2026-05-18",
      "2027-05-17",
    ]);
    expect(instances("FREQ=YEARLY;BYDAY=-1FR;BYMONTH=3,10", "2026-01-01", "2026-12-31")).toEqual([
      "2026-03-27",
      "2026-10-30",
    ]);
    expect(instances("FREQ=YEARLY;BYDAY=53TH", "2024-01-01", "2029-01-01")).toEqual(["2026-12-31"]);
  });

  it("number weeks from the first with four days, by the day a week begins on", () => {
    expect(instances("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "2024-12-30", "2027-12-31")).toEqual([
      "2024-12-30",
      "2025-12-29",
      "2027-01-04",
    ]);
    expect(instances("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU", "1997-05-12", "1999-12-31")).toEqual([
      "1997-05-12",
      "1998-05-18",
      "1999-05-17",
    ]);
    expect(instances("FREQ=YEARLY;BYWEEKNO=-1,53;BYDAY=SU", "2026-01-01", "2028-12-31")).toEqual([
      "2027-01-03",
      "2028-01-02",
      "2028-12-31",
    ]);
  });

  it("take the weekday of a week from DTSTART", () => {
    expect(instances("FREQ=YEARLY;BYWEEKNO=10", "2026-03-04", "2027-12-31")).toEqual([
      "2026-03-04",
      "2027-03-10",
    ]);
  });
});

describe("months", () => {
  it("leave out days they do not have", () => {
    expect(instances("FREQ=MONTHLY", "2026-01-31", "2026-06-30")).toEqual([
      "2026-01-31",
      "2026-03-31",
      "2026-05-31",
    ]);
    expect(instances("FREQ=MONTHLY;BYMONTHDAY=-1,30", "2026-01-01", "2026-03-31")).toEqual([
      "2026-01-30",
      "2026-01-31",
      "2026-02-28",
      "2026-03-30",
      "2026-03-31",
    ]);
  });

  it("pick by position out of the whole month, also from before DTSTART", () => {
    expect(instances("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-01-01", "2026-03-31")).toEqual([
      "2026-01-30",
      "2026-02-27",
      "2026-03-31",
    ]);
    expect(instances("FREQ=MONTHLY;BYMONTHDAY=1,2,3;BYSETPOS=2", "2026-01-03", "2026-03-31")).toEqual([
      "2026-02-02",
      "2026-03-02",
    ]);
  });

  it("join counted and plain weekdays, and narrow them by the day of the month", () => {
    expect(instances("FREQ=MONTHLY;BYDAY=MO,2TU", "2026-06-01", "2026-06-30")).toEqual([
      "2026-06-01",
      "2026-06-08",
      "2026-06-09",
      "2026-06-15",
      "2026-06-22",
      "2026-06-29",
    ]);
    expect(instances("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "2026-01-01", "2026-12-31")).toEqual([
      "2026-02-13",
      "2026-03-13",
      "2026-11-13",
    ]);
  });
});

describe("weeks", () => {
  it("of every other week begin where WKST says", () => {
    const rule = "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU";
    expect(instances(`${rule};WKST=MO`, "1997-08-05", "1998-01-01")).toEqual([
      "1997-08-05",
      "1997-08-10",
      "1997-08-19",
      "1997-08-24",
    ]);
    expect(instances(`${rule};WKST=SU`, "1997-08-05", "1998-01-01")).toEqual([
      "1997-08-05",
      "1997-08-17",
      "1997-08-19",
      "1997-08-31",
    ]);
  });

  it("ignore the ordinals they must not have", () => {
    expect(instances("FREQ=WEEKLY;BYDAY=2MO", "2026-06-01", "2026-06-15")).toEqual([
      "2026-06-01",
      "2026-06-08",
      "2026-06-15",
    ]);
  });
});

describe("hours and below", () => {
  it("step over days and hours that do not pass, keeping their rhythm", () => {
    expect(instances("FREQ=HOURLY;INTERVAL=7;BYDAY=MO", "2026-06-01T00:00", "2026-06-08T23:00")).toEqual([
      "2026-06-01",
      "2026-06-01T07:00",
      "2026-06-01T14:00",
      "2026-06-01T21:00",
      "2026-06-08",
      "2026-06-08T07:00",
      "2026-06-08T14:00",
      "2026-06-08T21:00",
    ]);
    expect(instances("FREQ=MINUTELY;INTERVAL=25;BYHOUR=9", "2026-06-01T08:50", "2026-06-02T23:00")).toEqual([
      "2026-06-01T09:15",
      "2026-06-01T09:40",
      "2026-06-02T09:00",
      "2026-06-02T09:25",
      "2026-06-02T09:50",
    ]);
  });

  it("expand below their own unit", () => {
    expect(
      instances("FREQ=HOURLY;BYMINUTE=0,30;BYSECOND=15", "2026-06-01T08:00:15", "2026-06-01T09:59"),
    ).toEqual(["2026-06-01T08:00:15", "2026-06-01T08:30:15", "2026-06-01T09:00:15", "2026-06-01T09:30:15"]);
  });
});

it("counts from the start, wherever it is looked at", () => {
  expect(instances("FREQ=DAILY;COUNT=3", "2026-06-01", "2027-01-01", "2026-06-03")).toEqual(["2026-06-03"]);
  expect(instances("FREQ=DAILY;INTERVAL=3", "1990-01-01", "2030-01-04", "2030-01-01")).toEqual([
    "2030-01-01",
    "2030-01-04",
  ]);
});

describe("rules without end", () => {
  const century = (rule: string) => instances(rule, "1990-01-01T09:00", "2031-06-01", "2030-01-01");

  it("that never happen give nothing, soon", () => {
    for (const frequency of ["YEARLY", "MONTHLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY"]) {
      expect(century(`FREQ=${frequency};BYMONTH=2;BYMONTHDAY=30`)).toEqual([]);
      expect(century(`FREQ=${frequency};BYMONTH=2;BYMONTHDAY=30;COUNT=5`)).toEqual([]);
    }
    expect(century("FREQ=SECONDLY;INTERVAL=86400;BYHOUR=3")).toEqual([]);
    expect(century("FREQ=YEARLY;INTERVAL=999999999")).toEqual([]);
  });

  it("that happen too often are refused, never cut short", () => {
    const all = Array.from({ length: 60 }, (_, index) => index).join(",");
    const often = [
      "FREQ=SECONDLY",
      "FREQ=SECONDLY;COUNT=999999999",
      `FREQ=YEARLY;BYHOUR=1,2,3;BYMINUTE=${all};BYSECOND=${all};BYDAY=MO,TU,WE,TH,FR`,
    ];
    for (const rule of often) expect(() => century(rule)).toThrow("take too long");
  });
});

describe("parsing a rule", () => {
  it("tolerates case, blanks, empty and unknown parts", () => {
    expect(parseRule("freq=weekly; byday=mo,,tu;X-ODD=1;COUNT=;INTERVAL=0;")).toEqual({
      frequency: "WEEKLY",
      interval: 1,
      weekStart: 0,
      byDay: [
        { weekday: 0, ordinal: 0 },
        { weekday: 1, ordinal: 0 },
      ],
    });
  });

  it("refuses what never happens or cannot be read", () => {
    const bad = [
      "",
      "FREQ=OFTEN",
      "BYDAY=MO",
      "FREQ=MINUTELY;BYHOUR=25",
      "FREQ=DAILY;BYMONTHDAY=0",
      "FREQ=DAILY;COUNT=0",
      "FREQ=DAILY;COUNT=x",
      "FREQ=DAILY;BYDAY=XX",
      "FREQ=DAILY;UNTIL=later",
      "RSCALE=CHINESE;FREQ=YEARLY",
    ];
    for (const rule of bad) expect(() => parseRule(rule), rule).toThrow("repeat rule");
  });
});
