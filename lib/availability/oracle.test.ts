import { describe, expect, test } from "vitest";
import { expectSlots } from "./oracle";
import { changesOf } from "./oracle/change-days";
import { localOf } from "./oracle/clock";
import type { World } from "./oracle/world";
import { randomWorld } from "./random-cases";

type Changes = Partial<Omit<World, "host" | "eventType" | "question">> & {
  zone?: string;
  host?: Partial<World["host"]>;
  eventType?: Partial<World["eventType"]>;
  /** Local days or times of the zone in UTC, as the question has them. */
  ask: [from: string, to: string];
  now?: string;
  question?: Partial<World["question"]>;
};

/** A host with one event type of 30 minutes on a grid of 30, and nothing else but what is said. */
function world({ zone = "UTC", ask, now = "2000-01-01T00:00Z", ...changes }: Changes): World {
  return {
    schedule: { id: "schedule", timeZone: null },
    rules: [],
    overrides: [],
    blockedTimes: [],
    otherEventTypeId: "other",
    colleagueId: "colleague",
    projectIds: { root: "root", seen: "seen", unseen: "unseen" },
    bookings: [],
    appointments: [],
    calendars: [],
    targets: [],
    events: [],
    ...changes,
    host: { id: "host", timeZone: zone, tentativeBlocks: true, maxStalenessMinutes: 60, ...changes.host },
    eventType: {
      id: "asked",
      durationMinutes: 30,
      otherDurations: [],
      slotIntervalMinutes: 30,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      minimumNoticeMinutes: 0,
      bookingWindowKind: "date_range",
      bookingWindowDays: 60,
      windowFirstDay: "2001-01-01",
      windowLastDay: "2099-12-31",
      dailyLimit: null,
      weeklyLimit: null,
      dailyMinutesLimit: null,
      ...changes.eventType,
    },
    question: {
      from: new Date(ask[0]),
      to: new Date(ask[1]),
      now: new Date(now),
      durationMinutes: null,
      except: null,
      ...changes.question,
    },
  };
}

/** Starts in UTC, "DDTHH:MM". */
function starts(changes: Changes): string[] {
  return expectSlots(world(changes)).map(({ startsAt }) => startsAt.toISOString().slice(8, 16));
}

/** Starts as the schedule's clock shows them, "DDTHH:MM". */
function clocks(changes: Changes): string[] {
  const zone = changes.schedule?.timeZone ?? changes.zone ?? "UTC";
  return expectSlots(world(changes)).map(({ startsAt }) =>
    localOf(startsAt.getTime(), zone).toString().slice(8, 16),
  );
}

const minutes = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
const hours = (from: string, to: string) => ({ startMinute: minutes(from), endMinute: minutes(to) });
const everyDay = (from: string, to: string) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, ...hours(from, to) }));
const on = (day: string, from: string, to: string) => ({ day, ...hours(from, to) });
const none = (day: string) => ({ day, startMinute: null, endMinute: null });
const time = (from: string, to: string) => ({ startsAt: new Date(from), endsAt: new Date(to) });
const booking = (id: string, from: string, to: string): World["bookings"][number] => ({
  id,
  eventTypeId: "asked",
  ...time(from, to),
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  movesToStart: null,
  movesToEnd: null,
  status: "confirmed",
});

