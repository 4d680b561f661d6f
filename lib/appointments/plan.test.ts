import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { expandRecurrence, findPosition } from "@/lib/ical/expand-recurrence";
import { readTime } from "@/lib/providers/meaning";
import type { OccurrenceTime } from "@/lib/providers/provider";
import { planChange, planRemoval } from "./plan";
import type { Patch, Range } from "./schema";
import { type Content, isRepeating, type RepeatingSeries, type Series, withException } from "./series";

// What an edit means is said here once more, on the list of all occurrences instead of on rules: each is taken by itself,
// on the wall clock, by another library.

const zone = "Europe/Berlin";
type Seen = Content & { key: string; position: string };
const words = ["title", "description", "location"] as const;

/** In order of their places in the series; what starts after the end is left out. */
function seen(series: Series | null, end: string): Seen[] {
  if (!series) return [];
  if (!isRepeating(series)) return [{ ...contentOf(series), key: "", position: startOf(series.time) }];
  const window = { start: new Date("2026-11-01"), end: new Date(end), timeZone: zone };
  return expandRecurrence(series, window)
    .map(({ key, time }) => {
      const says = series.recurrence.exceptions.find((each) => each.key === key)?.says;
      return { ...contentOf(says ? { ...says, time } : { ...series, time }), key, position: key };
    })
    .sort((a, b) => (a.position < b.position ? -1 : 1));
}

const contentOf = ({ title, description, location, time }: Content): Content => ({
  ...{ title, description, location, time },
});
const startOf = (time: OccurrenceTime) =>
  time.kind === "allDay" ? time.startDay : time.startsAt.toISOString();

type Shift = { days: number; minutes: number; longer: number };

/** On the wall clock; with the length of `like`, or its own. */
function shifted(
  time: OccurrenceTime,
  { days, minutes, longer }: Shift,
  like: OccurrenceTime | null = time,
): OccurrenceTime {
  const length = lengthOf(like && longer > 0 ? like : time) + (like ? longer * unit[time.kind] : 0);
  if (time.kind === "allDay") {
    const start = Temporal.PlainDate.from(time.startDay).add({ days });
    return { kind: "allDay", startDay: `${start}`, endDay: `${start.add({ days: length / unit.allDay })}` };
  }
  const startsAt = Temporal.Instant.fromEpochMilliseconds(time.startsAt.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .add({ days })
    .add({ minutes })
    .toZonedDateTime(zone).epochMilliseconds;
  return { kind: "timed", startsAt: new Date(startsAt), endsAt: new Date(startsAt + length) };
}

const unit = { allDay: 86_400_000, timed: 60_000 };

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const end = fc.oneof(
  fc.constant(""),
  fc.integer({ min: 1, max: 40 }).map((count) => `;COUNT=${count}`),
  fc.integer({ min: 1, max: 28 }).map((day) => `;UNTIL=202704${String(day).padStart(2, "0")}`),
);
const rule = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 9 }), end).map(([n, end]) => `FREQ=DAILY;INTERVAL=${n}${end}`),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.subarray(weekdays), end)
    .map(
      ([n, days, end]) => `FREQ=WEEKLY;INTERVAL=${n}${days.length ? `;BYDAY=${days.join(",")}` : ""}${end}`,
    ),
);
const first = fc
  .record({
    day: fc.integer({ min: 1, max: 28 }),
    hour: fc.integer({ min: 6, max: 18 }),
    isAllDay: fc.boolean(),
  })
  .map(({ day, hour, isAllDay }): OccurrenceTime => {
    const date = Temporal.PlainDate.from({ year: 2027, month: 2, day });
    if (isAllDay)
      return { kind: "allDay", startDay: date.toString(), endDay: date.add({ days: 1 }).toString() };
    const at = date.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds;
    return { kind: "timed", startsAt: new Date(at), endsAt: new Date(at + 3_600_000) };
  });
