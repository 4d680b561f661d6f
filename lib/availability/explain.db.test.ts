import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { everyDay, makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import { blockedTimes, bookings, eventTypes, scheduleOverrides, syncedEvents, users } from "@/db/schema";
import { viewerOf } from "@/lib/auth/viewer";
import { addDays, dayOf } from "@/lib/time";
import { explainDay, explainTime, type Reason } from "./explain";
import { insertWorlds } from "./oracle/insert";
import { randomWorld } from "./random-cases";
import { getAvailableSlots } from "./slots";

type Page = Awaited<ReturnType<typeof makeBookingPage>>;

const now = new Date("2026-03-25T08:00:00Z");
const viewerFor = (page: Page) => viewerOf({ id: page.hostId, role: "host" });

const explain = (page: Page, day: string) =>
  explainDay(viewerFor(page), { eventTypeId: page.eventType.id, day }, now);

const explainAt = (page: Page, at: string) =>
  explainTime(viewerFor(page), { eventTypeId: page.eventType.id, startsAt: new Date(at) }, now);

const texts = (reasons: Reason[]) => reasons.map(({ kind, text }) => `${kind}: ${text}`);

async function addEvent(page: Page, values: Partial<typeof syncedEvents.$inferInsert>) {
  const calendar = await makeCalendar(page.hostId, { lastSyncedAt: now });
  await database()
    .insert(syncedEvents)
    .values({
      calendarId: calendar.id,
      hostId: page.hostId,
      providerEventId: randomUUID(),
      occurrenceKey: "",
      uid: randomUUID(),
      title: "Dentist",
      status: "confirmed",
      transparency: "opaque",
      ...values,
    });
}

async function addBooking(page: Page, from: string, to: string, values = {}) {
  await database()
    .insert(bookings)
    .values({
      hostId: page.hostId,
      eventTypeId: page.eventType.id,
      startsAt: new Date(from),
      endsAt: new Date(to),
      bufferBeforeMinutes: page.eventType.bufferBeforeMinutes,
      bufferAfterMinutes: page.eventType.bufferAfterMinutes,
      status: "confirmed",
      visitorName: "Vera",
      visitorEmail: "vera@example.test",
      visitorTimeZone: "UTC",
      idempotencyKey: randomUUID(),
      ...values,
    });
}

test("a day names the event, its calendar and the buffer that decide", async () => {
  const page = await makeBookingPage({
    hours: everyDay("09:00", "11:00"),
    eventType: { bufferBeforeMinutes: 15, bufferAfterMinutes: 10 },
  });
  await addEvent(page, {
    startsAt: new Date("2026-04-01T09:30:00Z"),
    endsAt: new Date("2026-04-01T10:00:00Z"),
  });
  const day = await explain(page, "2026-04-01");
  expect(day).toMatchObject({ timeZone: "UTC", isOverridden: false, stale: null });
  expect(day.busy).toMatchObject([{ kind: "event", title: "Dentist", calendar: "Work", readAt: now }]);
  expect(day.starts.map(({ reasons }) => texts(reasons))).toEqual([
    ["buffer: “Dentist” in Work starts at 09:30; buffers ask for 10 minutes before it."],
    ["busy: “Dentist” in Work, 09:30–10:00."],
    ["buffer: “Dentist” in Work ends at 10:00; buffers ask for 15 minutes after it."],
    [],
  ]);
});

test("an overridden day shows its own hours, and blocks and all-day events as what they are", async () => {
  const page = await makeBookingPage({ timeZone: "Europe/Brussels", hours: everyDay("09:00", "17:00") });
  const { hostId, scheduleId } = page;
  await database()
    .insert(scheduleOverrides)
    .values({ hostId, scheduleId, day: "2026-03-29", startMinute: 0, endMinute: 240 });
  await database()
    .insert(blockedTimes)
    .values({
      hostId,
      title: "Lunch",
      timeZone: "Europe/Brussels",
      startsAt: "2026-03-02 01:30:00",
      endsAt: "2026-03-02 02:00:00",
      weekdays: [7],
    });
  await addEvent(page, { title: "Easter Monday", startDay: "2026-03-30", endDay: "2026-03-31" });
  const day = await explain(page, "2026-03-29");
  // A day of 23 hours.
  expect(day.startsAt.toISOString()).toBe("2026-03-28T23:00:00.000Z");
  expect(day.endsAt.toISOString()).toBe("2026-03-29T22:00:00.000Z");
  expect(day.isOverridden).toBe(true);
  expect(day.windows).toEqual([
    { startsAt: day.startsAt, endsAt: new Date("2026-03-29T02:00:00Z"), source: "override" },
  ]);
  expect(day.starts.map(({ reasons }) => texts(reasons))).toEqual([
    [],
    [],
    [],
    ["busy: The blocked time “Lunch”, 01:30–03:00."],
    [],
    [],
  ]);
  const monday = await explain(page, "2026-03-30");
  expect(monday.starts).toHaveLength(16);
  for (const { reasons } of monday.starts)
    expect(texts(reasons)).toEqual(["busy: “Easter Monday” in Work, all day."]);
});

test("notice, window and limits say what they ask for", async () => {
  const page = await makeBookingPage({
    hours: everyDay("09:00", "10:00"),
    eventType: { minimumNoticeMinutes: 1470, bookingWindowDays: 9, dailyLimit: 1, dailyMinutesLimit: 45 },
  });
  await addBooking(page, "2026-03-27T09:00:00Z", "2026-03-27T09:30:00Z");
  const [first, second] = (await explain(page, "2026-03-27")).starts;
  expect(texts(first?.reasons ?? [])).toEqual([
    "daily_limit: The limit of 1 booking a day is reached.",
    "daily_minutes_limit: The day would hold more than 45 minutes of such meetings.",
    "busy: The booking “Meeting: Vera”, 09:00–09:30.",
  ]);
  expect(second?.reasons.map(({ kind }) => kind)).toEqual(["daily_limit", "daily_minutes_limit"]);
  expect((await explain(page, "2026-03-26")).starts.map(({ reasons }) => texts(reasons))).toEqual([[], []]);
  expect((await explain(page, "2026-03-25")).starts.map(({ reasons }) => texts(reasons))).toEqual([
    ["notice: Bookings need 1 day 30 minutes of notice."],
    ["notice: Bookings need 1 day 30 minutes of notice."],
  ]);
  expect((await explain(page, "2026-03-24")).starts.map(({ reasons }) => texts(reasons))).toEqual([
    ["notice: This time has passed."],
    ["notice: This time has passed."],
  ]);
  expect((await explainAt(page, "2026-04-04T09:00:00Z")).reasons).toEqual([
    { kind: "window", text: "Bookings are possible until Friday 3 April 2026." },
  ]);
});

test("a single time may lie outside the hours, or beside the grid", async () => {
  const page = await makeBookingPage({ hours: everyDay("09:00", "11:00") });
  expect(await explainAt(page, "2026-04-01T09:30:00Z")).toEqual({
    startsAt: new Date("2026-04-01T09:30:00Z"),
    endsAt: new Date("2026-04-01T10:00:00Z"),
    reasons: [],
  });
  expect((await explainAt(page, "2026-04-01T09:40:00Z")).reasons).toEqual([
    { kind: "off_grid", text: "Starts come every 30 minutes, counted from where your hours begin." },
  ]);
  expect((await explainAt(page, "2026-04-01T10:31:00Z")).reasons.map(({ kind }) => kind)).toEqual([
    "outside_hours",
  ]);
});

test("a calendar that could not be read closes the day, and says since when", async () => {
  const page = await makeBookingPage({ hours: everyDay("09:00", "10:00") });
  await makeCalendar(page.hostId, { lastSyncedAt: new Date("2026-03-25T06:30:00Z") });
  const day = await explain(page, "2026-04-01");
  expect(day.stale).toEqual({ calendar: "Work", lastSyncedAt: new Date("2026-03-25T06:30:00Z") });
  expect(texts(day.starts[0]?.reasons ?? [])).toEqual([
    "stale: The calendar Work could not be read since 06:30, so nothing is offered.",
  ]);
});

test("another host's event type and a length that is not offered are refused", async () => {
  const [page, other] = [await makeBookingPage(), await makeBookingPage()];
  const ask = (input: object) =>
    explainDay(viewerFor(page), { eventTypeId: page.eventType.id, day: "2026-04-01", ...input }, now);
  await expect(ask({ eventTypeId: other.eventType.id })).rejects.toMatchObject({ code: "not_found" });
  await expect(ask({ eventTypeId: "nonsense" })).rejects.toMatchObject({ code: "not_found" });
  await expect(ask({ durationMinutes: 45 })).rejects.toMatchObject({
    code: "invalid",
    field: "durationMinutes",
  });
  await expect(ask({ day: "2026-02-30" })).rejects.toMatchObject({ code: "invalid", field: "day" });
});

test("a start without reasons is a free slot, and every free slot is one", { timeout: 120_000 }, async () => {
  const worlds = Array.from({ length: 60 }, (_, n) => randomWorld(4, n));
  await database().transaction((tx) => insertWorlds(tx, worlds));
  const seen = { free: 0, refused: 0 };
  for (const world of worlds) {
    const { now, from, durationMinutes } = world.question;
    const length = durationMinutes ?? world.eventType.durationMinutes;
    if (![world.eventType.durationMinutes, ...world.eventType.otherDurations].includes(length)) continue;
    const viewer = viewerOf({ id: world.host.id, role: "host" });
    const question = { eventTypeId: world.eventType.id, durationMinutes: length };
    const first = dayOf(from, world.schedule.timeZone ?? world.host.timeZone);
    for (const day of [first, addDays(first, 1), addDays(first, 2)]) {
      const { startsAt, endsAt, starts } = await explainDay(viewer, { ...question, day }, now);
      const slots = await getAvailableSlots({ ...question, from: startsAt, to: endsAt, now });
      const free = starts.filter(({ reasons }) => reasons.length === 0);
      expect(free.map((start) => start.startsAt)).toEqual(slots.map((slot) => slot.startsAt));
      seen.free += free.length;
      seen.refused += starts.length - free.length;
      for (const some of starts.slice(0, 2))
        expect(await explainTime(viewer, { ...question, startsAt: some.startsAt }, now)).toEqual(some);
    }
  }
  expect(seen.free).toBeGreaterThan(500);
  expect(seen.refused).toBeGreaterThan(500);
});

test("tentative events and other lengths are explained as they are offered", async () => {
  const page = await makeBookingPage({
    hours: everyDay("09:00", "10:00"),
    eventType: { otherDurations: [60] },
  });
  await addEvent(page, {
    status: "tentative",
    startsAt: new Date("2026-04-01T09:30:00Z"),
    endsAt: new Date("2026-04-01T10:00:00Z"),
  });
  const question = { eventTypeId: page.eventType.id, day: "2026-04-01", durationMinutes: 60 };
  const [hour] = (await explainDay(viewerFor(page), question, now)).starts;
  expect(hour?.reasons).toMatchObject([{ kind: "busy" }]);
  await database().update(users).set({ tentativeBlocks: false }).where(eq(users.id, page.hostId));
  expect((await explainDay(viewerFor(page), question, now)).starts).toMatchObject([{ reasons: [] }]);
  await database().update(eventTypes).set({ otherDurations: [] }).where(eq(eventTypes.id, page.eventType.id));
  await expect(explainDay(viewerFor(page), question, now)).rejects.toMatchObject({ code: "invalid" });
});