describe("changes of the clock", () => {
  test("Lord Howe: the first occurrence of a repeated half hour", () => {
    const zone = "Australia/Lord_Howe";
    const ask: Changes["ask"] = ["2026-04-04T12:00Z", "2026-04-05T00:00Z"];
    const eventType = { durationMinutes: 15, slotIntervalMinutes: 15 };
    // 01:30 to 02:00 (+11) comes again as +10:30.
    expect(starts({ zone, ask, eventType, rules: everyDay("01:30", "02:30") })).toEqual([
      "04T14:30",
      "04T14:45",
      "04T15:30",
      "04T15:45",
    ]);
    // The window ends at the first 01:45.
    expect(starts({ zone, ask, eventType, rules: everyDay("01:00", "01:45") })).toEqual([
      "04T14:00",
      "04T14:15",
      "04T14:30",
    ]);
  });

  test("Troll: of two repeated hours the first occurrence, once", () => {
    const zone = "Antarctica/Troll";
    // 25 October 2026: 03:00 (+2) becomes 01:00 (+0).
    expect(
      starts({
        zone,
        ask: ["2026-10-24T20:00Z", "2026-10-25T12:00Z"],
        rules: everyDay("00:30", "04:00"),
        eventType: { slotIntervalMinutes: 60 },
      }),
    ).toEqual(["24T22:30", "24T23:30", "25T00:30", "25T03:30"]);
  });

  test("Brussels: a start in the gap is the instant shown an hour later, each instant once", () => {
    const ask: Changes["ask"] = ["2026-03-28T23:00Z", "2026-03-29T12:00Z"];
    const rules = everyDay("01:00", "04:30");
    expect(clocks({ zone: "Europe/Brussels", ask, rules })).toEqual([
      "29T01:00",
      "29T01:30",
      "29T03:00",
      "29T03:30",
      "29T04:00",
    ]);
    const eventType = { durationMinutes: 10, slotIntervalMinutes: 25 };
    // 02:15 and 02:40 do not exist; the grid goes on at 03:05.
    expect(clocks({ zone: "Europe/Brussels", ask, rules, eventType })).toEqual([
      "29T01:00",
      "29T01:25",
      "29T01:50",
      "29T03:05",
      "29T03:15",
      "29T03:30",
      "29T03:40",
      "29T03:55",
      "29T04:20",
    ]);
  });

  test("Brussels: hours in the gap are shown an hour later, or are none", () => {
    const zone = "Europe/Brussels";
    const ask: Changes["ask"] = ["2026-03-28T23:00Z", "2026-03-29T12:00Z"];
    expect(clocks({ zone, ask, rules: everyDay("02:15", "02:45") })).toEqual(["29T03:15"]);
    expect(clocks({ zone, ask, rules: everyDay("02:30", "03:00") })).toEqual([]);
  });

  test("Apia: the date that never was has no hours, and nights go on over it", () => {
    const zone = "Pacific/Apia";
    const ask: Changes["ask"] = ["2011-12-29T10:00Z", "2012-01-01T10:00Z"];
    const eventType = { durationMinutes: 60, slotIntervalMinutes: 60 };
    expect(clocks({ zone, ask, eventType, rules: everyDay("09:00", "10:00") })).toEqual([
      "29T09:00",
      "31T09:00",
      "01T09:00",
    ]);
    const friday = [{ weekday: 5, ...hours("09:00", "10:00") }];
    expect(clocks({ zone, ask, eventType, rules: friday })).toEqual([]);
    expect(clocks({ zone, ask, eventType, overrides: [on("2011-12-30", "09:00", "10:00")] })).toEqual([]);
    const thursday = [{ weekday: 4, ...hours("22:00", "26:00") }];
    expect(clocks({ zone, ask, eventType, rules: thursday })).toEqual([
      "29T22:00",
      "29T23:00",
      "31T00:00",
      "31T01:00",
    ]);
  });

  test("Sao Paulo and Havana: days begin at 01:00, or have two midnights", () => {
    const eventType = { durationMinutes: 60, slotIntervalMinutes: 60 };
    const allDay = (startDay: string, endDay: string): Partial<Changes> => ({
      calendars: [
        {
          id: "work",
          checksConflicts: true,
          allDayBlocks: false,
          lastSyncedAt: new Date(0),
          windowEnd: null,
        },
      ],
      now: "1970-01-01T00:00Z",
      events: [{ ...event(null, null), startDay, endDay }],
    });
    expect(
      clocks({
        zone: "America/Sao_Paulo",
        ask: ["2018-11-04T01:00Z", "2018-11-04T05:00Z"],
        rules: everyDay("00:00", "24:00"),
        eventType,
        ...allDay("2018-11-03", "2018-11-04"),
      }),
    ).toEqual(["04T01:00", "04T02:00"]);
    // 1 November 2026, 01:00 becomes 00:00: the day has 25 hours, the second 00:00 is no start.
    expect(
      starts({
        zone: "America/Havana",
        ask: ["2026-11-01T02:00Z", "2026-11-01T08:00Z"],
        rules: everyDay("00:00", "24:00"),
        eventType,
      }),
    ).toEqual(["01T02:00", "01T03:00", "01T04:00", "01T06:00", "01T07:00"]);
  });
});

