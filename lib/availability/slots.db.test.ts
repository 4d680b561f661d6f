import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { everyDay, makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import { bookings, syncedEvents } from "@/db/schema";
import { getAvailableSlots } from "./slots";

type Page = Awaited<ReturnType<typeof makeBookingPage>>;

/** Starts of the slots in [from, to) as UTC "DDTHH:MM", asked at `now`. */
async function slots(page: Page, from: string, to: string, now = "2026-01-01T00:00:00Z") {
  const found = await getAvailableSlots({
    eventTypeId: page.eventType.id,
    from: new Date(from),
    to: new Date(to),
    now: new Date(now),
  });
  return found.map((slot) => slot.startsAt.toISOString().slice(8, 16));
}

async function addEvent(
  page: Page,
  values: Partial<typeof syncedEvents.$inferInsert>,
  syncedAt = "2026-01-01T00:00:00Z",
) {
  const calendar = await makeCalendar(page.hostId, { lastSyncedAt: new Date(syncedAt) });
  await database()
    .insert(syncedEvents)
    .values({
      calendarId: calendar.id,
      hostId: page.hostId,
      providerEventId: randomUUID(),
      occurrenceKey: "",
      uid: randomUUID(),
      title: "Busy",
      status: "confirmed",
      transparency: "opaque",
      ...values,
    });
}

const hour = (day: string, from: string, to: string) => ({
  startsAt: new Date(`${day}T${from}Z`),
  endsAt: new Date(`${day}T${to}Z`),
});

describe("weekly hours", () => {
  test("are the host's wall clock on both sides of a DST change", async () => {
    const page = await makeBookingPage({ timeZone: "Europe/Brussels", hours: everyDay("09:00", "10:00") });
    expect(await slots(page, "2026-03-28T00:00:00Z", "2026-03-30T00:00:00Z")).toEqual([
      "28T08:00",
      "28T08:30",
      "29T07:00",
      "29T07:30",
    ]);
  });

  test("on a day of 23 hours skip what does not exist", async () => {
    const page = await makeBookingPage({ timeZone: "Europe/Brussels", hours: everyDay("01:00", "04:00") });
    expect(await slots(page, "2026-03-28T22:00:00Z", "2026-03-29T12:00:00Z")).toEqual([
      "29T00:00",
      "29T00:30",
      "29T01:00",
      "29T01:30",
    ]);
  });

  test("inside a skipped hour alone offer nothing", async () => {
    const page = await makeBookingPage({ timeZone: "Europe/Brussels", hours: everyDay("02:15", "02:45") });
    expect(await slots(page, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).toEqual(["29T01:15"]);
    const ends = await makeBookingPage({ timeZone: "Europe/Brussels", hours: everyDay("02:30", "03:00") });
    expect(await slots(ends, "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z")).toEqual([]);
  });

  test("on a day of 25 hours take the first occurrence of a repeated time", async () => {
    const page = await makeBookingPage({ timeZone: "Europe/Brussels", hours: everyDay("02:00", "03:00") });
    expect(await slots(page, "2026-10-24T12:00:00Z", "2026-10-25T12:00:00Z")).toEqual([
      "25T00:00",
      "25T00:30",
    ]);
  });

  test("take the first occurrence where the clock repeats half an hour (Lord Howe)", async () => {
    const page = await makeBookingPage({
      timeZone: "Australia/Lord_Howe",
      hours: everyDay("01:30", "02:30"),
      eventType: { durationMinutes: 15, slotIntervalMinutes: 15 },
    });
    // 5 April 2026: at 02:00 (+11) the clock goes back to 01:30 (+10:30).
    expect(await slots(page, "2026-04-04T12:00:00Z", "2026-04-05T00:00:00Z")).toEqual([
      "04T14:30",
      "04T14:45",
      "04T15:30",
      "04T15:45",
    ]);
  });

  test("that touch are one window, also across midnight", async () => {
    const page = await makeBookingPage({
      hours: [
        [1, "22:00", "23:00"],
        [1, "23:00", "24:00"],
        [2, "00:00", "01:00"],
      ],
      eventType: { durationMinutes: 90, slotIntervalMinutes: 60 },
    });
    expect(await slots(page, "2026-06-01T00:00:00Z", "2026-06-03T00:00:00Z")).toEqual([
      "01T22:00",
      "01T23:00",
    ]);
  });

  test("anchor the grid at the window's start, whatever range is asked", async () => {
    const page = await makeBookingPage({
      hours: everyDay("09:10", "11:00"),
      eventType: { durationMinutes: 30, slotIntervalMinutes: 25 },
    });
    const whole = await slots(page, "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z");
    expect(whole).toEqual(["01T09:10", "01T09:35", "01T10:00", "01T10:25"]);
    expect(await slots(page, "2026-06-01T10:00:00Z", "2026-06-01T10:01:00Z")).toEqual(["01T10:00"]);
    expect(await slots(page, "2026-06-01T10:01:00Z", "2026-06-01T10:02:00Z")).toEqual([]);
  });

  test("offer only what can be booked: the grid does not depend on the range that is asked", async () => {
    const zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"];
    const shapes: [Parameters<typeof makeBookingPage>[0], string, string][] = zones.flatMap((timeZone) => [
      [
        {
          timeZone,
          hours: everyDay("00:00", "24:00"),
          eventType: { durationMinutes: 50, slotIntervalMinutes: 50 },
        },
        "2026-10-23",
        "2026-11-04",
      ],
      [
        {
          timeZone,
          hours: everyDay("00:00", "24:00"),
          eventType: { durationMinutes: 30, slotIntervalMinutes: 35 },
        },
        "2026-03-27",
        "2026-04-07",
      ],
      [
        {
          timeZone,
          hours: [...everyDay("22:00", "24:00"), ...everyDay("00:00", "01:20")],
          eventType: { durationMinutes: 25, slotIntervalMinutes: 45 },
        },
        "2026-03-27",
        "2026-04-07",
      ],
    ]);
    for (const [options, from, to] of shapes) {
      const page = await makeBookingPage(options);
      const ask = (start: Date, end: Date) =>
        getAvailableSlots({
          eventTypeId: page.eventType.id,
          from: start,
          to: end,
          now: new Date("2026-01-01"),
        });
      const offered = await ask(new Date(from), new Date(to));
      expect(offered.length).toBeGreaterThan(10);
      const some = offered.filter((_, n) => n % 5 === 0);
      const again = some.map((slot) => ask(slot.startsAt, new Date(slot.startsAt.getTime() + 1)));
      expect(await Promise.all(again)).toEqual(some.map((slot) => [slot]));
    }
  });

  test("without any rule offer nothing", async () => {
    const page = await makeBookingPage({ hours: [] });
    expect(await slots(page, "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z")).toEqual([]);
  });
});

describe("minimum notice and booking window", () => {
  test("notice counts from now to the start", async () => {
    const page = await makeBookingPage({ eventType: { minimumNoticeMinutes: 90 } });
    const now = "2026-06-01T14:30:00Z";
    expect(await slots(page, "2026-06-01T00:00:00Z", "2026-06-02T00:00:00Z", now)).toEqual([
      "01T16:00",
      "01T16:30",
    ]);
  });

  test("the window's last day counts whole, in the host's zone", async () => {
    const page = await makeBookingPage({
      timeZone: "Pacific/Auckland",
      hours: everyDay("23:00", "24:00"),
      eventType: { bookingWindowDays: 1, durationMinutes: 60, slotIntervalMinutes: 60 },
    });
    // In Auckland it is 2 June already.
    const now = "2026-06-01T13:00:00Z";
    expect(await slots(page, "2026-06-01T00:00:00Z", "2026-06-09T00:00:00Z", now)).toEqual([
      "02T11:00",
      "03T11:00",
    ]);
  });
});

describe("busy times", () => {
  test("block by overlap, and touching is free", async () => {
    const page = await makeBookingPage({ hours: everyDay("09:00", "12:00") });
    await addEvent(page, hour("2026-01-05", "10:00", "10:45"));
    expect(await slots(page, "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z", "2026-01-01T00:10:00Z")).toEqual(
      ["05T09:00", "05T09:30", "05T11:00", "05T11:30"],
    );
  });

  test("the before-buffer applies after an event, the after-buffer before it", async () => {
    const page = await makeBookingPage({
      hours: everyDay("09:00", "13:00"),
      eventType: { bufferBeforeMinutes: 60, bufferAfterMinutes: 30 },
    });
    await addEvent(page, hour("2026-01-05", "10:30", "11:00"));
    expect(await slots(page, "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z", "2026-01-01T00:10:00Z")).toEqual(
      ["05T09:00", "05T09:30", "05T12:00", "05T12:30"],
    );
  });

  test("transparent, cancelled and zero-length events do not block; tentative ones do", async () => {
    const page = await makeBookingPage({ hours: everyDay("09:00", "11:00") });
    await addEvent(page, { ...hour("2026-01-05", "09:00", "09:30"), transparency: "transparent" });
    await addEvent(page, { ...hour("2026-01-05", "09:30", "10:00"), status: "cancelled" });
    await addEvent(page, hour("2026-01-05", "10:15", "10:15"));
    await addEvent(page, { ...hour("2026-01-05", "10:30", "11:00"), status: "tentative" });
    expect(await slots(page, "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z", "2026-01-01T00:10:00Z")).toEqual(
      ["05T09:00", "05T09:30", "05T10:00"],
    );
  });

  test("an all-day event blocks the host's local day, exactly", async () => {
    const page = await makeBookingPage({
      timeZone: "Pacific/Kiritimati",
      hours: everyDay("00:00", "24:00"),
      eventType: { durationMinutes: 720, slotIntervalMinutes: 720 },
    });
    await addEvent(page, { startDay: "2026-01-05", endDay: "2026-01-06" });
    // UTC+14: 5 January is from the 4th 10:00 to the 5th 10:00 UTC.
    expect(await slots(page, "2026-01-03T10:00:00Z", "2026-01-06T10:00:00Z", "2026-01-01T00:10:00Z")).toEqual(
      ["03T10:00", "03T22:00", "05T10:00", "05T22:00"],
    );
  });

  test("buffers of neighbouring bookings add up", async () => {
    const page = await makeBookingPage({
      hours: everyDay("09:00", "12:00"),
      eventType: { bufferBeforeMinutes: 30, bufferAfterMinutes: 30 },
    });
    await database()
      .insert(bookings)
      .values({
        hostId: page.hostId,
        eventTypeId: page.eventType.id,
        ...hour("2026-01-05", "09:00", "09:30"),
        bufferBeforeMinutes: 30,
        bufferAfterMinutes: 30,
        visitorName: "V",
        visitorEmail: "v@example.test",
        visitorTimeZone: "UTC",
        idempotencyKey: randomUUID(),
      });
    expect(await slots(page, "2026-01-05T00:00:00Z", "2026-01-06T00:00:00Z")).toEqual([
      "05T10:30",
      "05T11:00",
      "05T11:30",
    ]);
  });

  test("a calendar that went unread for longer than the host allows closes everything", async () => {
    const page = await makeBookingPage();
    await addEvent(page, hour("2026-01-05", "10:00", "11:00"), "2026-01-01T00:00:00Z");
    const ask = (now: string) => slots(page, "2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z", now);
    expect(await ask("2026-01-01T01:00:00Z")).toHaveLength(2);
    expect(await ask("2026-01-01T01:00:01Z")).toEqual([]);
  });
});

test("what no pull has read is not free, however long the booking window", async () => {
  const page = await makeBookingPage({
    hours: everyDay("09:00", "09:30"),
    eventType: { bookingWindowKind: "date_range", windowFirstDay: "2026-01-01", windowLastDay: "2029-12-31" },
  });
  const offered = () => slots(page, "2027-06-24T00:00:00Z", "2027-07-03T00:00:00Z");
  expect(await offered()).toHaveLength(9);
  const read = { lastSyncedAt: new Date("2026-01-01T00:00:00Z") };
  await makeCalendar(page.hostId, { ...read, windowEnd: new Date("2027-07-01T00:00:00Z") });
  await makeCalendar(page.hostId, { ...read, windowEnd: new Date("2027-12-01T00:00:00Z") });
  await makeCalendar(page.hostId, { ...read, windowEnd: new Date("2026-02-01"), checksConflicts: false });
  expect(await offered()).toEqual(["24T09:00", "25T09:00", "26T09:00", "27T09:00"]);
});

test("a wall-clock time becomes the instant that Temporal calls compatible", async () => {
  const rows = await database().execute<{ zone: string; local: string; at: string }>(sql`
    select zone, local::text, to_char(local_to_instant(local, zone) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from (values ('Europe/Dublin'), ('America/Sao_Paulo'), ('Australia/Lord_Howe'), ('America/St_Johns'),
      ('Africa/Casablanca'), ('Europe/London'), ('America/New_York'), ('Asia/Kathmandu'), ('Pacific/Chatham')) as zones(zone),
      generate_series(timestamp '2026-01-01', timestamp '2026-12-31', interval '47 minutes') as local`);
  const { Temporal } = await import("temporal-polyfill");
  const wrong = rows.filter(({ zone, local, at }) => {
    const plain = Temporal.PlainDateTime.from(local.replace(" ", "T"));
    return plain.toZonedDateTime(zone).toInstant().toString() !== at;
  });
  expect(rows.length).toBeGreaterThan(90_000);
  expect(wrong).toEqual([]);
});
