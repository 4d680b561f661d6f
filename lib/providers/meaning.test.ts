import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasMeaningOf, isSameTime, type Meaning, meaningKey, meaningOf } from "./meaning";
import type { OccurrenceTime, RemoteCopy } from "./provider";
import type { RecurrenceException } from "./recurrence";

const timed = (from: string, to: string): OccurrenceTime => ({
  kind: "timed",
  startsAt: new Date(from),
  endsAt: new Date(to),
});
const days = (startDay: string, endDay: string): OccurrenceTime => ({ kind: "allDay", startDay, endDay });
const meeting: Meaning = {
  title: "Meeting",
  description: null,
  location: null,
  time: timed("2026-03-02T09:00:00Z", "2026-03-02T10:00:00Z"),
};
const series: Meaning = {
  ...meeting,
  timeZone: "Europe/Berlin",
  recurrence: { rule: "FREQ=WEEKLY;BYDAY=MO,TU", exceptions: [] },
};
const off: RecurrenceException = { key: "2026-03-09T09:00:00.000Z", says: null };
const moved: RecurrenceException = {
  key: "2026-03-16T09:00:00.000Z",
  says: {
    title: "Meeting, later",
    description: null,
    location: null,
    time: { kind: "timed", startsAt: "2026-03-16T11:00:00.000Z", endsAt: "2026-03-16T12:00:00.000Z" },
  },
};
const withRule = (rule: string, exceptions: RecurrenceException[] = []): Meaning => ({
  ...series,
  recurrence: { rule, exceptions },
});
const copyOf = (meaning: Meaning, isRecurring: boolean): RemoteCopy => ({
  ...meaning,
  id: "1",
  etag: null,
  uid: "1",
  isRecurring,
  updatedAt: null,
});

describe("what takes place once", () => {
  test("has the key it always had: hashes of it are kept", () => {
    const key = '["Meeting",null,null,"2026-03-02T09:00:00.000Z/2026-03-02T10:00:00.000Z"]';
    expect(meaningKey(meeting)).toBe(key);
    expect(meaningKey({ ...meeting, recurrence: null, timeZone: "Europe/Berlin" })).toBe(key);
    expect(meaningKey({ ...meeting, time: days("2026-03-02", "2026-03-03") })).toBe(
      '["Meeting",null,null,"2026-03-02/2026-03-03"]',
    );
  });

  test("says the same through other line ends, outer white space and parts of a second", () => {
    const odd = {
      title: " Meeting\r\n",
      description: " \r\n",
      location: "",
      time: timed("2026-03-02T09:00:00.900Z", "2026-03-02T10:00:00.100Z"),
    };
    expect(meaningKey(odd)).toBe(meaningKey(meeting));
    expect(meaningOf(odd)).toEqual(meeting);
  });

  test("a day is no time, whatever its instants", () => {
    expect(
      isSameTime(days("2026-03-02", "2026-03-03"), timed("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z")),
    ).toBe(false);
  });
});

describe("what repeats", () => {
  test("says something else than its first occurrence", () => {
    expect(meaningKey(series)).not.toBe(meaningKey(meeting));
    expect(hasMeaningOf(copyOf(series, true), series)).toBe(true);
    expect(hasMeaningOf(copyOf(meeting, false), series)).toBe(false);
  });

  test("in a way no draft can say is no copy of any", () => {
    expect(hasMeaningOf(copyOf(meeting, true), meeting)).toBe(false);
    expect(hasMeaningOf(copyOf({ ...series, recurrence: null }, true), series)).toBe(false);
  });

  test.each(["freq=weekly;byday=tu,mo", "BYDAY=MO,TU;FREQ=WEEKLY;INTERVAL=1;WKST=MO"])(
    "says the same in another spelling: %s",
    (rule) => expect(meaningKey(withRule(rule))).toBe(meaningKey(series)),
  );

  test.each([
    ["another rule", withRule("FREQ=WEEKLY;BYDAY=MO")],
    ["an end", withRule("FREQ=WEEKLY;BYDAY=MO,TU;COUNT=3")],
    ["another zone", { ...series, timeZone: "Europe/London" }],
    ["an occurrence that is off", withRule("FREQ=WEEKLY;BYDAY=MO,TU", [off])],
    ["an occurrence that differs", withRule("FREQ=WEEKLY;BYDAY=MO,TU", [moved])],
  ])("says something else with %s", (_what, other) => {
    expect(meaningKey(other)).not.toBe(meaningKey(series));
  });

  test("on days is in no zone", () => {
    const allDay = { ...series, time: days("2026-03-02", "2026-03-03") };
    expect(meaningKey({ ...allDay, timeZone: null })).toBe(meaningKey(allDay));
    expect(meaningKey({ ...series, timeZone: null })).not.toBe(meaningKey(series));
  });

  test("names its exceptions in any order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([off, moved]), fc.shuffledSubarray([off, moved]), (one, other) => {
        const isSame = one.length === other.length && one.every((each) => other.includes(each));
        const rule = "FREQ=DAILY";
        expect(meaningKey(withRule(rule, one)) === meaningKey(withRule(rule, other))).toBe(isSame);
      }),
    );
  });

  test("and its exceptions are compared by what they say", () => {
    const says = moved.says && { ...moved.says, title: "Meeting, later ", location: " " };
    expect(meaningKey(withRule("FREQ=DAILY", [{ ...moved, says }]))).toBe(
      meaningKey(withRule("FREQ=DAILY", [moved])),
    );
  });
});