describe("working windows", () => {
  const ask: Changes["ask"] = ["2026-06-01T12:00Z", "2026-06-03T12:00Z"];
  const eventType = { durationMinutes: 60, slotIntervalMinutes: 60 };

  test("an overridden day cuts what the day before carries into it", () => {
    const rules = everyDay("22:00", "26:00");
    expect(clocks({ ask, eventType, rules, overrides: [none("2026-06-02")] })).toEqual([
      "01T22:00",
      "01T23:00",
    ]);
    const joined = [on("2026-06-02", "00:00", "01:30")];
    expect(
      clocks({ ask, eventType: { ...eventType, durationMinutes: 90 }, rules, overrides: joined }),
    ).toEqual(["01T22:00", "01T23:00", "02T00:00"]);
  });

  test("an override goes on past midnight, but not into the next overridden day", () => {
    const overrides = [on("2026-06-01", "23:00", "25:30"), on("2026-06-02", "23:00", "25:00")];
    expect(clocks({ ask, eventType, rules: everyDay("12:00", "13:00"), overrides })).toEqual([
      "01T23:00",
      "02T23:00",
      "03T00:00",
    ]);
  });

  test("ranges that touch are one window, also across midnight", () => {
    const rules = [
      { weekday: 1, ...hours("22:00", "23:00") },
      { weekday: 1, ...hours("23:00", "24:00") },
      { weekday: 2, ...hours("00:00", "01:00") },
    ];
    expect(clocks({ ask, rules, eventType: { durationMinutes: 90, slotIntervalMinutes: 40 } })).toEqual([
      "01T22:00",
      "01T22:40",
      "01T23:20",
    ]);
  });

  test("a week after its start a window is counted from 2001, whatever is asked", () => {
    const changes = {
      rules: everyDay("00:00", "24:00"),
      overrides: [none("2026-05-31")],
      eventType: { durationMinutes: 10, slotIntervalMinutes: 50 },
    };
    const week = expectSlots(world({ ...changes, ask: ["2026-06-01T00:00Z", "2026-06-09T00:00Z"] }));
    const since2001 = ({ startsAt }: { startsAt: Date }) =>
      ((startsAt.getTime() - Date.parse("2001-01-01T00:00Z")) / 60_000) % 50;
    const sinceStart = ({ startsAt }: { startsAt: Date }) =>
      ((startsAt.getTime() - Date.parse("2026-06-01T00:00Z")) / 60_000) % 50;
    const turn = new Date("2026-06-08T00:00Z");
    const [early, late] = [
      week.filter((one) => one.startsAt <= turn),
      week.filter((one) => one.startsAt > turn),
    ];
    expect(new Set(early.map(sinceStart))).toEqual(new Set([0]));
    expect(new Set(late.map(since2001))).toEqual(new Set([0]));
    for (const one of [...early.slice(-3), ...late]) {
      const to = new Date(one.startsAt.getTime() + 1).toISOString();
      expect(expectSlots(world({ ...changes, ask: [one.startsAt.toISOString(), to] }))).toEqual([one]);
    }
  });
});