const someShift = fc.record({
  days: fc.integer({ min: -3, max: 3 }),
  minutes: fc.integer({ min: -20, max: 20 }),
  longer: fc.integer({ min: 0, max: 3 }),
});
const somePatch = fc.record(
  { title: fc.constantFrom("A", "B", "C"), location: fc.constantFrom("Here", null) },
  { requiredKeys: [] },
);
const someEdit = fc.record({
  pick: fc.nat(200),
  range: fc.constantFrom<Range>("this", "following", "all"),
  patch: somePatch,
  shift: fc.option(someShift),
  isRemoval: fc.boolean(),
  /** A form sends all that it shows. */
  isForm: fc.boolean(),
});
type Edit = Parameters<Parameters<typeof someEdit.map>[0]>[0];

function makeSeries(time: OccurrenceTime, rule: string): RepeatingSeries {
  const once = { title: "A", description: null, location: null, projectId: null, time, timeZone: zone };
  const { here } = planChange({ ...once, recurrence: null }, { recurrence: { rule } });
  if (!here || !isRepeating(here)) throw new Error("It does not repeat.");
  return here;
}

/** What everybody would expect, occurrence by occurrence. */
function expected(
  before: Seen[],
  at: Seen,
  { range, patch, shift, isRemoval }: Edit,
  series: Series,
): Seen[] {
  const isMeant = ({ position }: Seen) =>
    range === "all" || (range === "this" ? position === at.position : position >= at.position);
  if (isRemoval) return before.filter((each) => !isMeant(each));
  const changes = words.filter(
    (name) => patch[name as "title"] !== undefined && patch[name as "title"] !== at[name],
  );
  return before.map((each) => {
    if (!isMeant(each)) return each;
    const own = changes.filter((name) => each.position === at.position || each[name] === series[name]);
    const isUsual = [lengthOf(at.time), lengthOf(series.time)].includes(lengthOf(each.time));
    return {
      ...each,
      ...Object.fromEntries(own.map((name) => [name, patch[name as "title"]])),
      ...(shift && { time: shifted(each.time, shift, isUsual ? at.time : null) }),
    };
  });
}

function lengthOf(time: OccurrenceTime): number {
  if (time.kind === "timed") return time.endsAt.getTime() - time.startsAt.getTime();
  return Date.parse(time.endDay) - Date.parse(time.startDay);
}

const horizon = "2027-08-01";
const far = "2027-06-15";
/** As text, since the order of those that begin together says nothing. */
const comparable = (list: Seen[]) =>
  list
    .filter(({ time }) => startOf(time) < far)
    .map(({ time, title, description, location }) => [time, title, description, location])
    .map((each) => JSON.stringify(each))
    .sort();

function carryOut(all: Series[], index: number, key: string, edit: Edit, at: Seen): Series[] {
  const series = all[index];
  if (!series) throw new Error("There is no such series.");
  const occurrence = isRepeating(series) ? { key, range: edit.range } : undefined;
  const time = edit.shift && shifted(at.time, edit.shift);
  const { projectId, timeZone, recurrence } = series;
  const shown = {
    ...contentOf(at),
    projectId,
    timeZone,
    recurrence: recurrence && { rule: recurrence.rule },
  };
  const patch: Patch = { ...(edit.isForm && shown), ...edit.patch, ...(time && { time }) } as Patch;
  const others = all.filter((_, n) => n !== index);
  if (edit.isRemoval) return [...others, ...[planRemoval(series, occurrence) ?? []].flat()];
  const { here, beyond } = planChange(series, patch, occurrence);
  return [...others, ...(here ? [here] : []), ...(beyond ? [beyond] : [])];
}

test("any row of edits does to each occurrence what it says, and to no other", () => {
  fc.assert(
    fc.property(first, rule, fc.array(someEdit, { minLength: 1, maxLength: 6 }), (time, rule, edits) => {
      let all: Series[] = [makeSeries(time, rule)];
      for (const edit of edits) {
        const before = all.map((series) => seen(series, horizon));
        const index = edit.pick % Math.max(1, all.length);
        const series = all[index];
        // Not the last ones of what never ends: what follows them is beyond what is looked at.
        const own = (before[index] ?? []).filter((each) => startOf(each.time) < "2027-04-20");
        const at = own[edit.pick % Math.max(1, own.length)];
        if (!series || !at || Math.abs(drift(at, series)) > 20) break;
        const wanted = before.flatMap((list, n) => (n === index ? expected(list, at, edit, series) : list));
        all = carryOut(all, index, at.key, edit, at);
        expect(comparable(all.flatMap((each) => seen(each, horizon)))).toEqual(comparable(wanted));
      }
    }),
    { numRuns: 300 },
  );
}, 30_000);

