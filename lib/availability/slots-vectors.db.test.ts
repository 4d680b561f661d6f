import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { everyDay, type Hours, makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import {
  appointments,
  appointmentTargets,
  blockedTimes,
  bookings,
  type eventTypes,
  scheduleOverrides,
  schedules,
  syncedEvents,
  users,
} from "@/db/schema";
import { getAvailableSlots } from "./slots";

// docs/availability.md, rule by rule: a situation, a question, and the starts as UTC "DDTHH:MM".

type Span = [from: string, to: string];
type Vector = {
  zone?: string;
  scheduleZone?: string;
  hours?: Hours;
  /** Date and minutes after midnight; no minutes: closed. */
  overrides?: [day: string, start?: number, end?: number][];
  blocks?: Partial<typeof blockedTimes.$inferInsert>[];
  /** UTC. */
  events?: Partial<typeof syncedEvents.$inferInsert>[];
  bookings?: (Partial<typeof bookings.$inferInsert> & { at: Span })[];
  appointments?: Span[];
  eventType?: Partial<typeof eventTypes.$inferInsert>;
  host?: Partial<typeof users.$inferInsert>;
  allDayBlocks?: boolean;
  durationMinutes?: number;
  now?: string;
  ask: Span;
  free: string[];
};

const utc = (text: string) => new Date(`${text}Z`);
const span = ([from, to]: Span) => ({ startsAt: utc(from), endsAt: utc(to) });
const hourly = { durationMinutes: 60, slotIntervalMinutes: 60 };
const at = (day: string, from: string, to: string): Span => [`${day}T${from}`, `${day}T${to}`];

async function make(vector: Vector) {
  const { zone = "UTC", hours = everyDay("09:00", "12:00"), eventType = hourly } = vector;
  const page = await makeBookingPage({ timeZone: zone, hours, eventType });
  const { hostId, scheduleId } = page;
  const db = database();
  if (vector.host) await db.update(users).set(vector.host).where(eq(users.id, hostId));
  if (vector.scheduleZone)
    await db.update(schedules).set({ timeZone: vector.scheduleZone }).where(eq(schedules.id, scheduleId));
  for (const [day, startMinute = null, endMinute = null] of vector.overrides ?? [])
    await db.insert(scheduleOverrides).values({ hostId, scheduleId, day, startMinute, endMinute });
  for (const block of vector.blocks ?? [])
    await db.insert(blockedTimes).values({ hostId, timeZone: zone, startsAt: "", endsAt: "", ...block });
  for (const { at: time, ...values } of vector.bookings ?? [])
    await db.insert(bookings).values({
      hostId,
      eventTypeId: page.eventType.id,
      ...span(time),
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      visitorName: "V",
      visitorEmail: "v@example.test",
      visitorTimeZone: "UTC",
      idempotencyKey: randomUUID(),
      ...values,
    });
  for (const time of vector.appointments ?? [])
    await db
      .insert(appointments)
      .values({ ownerId: hostId, uid: randomUUID(), title: "Mine", timeZone: "UTC", ...span(time) });
  if (vector.events) {
    const calendar = await makeCalendar(hostId, {
      lastSyncedAt: utc(vector.now ?? "2026-01-01T00:00"),
      allDayBlocks: vector.allDayBlocks ?? false,
    });
    for (const event of vector.events)
      await db.insert(syncedEvents).values({
        calendarId: calendar.id,
        hostId,
        providerEventId: randomUUID(),
        occurrenceKey: "",
        uid: randomUUID(),
        title: "Busy",
        status: "confirmed",
        transparency: "opaque",
        ...event,
      });
  }
  return page;
}

async function freeIn(vector: Vector, page: Awaited<ReturnType<typeof make>>, except?: string) {
  const found = await getAvailableSlots({
    eventTypeId: page.eventType.id,
    from: utc(vector.ask[0]),
    to: utc(vector.ask[1]),
    now: utc(vector.now ?? "2026-01-01T00:00"),
    durationMinutes: vector.durationMinutes,
    except,
  });
  return found.map(({ startsAt }) => startsAt.toISOString().slice(8, 16));
}

const check = (vectors: Record<string, Vector>) =>
  test.each(Object.entries(vectors))("%s", async (_name, vector) => {
    expect(await freeIn(vector, await make(vector))).toEqual(vector.free);
  });

describe("overrides", () => {
  const day = ["2026-06-02T00:00", "2026-06-03T00:00"] satisfies Span;
  check({
    "replace the weekly hours of their date": {
      overrides: [
        ["2026-06-02", 780, 840],
        ["2026-06-02", 900, 960],
      ],
      ask: ["2026-06-01T12:00", "2026-06-03T12:00"],
      free: ["02T13:00", "02T15:00", "03T09:00", "03T10:00", "03T11:00"],
    },
    "close a date": { overrides: [["2026-06-02"]], ask: day, free: [] },
    "open a date without weekly hours": {
      hours: [],
      overrides: [["2026-06-02", 0, 120]],
      ask: day,
      free: ["02T00:00", "02T01:00"],
    },
    "cut the night that a weekly rule carries into them": {
      hours: [[1, "22:00", "26:00"]],
      overrides: [["2026-06-02", 180, 240]],
      ask: ["2026-06-01T00:00", "2026-06-03T00:00"],
      free: ["01T22:00", "01T23:00", "02T03:00"],
    },
    "cut what an earlier override carries into them": {
      hours: [],
      overrides: [["2026-06-01", 1380, 1560], ["2026-06-02"]],
      ask: ["2026-06-01T00:00", "2026-06-03T00:00"],
      free: ["01T23:00"],
    },
    "go on past midnight into a day that is not overridden, and join its hours": {
      hours: [[2, "01:00", "02:00"]],
      overrides: [["2026-06-01", 1380, 1500]],
      eventType: { durationMinutes: 120, slotIntervalMinutes: 60 },
      ask: ["2026-06-01T00:00", "2026-06-03T00:00"],
      free: ["01T23:00", "02T00:00"],
    },
    "touch the hours before them: one window, one grid": {
      hours: [[1, "20:30", "24:00"]],
      overrides: [["2026-06-02", 0, 90]],
      ask: ["2026-06-01T22:00", "2026-06-03T00:00"],
      free: ["01T22:30", "01T23:30", "02T00:30"],
    },
  });
});

describe("days that are not 24 hours long", () => {
  check({
    "hours over midnight into a day of 23 hours, in New York": {
      zone: "America/New_York",
      hours: [[6, "23:00", "28:00"]],
      ask: ["2026-03-07T12:00", "2026-03-09T00:00"],
      // 02:00 is skipped: its instant is the one shown as 03:00, offered once.
      free: ["08T04:00", "08T05:00", "08T06:00", "08T07:00"],
    },
    "hours over midnight into a day of 25 hours, in New York": {
      zone: "America/New_York",
      hours: [[6, "23:00", "27:00"]],
      ask: ["2026-10-31T12:00", "2026-11-02T00:00"],
      // 01:00 is offered the first time; the second is not on the wall clock's grid.
      free: ["01T03:00", "01T04:00", "01T05:00", "01T07:00"],
    },
    "half an hour skipped, in Lord Howe": {
      zone: "Australia/Lord_Howe",
      hours: everyDay("01:30", "03:30"),
      eventType: { durationMinutes: 30, slotIntervalMinutes: 30 },
      ask: ["2026-10-03T12:00", "2026-10-04T00:00"],
      // 02:00 (+10:30) becomes 02:30 (+11).
      free: ["03T15:00", "03T15:30", "03T16:00"],
    },
    "a date that does not exist, in Apia": {
      zone: "Pacific/Apia",
      hours: everyDay("09:00", "11:00"),
      overrides: [["2011-12-30", 720, 780]],
      now: "2011-12-01T00:00",
      ask: ["2011-12-29T00:00", "2012-01-01T12:00"],
      // The 29th at −10, then the 31st at +14.
      free: ["29T19:00", "29T20:00", "30T19:00", "30T20:00", "31T19:00", "31T20:00"],
    },
    "hours over midnight around the date that does not exist": {
      zone: "Pacific/Apia",
      hours: everyDay("22:00", "25:00"),
      now: "2011-12-01T00:00",
      ask: ["2011-12-30T00:00", "2011-12-31T00:00"],
      // The 29th from 22:00 to 01:00 of the 31st.
      free: ["30T08:00", "30T09:00", "30T10:00"],
    },
    "an offset of 45 minutes, in Kathmandu": {
      zone: "Asia/Kathmandu",
      ask: ["2026-06-01T00:00", "2026-06-02T00:00"],
      free: ["01T03:15", "01T04:15", "01T05:15"],
    },
    "an all-day event on a day of 23 hours": {
      zone: "Europe/Brussels",
      hours: everyDay("00:00", "24:00"),
      eventType: { durationMinutes: 60, slotIntervalMinutes: 720 },
      events: [{ startDay: "2026-03-29", endDay: "2026-03-30" }],
      ask: ["2026-03-28T12:00", "2026-03-30T12:00"],
      free: ["29T22:00", "30T10:00"],
    },
    "an override that lies in the skipped hour does not exist": {
      zone: "Europe/Brussels",
      hours: everyDay("09:00", "12:00"),
      overrides: [["2026-03-29", 150, 180]],
      ask: ["2026-03-29T00:00", "2026-03-30T00:00"],
      free: [],
    },
  });
});

describe("zones", () => {
  check({
    "hours are counted in the schedule's zone, all-day events in the host's": {
      zone: "Asia/Tokyo",
      scheduleZone: "America/New_York",
      hours: everyDay("09:00", "12:00"),
      // In Tokyo the 2nd is from the 1st 15:00 to the 2nd 15:00 UTC.
      events: [{ startDay: "2026-06-02", endDay: "2026-06-03" }],
      ask: ["2026-06-01T00:00", "2026-06-03T00:00"],
      free: ["01T13:00", "01T14:00", "02T15:00"],
    },
    "the booking window and the limits follow the schedule's zone": {
      zone: "UTC",
      scheduleZone: "Pacific/Auckland",
      hours: everyDay("09:00", "11:00"),
      eventType: { ...hourly, bookingWindowDays: 1, dailyLimit: 1 },
      // In Auckland the 2nd has begun, and the booking is on the 3rd.
      bookings: [{ at: at("2026-06-02", "21:00", "22:00") }],
      now: "2026-06-01T13:00",
      ask: ["2026-06-01T00:00", "2026-06-09T00:00"],
      free: ["01T21:00", "01T22:00"],
    },
  });
});

describe("booking windows", () => {
  const week = { hours: everyDay("09:00", "10:00"), ask: ["2026-06-01T00:00", "2026-06-20T00:00"] as Span };
  check({
    "business days skip the weekend": {
      ...week,
      eventType: { ...hourly, bookingWindowKind: "business_days", bookingWindowDays: 2 },
      now: "2026-06-04T12:00",
      // From Thursday: Friday and Monday, and the weekend between.
      free: ["05T09:00", "06T09:00", "07T09:00", "08T09:00"],
    },
    "business days from a Sunday begin on Monday": {
      ...week,
      eventType: { ...hourly, bookingWindowKind: "business_days", bookingWindowDays: 1 },
      now: "2026-06-07T12:00",
      free: ["08T09:00"],
    },
    "a date range has both of its days": {
      ...week,
      eventType: {
        ...hourly,
        bookingWindowKind: "date_range",
        windowFirstDay: "2026-06-10",
        windowLastDay: "2026-06-11",
      },
      free: ["10T09:00", "11T09:00"],
    },
  });
});

describe("limits", () => {
  const days = { hours: everyDay("09:00", "11:00"), ask: ["2026-06-01T00:00", "2026-06-03T00:00"] as Span };
  check({
    "a day counts pending and confirmed bookings, and no declined one": {
      ...days,
      eventType: { ...hourly, dailyLimit: 2 },
      bookings: [
        { at: at("2026-06-01", "05:00", "06:00"), status: "pending" },
        { at: at("2026-06-01", "06:00", "07:00"), status: "confirmed" },
        { at: at("2026-06-02", "05:00", "06:00"), status: "confirmed" },
        { at: at("2026-06-02", "06:00", "07:00"), status: "declined", declineReason: "host" },
      ],
      free: ["02T09:00", "02T10:00"],
    },
    "a week runs from Monday to Sunday": {
      hours: everyDay("09:00", "10:00"),
      eventType: { ...hourly, weeklyLimit: 1 },
      bookings: [{ at: at("2026-06-07", "05:00", "06:00") }],
      ask: ["2026-05-31T00:00", "2026-06-10T00:00"],
      free: ["31T09:00", "08T09:00", "09T09:00"],
    },
    "minutes of a day count this meeting too": {
      ...days,
      eventType: { ...hourly, dailyMinutesLimit: 90 },
      bookings: [{ at: at("2026-06-01", "05:00", "05:30") }, { at: at("2026-06-02", "05:00", "05:31") }],
      free: ["01T09:00", "01T10:00"],
    },
    "a meeting longer than all minutes of a day is never free": {
      ...days,
      eventType: { ...hourly, dailyMinutesLimit: 45 },
      free: [],
    },
    "a booking that is to move counts on both of its days": {
      ...days,
      eventType: { ...hourly, dailyLimit: 1 },
      bookings: [
        {
          at: at("2026-06-01", "05:00", "06:00"),
          status: "confirmed",
          movesToStart: utc("2026-06-02T05:00"),
          movesToEnd: utc("2026-06-02T06:00"),
          movedBy: "visitor",
        },
      ],
      ask: ["2026-06-01T00:00", "2026-06-04T00:00"],
      free: ["03T09:00", "03T10:00"],
    },
    "the date of a booking is local, on a day of 25 hours too": {
      zone: "Europe/Brussels",
      hours: everyDay("12:00", "13:00"),
      eventType: { ...hourly, dailyLimit: 1 },
      // 23:30 of the 25th, and 00:30 of the 27th.
      bookings: [{ at: at("2026-10-25", "22:30", "22:45") }, { at: at("2026-10-26", "23:30", "23:45") }],
      ask: ["2026-10-24T00:00", "2026-10-28T00:00"],
      free: ["24T10:00", "26T11:00"],
    },
  });
});

describe("lengths", () => {
  const other = { ...hourly, otherDurations: [120] };
  const ask = ["2026-06-01T00:00", "2026-06-02T00:00"] satisfies Span;
  check({
    "the one asked for must fit": {
      eventType: other,
      durationMinutes: 120,
      ask,
      free: ["01T09:00", "01T10:00"],
    },
    "one that is not offered is never free": { eventType: other, durationMinutes: 30, ask, free: [] },
  });
});

describe("blocked times", () => {
  const block = (startsAt: string, endsAt: string, values = {}) => [{ startsAt, endsAt, ...values }];
  check({
    "block once": {
      blocks: block("2026-06-01 10:00", "2026-06-01 10:30"),
      ask: ["2026-06-01T00:00", "2026-06-02T00:00"],
      free: ["01T09:00", "01T11:00"],
    },
    "follow the clock of their own zone": {
      hours: everyDay("09:00", "11:00"),
      blocks: block("2026-03-27 10:00", "2026-03-27 11:00", {
        timeZone: "Europe/Brussels",
        weekdays: [1, 5],
      }),
      ask: ["2026-03-27T00:00", "2026-03-31T00:00"],
      // 09:00 UTC on Friday, 08:00 UTC on Monday.
      free: ["27T10:00", "28T09:00", "28T10:00", "29T09:00", "29T10:00", "30T09:00", "30T10:00"],
    },
    "recur every other week until a day, counted from the week of the first": {
      hours: [[1, "09:00", "10:00"]],
      // The first is a Wednesday; its weeks are those of 1, 15 and 29 June.
      blocks: block("2026-06-03 09:00", "2026-06-03 10:00", {
        weekdays: [1, 3],
        everyWeeks: 2,
        untilDay: "2026-06-28",
      }),
      ask: ["2026-06-01T00:00", "2026-07-01T00:00"],
      // Monday the 1st is before the first date, the 29th after the last.
      free: ["01T09:00", "08T09:00", "22T09:00", "29T09:00"],
    },
    "go on past midnight, for days": {
      hours: everyDay("09:00", "10:00"),
      blocks: block("2026-06-05 18:00", "2026-06-08 09:30", { weekdays: [5] }),
      ask: ["2026-06-12T00:00", "2026-06-17T00:00"],
      free: ["12T09:00", "16T09:00"],
    },
    "of the skipped hour block nothing that day": {
      zone: "Europe/Brussels",
      hours: everyDay("01:00", "04:00"),
      blocks: block("2026-03-22 02:30", "2026-03-22 03:00", { weekdays: [7] }),
      ask: ["2026-03-28T12:00", "2026-03-29T12:00"],
      free: ["29T00:00", "29T01:00"],
    },
  });
});

describe("events", () => {
  const ask = ["2026-06-01T00:00", "2026-06-02T00:00"] satisfies Span;
  const tentative = { ...span(at("2026-06-01", "10:00", "11:00")), status: "tentative" as const };
  const holiday = { startDay: "2026-06-01", endDay: "2026-06-02", transparency: "transparent" as const };
  check({
    "tentative ones block when the host says so": {
      events: [tentative],
      ask,
      free: ["01T09:00", "01T11:00"],
    },
    "and do not when the host says no": {
      host: { tentativeBlocks: false },
      events: [tentative],
      ask,
      free: ["01T09:00", "01T10:00", "01T11:00"],
    },
    "all-day ones that are free block nothing": {
      events: [holiday],
      ask,
      free: ["01T09:00", "01T10:00", "01T11:00"],
    },
    "unless the calendar treats all of them as busy": {
      allDayBlocks: true,
      events: [holiday],
      ask,
      free: [],
    },
    "long ones that began long ago block": {
      events: [span(["2025-01-01T00:00", "2026-06-01T10:30"])],
      ask,
      free: ["01T11:00"],
    },
    "own appointments block like them": {
      appointments: [at("2026-06-01", "09:30", "10:00")],
      ask,
      free: ["01T10:00", "01T11:00"],
    },
  });

  test("the copy of an appointment counts once it was moved", async () => {
    const vector: Vector = { ask, free: [] };
    const page = await make(vector);
    const calendar = await makeCalendar(page.hostId, { lastSyncedAt: utc("2026-01-01T00:00") });
    const booking = { hostId: page.hostId, eventTypeId: page.eventType.id, bufferBeforeMinutes: 0 };
    const [held] = await database()
      .insert(bookings)
      .values({
        ...booking,
        ...span(at("2026-06-01", "09:00", "10:00")),
        bufferAfterMinutes: 0,
        status: "confirmed",
        visitorName: "V",
        visitorEmail: "v@example.test",
        visitorTimeZone: "UTC",
        idempotencyKey: randomUUID(),
      })
      .returning();
    const uid = `${randomUUID()}@calends`;
    const [appointment] = await database()
      .insert(appointments)
      .values({
        ownerId: page.hostId,
        bookingId: held?.id ?? null,
        uid,
        title: "Meeting",
        timeZone: "UTC",
        ...span(at("2026-06-01", "09:00", "10:00")),
      })
      .returning();
    await database()
      .insert(appointmentTargets)
      .values({ appointmentId: appointment?.id ?? "", calendarId: calendar.id, ownerId: page.hostId, uid });
    await database()
      .insert(syncedEvents)
      .values({
        calendarId: calendar.id,
        hostId: page.hostId,
        providerEventId: uid,
        occurrenceKey: "",
        uid,
        title: "Meeting",
        ...span(at("2026-06-01", "09:00", "10:00")),
        status: "confirmed",
        transparency: "opaque",
      });
    expect(await freeIn(vector, page)).toEqual(["01T10:00", "01T11:00"]);
    expect(await freeIn(vector, page, held?.id)).toEqual(["01T09:00", "01T10:00", "01T11:00"]);
    await database()
      .update(syncedEvents)
      .set(span(at("2026-06-01", "11:00", "12:00")))
      .where(eq(syncedEvents.uid, uid));
    expect(await freeIn(vector, page)).toEqual(["01T10:00"]);
  });
});

describe("a booking that is to move", () => {
  const vector: Vector = {
    eventType: { ...hourly, bufferBeforeMinutes: 0, dailyLimit: 1 },
    bookings: [
      {
        id: randomUUID(),
        at: at("2026-06-01", "09:00", "10:00"),
        status: "confirmed",
        bufferAfterMinutes: 30,
        movesToStart: utc("2026-06-02T10:00"),
        movesToEnd: utc("2026-06-02T11:00"),
        movedBy: "host",
      },
    ],
    ask: ["2026-06-01T00:00", "2026-06-03T00:00"],
    free: [],
  };

  test("neither blocks nor counts when it is the one that is asked for", async () => {
    const page = await make(vector);
    expect(await freeIn(vector, page)).toEqual([]);
    const all = ["01T09:00", "01T10:00", "01T11:00", "02T09:00", "02T10:00", "02T11:00"];
    expect(await freeIn(vector, page, vector.bookings?.[0]?.id)).toEqual(all);
    const unlimited = await page.makeEventType(hourly);
    expect(await freeIn(vector, { ...page, eventType: unlimited })).toEqual(["01T11:00", "02T09:00"]);
  });
});

test("the clock of the database's session changes nothing", async () => {
  const vector: Vector = {
    zone: "Europe/Brussels",
    hours: everyDay("00:00", "24:00"),
    eventType: { durationMinutes: 30, slotIntervalMinutes: 35 },
    ask: ["2026-03-27T00:00", "2026-04-07T00:00"],
    free: [],
  };
  const page = await make(vector);
  const usual = await freeIn(vector, page);
  expect(usual.length).toBeGreaterThan(400);
  const elsewhere = await database().transaction(async (tx) => {
    await tx.execute("set local timezone = 'America/New_York'");
    const [from, to] = vector.ask.map(utc) as [Date, Date];
    const now = utc("2026-01-01T00:00");
    return getAvailableSlots({ eventTypeId: page.eventType.id, from, to, now }, tx);
  });
  expect(elsewhere.map(({ startsAt }) => startsAt.toISOString().slice(8, 16))).toEqual(usual);
});