describe("booking window and limits", () => {
  const rules = everyDay("09:00", "10:00");
  const eventType = { durationMinutes: 60, slotIntervalMinutes: 60 };
  const ask: Changes["ask"] = ["2026-06-01T00:00Z", "2026-06-30T00:00Z"];
  const days = (changes: Partial<Changes>) =>
    clocks({ ask, rules, eventType, ...changes }).map((clock) => Number(clock.slice(0, 2)));

  test("business days are Monday to Friday after today", () => {
    const business = (bookingWindowDays: number, now: string) =>
      days({
        now,
        eventType: {
          ...eventType,
          bookingWindowKind: "business_days",
          bookingWindowDays,
          windowFirstDay: null,
          windowLastDay: null,
        },
      });
    // 5 June 2026 is a Friday.
    expect(business(1, "2026-06-05T08:00Z")).toEqual([5, 6, 7, 8]);
    expect(business(1, "2026-06-06T08:00Z")).toEqual([6, 7, 8]);
    expect(business(6, "2026-06-05T23:00Z")).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  });

  test("rolling days count from today in the schedule's zone", () => {
    const rolling = { ...eventType, bookingWindowKind: "rolling_days" as const, bookingWindowDays: 1 };
    // In Auckland it is 2 June already.
    expect(
      days({
        schedule: { id: "schedule", timeZone: "Pacific/Auckland" },
        now: "2026-06-01T13:00Z",
        eventType: rolling,
      }),
    ).toEqual([2, 3]);
    expect(days({ now: "2026-06-01T13:00Z", eventType: rolling })).toEqual([2]);
  });

  test("a week's limit counts from Monday to Sunday", () => {
    const sunday = booking("b", "2026-06-07T12:00Z", "2026-06-07T13:00Z");
    const limited = {
      eventType: { ...eventType, weeklyLimit: 1 },
      ask: [ask[0], "2026-06-10T00:00Z"] as Changes["ask"],
    };
    expect(days({ ...limited, bookings: [sunday] })).toEqual([8, 9]);
    expect(days({ ...limited, bookings: [{ ...sunday, status: "declined" }] })).toHaveLength(9);
    expect(days({ ...limited, bookings: [{ ...sunday, eventTypeId: "other" }] })).toHaveLength(9);
    // In Auckland it is Monday.
    const schedule = { id: "schedule", timeZone: "Pacific/Auckland" };
    expect(days({ ...limited, schedule, bookings: [sunday] })).toEqual([2, 3, 4, 5, 6, 7]);
  });

  test("a booking that is to move counts at both places, one being moved at none", () => {
    const moving: World["bookings"][number] = {
      ...booking("b", "2026-06-01T12:00Z", "2026-06-01T13:00Z"),
      movesToStart: new Date("2026-06-03T12:00Z"),
      movesToEnd: new Date("2026-06-03T13:00Z"),
    };
    const limited = {
      eventType: { ...eventType, dailyLimit: 1 },
      ask: [ask[0], "2026-06-05T00:00Z"] as Changes["ask"],
    };
    expect(days({ ...limited, bookings: [moving] })).toEqual([2, 4]);
    expect(days({ ...limited, bookings: [moving], question: { except: "b" } })).toEqual([1, 2, 3, 4]);
  });

  test("minutes of a day count with the length that is asked for", () => {
    const changes = {
      bookings: [booking("b", "2026-06-01T12:00Z", "2026-06-01T13:00Z")],
      eventType: { ...eventType, otherDurations: [30], dailyMinutesLimit: 90 },
      ask: [ask[0], "2026-06-02T00:00Z"] as Changes["ask"],
    };
    expect(days(changes)).toEqual([]);
    expect(days({ ...changes, question: { durationMinutes: 30 } })).toEqual([1]);
    expect(days({ ...changes, question: { durationMinutes: 45 } })).toEqual([]);
  });
});

function event(startsAt: Date | null, endsAt: Date | null): World["events"][number] {
  return {
    calendarId: "work",
    providerEventId: "event",
    occurrenceKey: "",
    uid: "event",
    startsAt,
    endsAt,
    startDay: null,
    endDay: null,
    status: "confirmed",
    transparency: "opaque",
  };
}