/** Days between where an occurrence is and where its series has it: what was moved far away leaves the test's window. */
function drift({ time, position }: Seen, series: Series): number {
  if (!isRepeating(series)) return 0;
  return (Date.parse(startOf(time)) - Date.parse(position)) / 86_400_000;
}

test("an exception stands for an occurrence of its rule, once, and says something else", () => {
  fc.assert(
    fc.property(first, rule, fc.array(someEdit, { maxLength: 6 }), (time, rule, edits) => {
      let all: Series[] = [makeSeries(time, rule)];
      for (const edit of edits) {
        const [series] = all;
        const own = seen(series ?? null, "2027-04-20");
        const at = own[edit.pick % Math.max(1, own.length)];
        if (!at) break;
        all = carryOut(all, 0, at.key, edit, at);
      }
      for (const series of all.filter(isRepeating)) {
        const keys = series.recurrence.exceptions.map(({ key }) => key);
        expect(keys).toEqual([...new Set(keys)].sort());
        for (const { key, says } of series.recurrence.exceptions) {
          expect(findPosition(series, key)).not.toBeNull();
          if (says) expect(readTime(says.time).kind).toBe(series.time.kind);
        }
      }
    }),
    { numRuns: 80 },
  );
}, 30_000);

const at = (day: string, hour: number, length = 60): OccurrenceTime => {
  const startsAt = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: zone, plainTime: { hour } });
  const start = startsAt.epochMilliseconds;
  return { kind: "timed", startsAt: new Date(start), endsAt: new Date(start + length * 60_000) };
};
const days = (startDay: string, endDay: string): OccurrenceTime => ({ kind: "allDay", startDay, endDay });
const starts = (series: Series | null, until = "2028-01-01") =>
  seen(series, until).map(({ time }) =>
    time.kind === "allDay"
      ? time.startDay
      : Temporal.Instant.fromEpochMilliseconds(time.startsAt.getTime())
          .toZonedDateTimeISO(zone)
          .toPlainDateTime()
          .toString({ smallestUnit: "minute" }),
  );
const change = (series: Series, patch: object, key?: string, range: Range = "all") =>
  planChange(series, patch as Patch, key === undefined ? undefined : { key, range });
const ruleOf = (series: Series | null) => series?.recurrence?.rule;

describe("a rule", () => {
  test("begins with the first day it gives, and is counted from there", () => {
    // A Monday.
    const tuesdays = makeSeries(at("2027-02-01", 10), "FREQ=WEEKLY;BYDAY=TU;COUNT=2");
    expect(tuesdays.time).toEqual(at("2027-02-02", 10));
    expect(starts(tuesdays)).toEqual(["2027-02-02T10:00", "2027-02-09T10:00"]);
  });

  test("ends on a whole day, said in the kind of its start", () => {
    const until = (time: OccurrenceTime, text: string) =>
      ruleOf(makeSeries(time, `FREQ=DAILY;UNTIL=${text}`))?.split("UNTIL=")[1];
    expect(until(at("2027-02-01", 10), "20270210")).toBe("20270210T225959Z");
    expect(until(at("2027-02-01", 10), "20270210T085959Z")).toBe("20270209T225959Z");
    expect(until(days("2027-02-01", "2027-02-02"), "20270210T100000Z")).toBe("20270210");
  });

  test("is kept in one spelling, however it was typed", () => {
    const typed = [
      "RRULE:FREQ=WEEKLY;BYDAY=MO,WE",
      "freq=weekly;byday=mo, we;",
      " FREQ = WEEKLY ; BYDAY = MO , WE",
    ];
    for (const rule of typed)
      expect(ruleOf(makeSeries(at("2027-02-01", 10), rule))).toBe("FREQ=WEEKLY;BYDAY=MO,WE");
  });

  test.each([
    ["FREQ=HOURLY", "within a day"],
    ["FREQ=DAILY;BYHOUR=9,15", "time of day"],
    ["FREQ=DAILY;COUNT=3;UNTIL=20280101", "not both"],
    ["FREQ=DAILY;COUNT=1001", "1000 times"],
    ["FREQ=YEARLY;COUNT=1000", "too far"],
    ["FREQ=DAILY;UNTIL=99991231", "too far"],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never comes true"],
    ["FREQ=DAILY;UNTIL=20200101", "never comes true"],
    ["FREQ=DAILY;BYDAY=XX", "weekday"],
    ["COUNT=3", "no known frequency"],
    ["every Monday", "RRULE"],
    ["FREQ=DAILY;INTERVAL=0", "RRULE"],
    ["FREQ=DAILY;COUNT=2;COUNT=5", "RRULE"],
    ["FREQ=DAILY;X=1\r\nATTENDEE:mailto:somebody@example.com", "RRULE"],
  ])("%s is refused by name", (rule, words) => {
    expect(() => makeSeries(at("2027-02-01", 10), rule)).toThrow(
      expect.objectContaining({
        code: "invalid",
        field: "recurrence.rule",
        message: expect.stringContaining(words),
      }),
    );
  });
});

