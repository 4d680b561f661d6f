import { describe, expect, it, vi } from "vitest";
import * as time from "./time";

const at = (iso: string) => new Date(iso);
const slots = (...starts: string[]) => starts.map(at);
const days = (starts: Date[], zone: string) =>
  Object.fromEntries(
    [...time.groupByDay(starts, (start) => start, zone)].map(([day, items]) => [day, items.length]),
  );

describe("days", () => {
  it("are the visitor's own, on either side of the date line", () => {
    const instant = at("2026-03-18T10:30:00Z");
    expect(time.dayOf(instant, "Pacific/Kiritimati")).toBe("2026-03-19");
    expect(time.dayOf(instant, "Pacific/Pago_Pago")).toBe("2026-03-17");
    expect(time.dayOf(instant, "Europe/Berlin")).toBe("2026-03-18");
  });

  it("group slots across the visitor's midnight", () => {
    const starts = slots("2026-03-18T17:30:00Z", "2026-03-18T18:30:00Z", "2026-03-18T19:00:00Z");
    expect(days(starts, "Asia/Kolkata")).toEqual({ "2026-03-18": 1, "2026-03-19": 2 });
    expect(days(starts, "America/New_York")).toEqual({ "2026-03-18": 3 });
  });

  it("stay whole where the clock skips and where it repeats", () => {
    const skips = slots(
      "2026-03-28T22:59:00Z",
      "2026-03-28T23:00:00Z",
      "2026-03-29T21:59:00Z",
      "2026-03-29T22:00:00Z",
    );
    expect(days(skips, "Europe/Berlin")).toEqual({ "2026-03-28": 1, "2026-03-29": 2, "2026-03-30": 1 });
    const repeats = slots("2026-10-24T22:00:00Z", "2026-10-25T22:59:00Z", "2026-10-25T23:00:00Z");
    expect(days(repeats, "Europe/Berlin")).toEqual({ "2026-10-25": 2, "2026-10-26": 1 });
  });

  it("move by days and months without falling off a short month", () => {
    expect(time.addDays("2026-02-28", 1)).toBe("2026-03-01");
    expect(time.addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(time.addMonths("2026-11", 3)).toBe("2027-02");
    expect(time.addMonths("2026-01", -1)).toBe("2025-12");
    expect(time.addMonthsToDay("2026-01-31", 1)).toBe("2026-02-28");
    expect(time.addMonthsToDay("2028-02-29", 12)).toBe("2029-02-28");
  });

  it("know which meetings run past midnight", () => {
    const late = ["2026-03-18T22:45:00Z", "2026-03-18T23:15:00Z"].map(at) as [Date, Date];
    expect(time.crossesMidnight(...late, "Europe/Berlin")).toBe(true);
    expect(time.crossesMidnight(...late, "Europe/London")).toBe(false);
    expect(
      time.crossesMidnight(at("2026-03-18T22:30:00Z"), at("2026-03-18T23:00:00Z"), "Europe/Berlin"),
    ).toBe(false);
  });
});

describe("the month grid", () => {
  it("begins where the week does", () => {
    expect(time.monthGrid("2026-03", 1)[0]).toEqual([null, null, null, null, null, null, "2026-03-01"]);
    expect(time.monthGrid("2026-03", 0)[0]?.[0]).toBe("2026-03-01");
    expect(time.monthGrid("2026-03", 6)[0]).toEqual([
      null,
      ...["01", "02", "03", "04", "05", "06"].map((day) => `2026-03-${day}`),
    ]);
  });

  it("has four to six weeks of seven, holding each day once", () => {
    for (let month = "2026-01"; month < "2029-01"; month = time.addMonths(month, 1)) {
      const weeks = time.monthGrid(month, 1);
      expect(weeks.every((week) => week.length === 7)).toBe(true);
      expect(weeks.flat().filter(Boolean)).toHaveLength(time.daysIn(month));
    }
    expect(time.monthGrid("2027-02", 1)).toHaveLength(4);
    expect(time.monthGrid("2026-08", 1)).toHaveLength(6);
  });

  it("names the weekdays from the first of the week", () => {
    expect(time.weekdayNames(1, "en-GB", "long")[0]).toBe("Monday");
    expect(time.weekdayNames(0, "en-US", "short")).toEqual(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]);
  });
});