describe("busy times", () => {
  const ask: Changes["ask"] = ["2026-06-01T00:00Z", "2026-06-02T00:00Z"];
  const now = "2026-05-31T00:00Z";
  const work = {
    id: "work",
    checksConflicts: true,
    allDayBlocks: false,
    lastSyncedAt: new Date(now),
    windowEnd: null,
  };
  const rules = everyDay("09:00", "12:00");
  const at10 = time("2026-06-01T10:00Z", "2026-06-01T10:30Z");
  const free = (changes: Partial<Changes>) =>
    clocks({ ask, now, rules, calendars: [work], ...changes }).map((clock) => clock.slice(3));
  const all = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"];
  const without10 = all.filter((clock) => clock !== "10:00");

  test("touching is free; the before-buffer applies after an event, the after-buffer before it", () => {
    const events = [event(at10.startsAt, at10.endsAt)];
    expect(free({ events })).toEqual(without10);
    expect(free({ events, eventType: { bufferBeforeMinutes: 60, bufferAfterMinutes: 30 } })).toEqual([
      "09:00",
      "11:30",
    ]);
  });

  test("buffers of two bookings add up, and a booking that is to move blocks both places", () => {
    const taken = {
      ...booking("b", "2026-06-01T10:00Z", "2026-06-01T10:30Z"),
      bufferAfterMinutes: 30,
      movesToStart: new Date("2026-06-01T07:30Z"),
      movesToEnd: new Date("2026-06-01T09:00Z"),
    };
    expect(free({ bookings: [taken] })).toEqual(["09:30", "11:00", "11:30"]);
    expect(free({ bookings: [taken], eventType: { bufferBeforeMinutes: 30 } })).toEqual(["11:30"]);
    expect(free({ bookings: [taken], question: { except: "b" } })).toEqual(all);
  });

  test("kinds of events", () => {
    const one = event(at10.startsAt, at10.endsAt);
    const day = { ...event(null, null), startDay: "2026-06-01", endDay: "2026-06-02" };
    const blockingDays = [{ ...work, allDayBlocks: true }];
    expect(free({ events: [{ ...one, transparency: "transparent" }] })).toEqual(all);
    expect(free({ events: [{ ...one, status: "cancelled" }] })).toEqual(all);
    expect(free({ events: [{ ...one, status: "tentative" }] })).toEqual(without10);
    expect(free({ events: [{ ...one, status: "tentative" }], host: { tentativeBlocks: false } })).toEqual(
      all,
    );
    expect(free({ events: [event(at10.startsAt, at10.startsAt)] })).toEqual(all);
    expect(free({ events: [one], calendars: [{ ...work, checksConflicts: false }] })).toEqual(all);
    expect(free({ events: [day] })).toEqual([]);
    expect(free({ events: [{ ...day, transparency: "transparent" }] })).toEqual(all);
    expect(free({ events: [{ ...day, transparency: "transparent" }], calendars: blockingDays })).toEqual([]);
    expect(free({ events: [{ ...one, transparency: "transparent" }], calendars: blockingDays })).toEqual(all);
  });

  test("an all-day event is a day of the host's zone, also for a schedule in another", () => {
    const day = { ...event(null, null), startDay: "2026-06-01", endDay: "2026-06-02" };
    // In Honolulu 1 June begins at 10:00 UTC.
    const schedule = { id: "schedule", timeZone: "UTC" };
    expect(free({ zone: "Pacific/Honolulu", schedule, events: [day] })).toEqual(["09:00", "09:30"]);
  });

  test("the copy of our own appointment does not count where we put it", () => {
    const appointments = [{ id: "a", bookingId: "gone", ...at10 }];
    const targets = [{ appointmentId: "a", calendarId: "work", uid: "copy", remoteId: "1" }];
    const copy = { ...event(at10.startsAt, at10.endsAt), uid: "copy" };
    expect(free({ appointments, targets, events: [copy] })).toEqual(all);
    const later = { ...copy, endsAt: new Date("2026-06-01T11:00Z") };
    expect(free({ appointments, targets, events: [later] })).toEqual(["09:00", "09:30", "11:00", "11:30"]);
    const calendars = [work, { ...work, id: "home" }];
    const elsewhere = { ...copy, calendarId: "home" };
    expect(free({ appointments, targets, calendars, events: [elsewhere] })).toEqual(without10);
    expect(free({ appointments: [{ ...appointments[0], id: "a", ...at10, bookingId: null }] })).toEqual(
      without10,
    );
  });

  test("days, series and appointments on projects take the time of their owner who sees them", () => {
    const one = { id: "a", bookingId: null, ...at10 };
    const day = { ...one, startDay: "2026-06-01", endDay: "2026-06-02" };
    const honolulu = { zone: "Pacific/Honolulu", schedule: { id: "schedule", timeZone: "UTC" } };
    expect(free({ appointments: [day] })).toEqual([]);
    expect(free({ ...honolulu, appointments: [day] })).toEqual(["09:00", "09:30"]);
    expect(free({ appointments: [{ ...one, place: "seen" }] })).toEqual(without10);
    expect(free({ appointments: [{ ...one, place: "unseen" }] })).toEqual(all);
    expect(free({ appointments: [{ ...one, place: "seen", isForeign: true }] })).toEqual(all);

    // The sixth of those at ten o'clock in Brussels, which was nine by UTC when it began.
    const first = time("2026-03-23T09:00Z", "2026-03-23T09:30Z");
    const repeats = { everyDays: 14, count: null, off: [], moved: {} };
    const weekly = { ...one, ...first, timeZone: "Europe/Brussels", repeats };
    const early = (changes: object) =>
      free({
        rules: everyDay("08:00", "09:00"),
        appointments: [{ ...weekly, repeats: { ...repeats, ...changes } }],
      });
    expect(early({})).toEqual(["08:30"]);
    expect(early({ count: 5 })).toEqual(["08:00", "08:30"]);
    expect(early({ off: [5] })).toEqual(["08:00", "08:30"]);
    expect(early({ moved: { 5: 24 } })).toEqual(["08:00", "08:30"]);
  });

  test("blocked times recur on the wall clock of their own zone", () => {
    const lunch: World["blockedTimes"][number] = {
      timeZone: "Europe/Brussels",
      startsAt: "2026-03-16 12:00:00",
      endsAt: "2026-03-16 12:30:00",
      weekdays: [1, 3],
      everyWeeks: 2,
      untilDay: "2026-03-30",
    };
    const on = (day: string, blocked = lunch) =>
      starts({
        ask: [`${day}T00:00Z`, `${day}T24:00Z`],
        rules: everyDay("10:00", "11:30"),
        blockedTimes: [blocked],
      }).map((start) => start.slice(3));
    // Before the change 12:00 is 11:00 UTC, after it 10:00.
    expect(on("2026-03-16")).toEqual(["10:00", "10:30"]);
    expect(on("2026-03-18")).toEqual(["10:00", "10:30"]);
    expect(on("2026-03-23")).toHaveLength(3);
    expect(on("2026-03-30")).toEqual(["10:30", "11:00"]);
    expect(on("2026-04-01")).toHaveLength(3);
    expect(on("2026-04-01", { ...lunch, untilDay: null })).toEqual(["10:30", "11:00"]);
    const fromTuesday = { ...lunch, startsAt: "2026-03-17 12:00:00", endsAt: "2026-03-17 12:30:00" };
    expect(on("2026-03-16", fromTuesday)).toHaveLength(3);
    expect(on("2026-03-17", fromTuesday)).toHaveLength(3);
    expect(on("2026-03-18", fromTuesday)).toEqual(["10:00", "10:30"]);
  });

  test("a calendar read longer ago than the host allows closes everything, at the limit not yet", () => {
    const read = (lastSyncedAt: Date | null) => free({ calendars: [{ ...work, lastSyncedAt }] }).length;
    expect(read(new Date("2026-05-30T23:00:00Z"))).toBe(6);
    expect(read(new Date("2026-05-30T22:59:59Z"))).toBe(0);
    expect(read(null)).toBe(0);
    expect(free({ calendars: [{ ...work, lastSyncedAt: null, checksConflicts: false }] })).toEqual(all);
  });
});

test("notice is elapsed time from now", () => {
  const eventType = { minimumNoticeMinutes: 120 };
  // Two hours after 00:30 the clock in Brussels shows 03:30.
  expect(
    clocks({
      zone: "Europe/Brussels",
      ask: ["2026-03-28T23:00Z", "2026-03-29T03:00Z"],
      now: "2026-03-28T23:30Z",
      rules: everyDay("00:00", "05:00"),
      eventType,
    }),
  ).toEqual(["29T03:30", "29T04:00", "29T04:30"]);
});

test("a world is the same for the same seed, and changes of Apia include the day that was skipped", () => {
  expect(randomWorld(3, 14)).toEqual(randomWorld(3, 14));
  expect(randomWorld(3, 14)).not.toEqual(randomWorld(3, 15));
  expect(changesOf("Pacific/Apia").map(String)).toContain("2011-12-30T10:00:00Z");
});