describe("the whole series moved by one of its occurrences", () => {
  test.each([
    ["FREQ=MONTHLY;COUNT=3", "2027-02-15", "2027-02-17", ["2027-02-17", "2027-03-17", "2027-04-17"]],
    ["FREQ=MONTHLY;BYMONTHDAY=15;COUNT=2", "2027-02-15", "2027-02-17", ["2027-02-17", "2027-03-17"]],
    ["FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", "2027-02-28", "2027-02-27", ["2027-02-27", "2027-03-30"]],
    [
      "FREQ=MONTHLY;BYDAY=2MO;COUNT=3",
      "2027-02-08",
      "2027-02-09",
      ["2027-02-09", "2027-03-09", "2027-04-13"],
    ],
    ["FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "2027-02-26", "2027-02-25", ["2027-02-25", "2027-03-25"]],
    ["FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=15;COUNT=1", "2027-02-15", "2027-03-01", ["2027-03-01"]],
    [
      "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=3",
      "2027-02-01",
      "2027-02-02",
      ["2027-02-02", "2027-02-08", "2027-02-16"],
    ],
  ])("%s from %s to %s", (rule, from, to, wanted) => {
    const series = makeSeries(at(from, 10), rule);
    const key = new Date(series.time.kind === "timed" ? series.time.startsAt : 0).toISOString();
    const { here } = change(series, { time: at(to, 10) }, key);
    expect(starts(here)).toEqual(wanted.map((day) => `${day}T10:00`));
  });

  test("is refused where nobody can tell how it repeats from then on", () => {
    const series = makeSeries(at("2027-02-26", 10), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
    expect(() => change(series, { time: at("2027-02-25", 10) })).toThrow(
      expect.objectContaining({ field: "recurrence.rule" }),
    );
  });

  test("takes along what is off, also where the distance is another one", () => {
    // The second Monday of June is the 14th, its second Tuesday the 8th.
    const off = withException(
      makeSeries(at("2027-05-10", 10), "FREQ=MONTHLY;BYDAY=2MO;COUNT=2"),
      "2027-06-14T08:00:00.000Z",
      null,
    );
    expect(starts(change(off, { time: at("2027-05-11", 10) }).here)).toEqual(["2027-05-11T10:00"]);
  });

  test("becomes days, and times again, with what is off", () => {
    const series = makeSeries(at("2027-03-27", 10), "FREQ=DAILY;UNTIL=20270330");
    const off = withException(series, "2027-03-28T08:00:00.000Z", null);
    const { here } = change(off, { time: days("2027-03-28", "2027-03-29") });
    expect(starts(here)).toEqual(["2027-03-28", "2027-03-30", "2027-03-31"]);
    const back = change(here ?? off, { time: at("2027-03-27", 9) }).here;
    expect(starts(back)).toEqual(["2027-03-27T09:00", "2027-03-29T09:00", "2027-03-30T09:00"]);
  });

  test("keeps its wall clock in another zone", () => {
    const series = makeSeries(at("2027-03-27", 10), "FREQ=DAILY;COUNT=3");
    const off = withException(series, "2027-03-28T08:00:00.000Z", null);
    const { here } = change(off, { timeZone: "America/New_York" });
    // 10:00 in Berlin is 05:00 in New York, whose clocks changed two weeks before.
    expect(here?.recurrence?.exceptions).toEqual([{ key: "2027-03-28T09:00:00.000Z", says: null }]);
    expect(starts(here)).toEqual(["2027-03-27T10:00", "2027-03-29T11:00"]);
  });
});

describe("some occurrences", () => {
  const daily = makeSeries(at("2027-02-01", 10), "FREQ=DAILY;COUNT=4");
  const key = (day: number) => `2027-02-0${day}T09:00:00.000Z`;

  test("this and those after: what was counted stays counted", () => {
    const { here, beyond } = change(daily, { title: "B" }, key(3), "following");
    expect([ruleOf(here), ruleOf(beyond)]).toEqual([
      "FREQ=DAILY;UNTIL=20270202T225959Z",
      "FREQ=DAILY;COUNT=2",
    ]);
    expect([here?.title, beyond?.title]).toEqual(["A", "B"]);
  });

  test("those from the first on are all of it", () => {
    expect(change(daily, { title: "B" }, key(1), "following").beyond).toBeNull();
  });

  test("a change that says nothing new splits nothing, and makes no exception", () => {
    expect(change(daily, { title: "A", time: daily.time }, key(1), "following")).toEqual({
      here: daily,
      beyond: null,
    });
    expect(change(daily, { title: "A", time: at("2027-02-02", 10) }, key(2), "this").here).toEqual(daily);
  });

  test("an exception that was taken back is none", () => {
    const { here } = change(daily, { title: "B" }, key(2), "this");
    expect(here?.recurrence?.exceptions).toHaveLength(1);
    expect(change(here ?? daily, { title: "A" }, key(2), "this").here).toEqual(daily);
  });

  test("the last one that goes takes the series with it", () => {
    const once = makeSeries(at("2027-02-01", 10), "FREQ=DAILY;COUNT=1");
    expect(planRemoval(once, { key: key(1), range: "this" })).toBeNull();
    expect(planRemoval(daily, { key: key(1), range: "following" })).toBeNull();
    expect(starts(planRemoval(daily, { key: key(2), range: "following" }))).toEqual(["2027-02-01T10:00"]);
  });

  test("cannot lie elsewhere, repeat otherwise or become days alone, and must be there", () => {
    const refusals: [object, string, string][] = [
      [{ projectId: "6f0e3cf6-6d6a-4d5c-9a39-0c3a6a1c9a51" }, key(2), "projectId"],
      [{ recurrence: null }, key(2), "recurrence"],
      [{ time: days("2027-02-02", "2027-02-03") }, key(2), "time"],
      [{ title: "B" }, key(5), "occurrence.key"],
      [{ title: "B" }, "yesterday", "occurrence.key"],
    ];
    for (const [patch, at, field] of refusals)
      expect(() => change(daily, patch, at, "this")).toThrow(
        expect.objectContaining({ code: "invalid", field }),
      );
  });

  test("no longer repeating, it is the one somebody had before them", () => {
    const { here, beyond } = change(daily, { recurrence: null }, key(3), "following");
    expect([starts(here), starts(beyond)]).toEqual([
      ["2027-02-01T10:00", "2027-02-02T10:00"],
      ["2027-02-03T10:00"],
    ]);
  });

  test("another rule keeps the exceptions that still stand for something", () => {
    const two = withException(withException(daily, key(2), null), key(3), null);
    const { here } = change(two, { recurrence: { rule: "FREQ=DAILY;INTERVAL=2;COUNT=3" } });
    expect(starts(here)).toEqual(["2027-02-01T10:00", "2027-02-05T10:00"]);
  });
});