describe("clocks", () => {
  const clock = { timeZone: "Europe/Berlin", locale: "en-GB", hour12: false };

  it("count to 12 or to 24", () => {
    expect(time.formatTime(at("2026-03-18T23:05:00Z"), clock)).toBe("00:05");
    expect(time.formatTime(at("2026-03-18T23:05:00Z"), { ...clock, hour12: true })).toMatch(/^12:05\sam$/i);
    expect(time.formatTime(at("2026-03-18T12:30:00Z"), { ...clock, locale: "en-US", hour12: true })).toBe(
      "1:30\u00a0PM",
    );
  });

  it("print the offset of the date, not of today", () => {
    expect(time.formatOffset(at("2026-03-28T12:00:00Z"), "Europe/Berlin")).toBe("GMT+1");
    expect(time.formatOffset(at("2026-03-29T12:00:00Z"), "Europe/Berlin")).toBe("GMT+2");
    expect(time.formatOffset(at("2026-03-29T12:00:00Z"), "Asia/Kolkata")).toBe("GMT+5:30");
    expect(time.formatOffset(at("2026-03-29T12:00:00Z"), "America/New_York")).toBe("GMT\u22124");
    expect(time.formatOffset(at("2026-01-29T12:00:00Z"), "Europe/London")).toBe("GMT");
    expect(time.zoneName(at("2026-07-01T12:00:00Z"), "Europe/Berlin")).toBe("Central European Summer Time");
  });

  it("agree only while the offsets do", () => {
    expect(time.isSameClock(at("2026-03-18T12:00:00Z"), "America/New_York", "America/Phoenix")).toBe(false);
    expect(time.isSameClock(at("2026-03-18T12:00:00Z"), "Europe/Berlin", "Africa/Lagos")).toBe(true);
    expect(time.isSameClock(at("2026-07-18T12:00:00Z"), "Europe/Berlin", "Africa/Lagos")).toBe(false);
  });

  it("spell the date with its weekday", () => {
    expect(time.formatDay("2026-03-18", "en-GB")).toBe("Wednesday 18 March 2026");
    expect(time.formatDate(at("2026-03-18T23:30:00Z"), clock)).toBe("Thursday 19 March 2026");
  });
});

describe("languages", () => {
  it("decide the English, the clock and the week", () => {
    expect(["en-US", "en-AU", "de-DE", "pt-BR", "not a language"].map(time.englishOf)).toEqual([
      "en-US",
      "en-AU",
      "en-GB",
      "en-GB",
      "en-GB",
    ]);
    expect(["en-US", "en-GB", "de-DE", "ja-JP", "nonsense!"].map(time.usesHour12)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(["en-US", "de", "ar-EG", "pt-BR", "fr-FR", "x"].map(time.weekStartOf)).toEqual([0, 1, 6, 0, 1, 1]);
  });
});

describe("zones", () => {
  it("show a city people would type", () => {
    expect(
      ["Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "UTC"].map(time.zoneCity),
    ).toEqual(["Berlin", "Buenos Aires", "Kolkata", "UTC"]);
    expect(["Europe/Berlin", "Mars/Olympus", ""].map(time.isTimeZone)).toEqual([true, false, false]);
  });
});

describe("lengths", () => {
  it.each([
    [0, "none"],
    [1, "1 minute"],
    [90, "1 hour 30 minutes"],
    [240, "4 hours"],
    [2880, "2 days"],
    [1505, "1 day 1 hour 5 minutes"],
  ])("%i minutes are %s", (minutes, text) => {
    expect(time.formatLength(minutes)).toBe(text);
  });

  it("between two days count dates", () => {
    expect(time.daysBetween("2026-02-27", "2026-03-01")).toBe(2);
    expect(time.daysBetween("2026-03-01", "2026-02-27")).toBe(-2);
    expect(time.daysBetween("2026-03-01", "2026-03-01")).toBe(0);
  });
});

it("keeps no more formatters than there is use for, whatever languages browsers claim to read", () => {
  const { DateTimeFormat } = Intl;
  const made = vi.spyOn(Intl, "DateTimeFormat").mockImplementation(function make(...settings) {
    return new DateTimeFormat(...settings);
  });
  const write = (locale: string) => time.formatDay("2026-03-18", locale);
  expect(write("en-x-own")).toContain("2026");
  write("en-x-own");
  expect(made).toHaveBeenCalledTimes(1);
  for (let n = 0; n < 2_000; n++) write(`en-x-${n}`);
  write("en-x-own");
  expect(made).toHaveBeenCalledTimes(2_002);
  made.mockRestore();
});
