import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import {
  blockedTimes,
  calendarConnections,
  calendars,
  eventTypes,
  scheduleOverrides,
  scheduleRules,
  syncedEvents,
} from "@/db/schema";
import { requestBooking } from "@/lib/booking/request";
import { onAvailability } from "./availability";
import { endStreams, openStream } from "./stream";

const soon = { timeout: 10_000, interval: 10 };
const listenerCount = async () => {
  const [row] = await database().execute<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity
    where application_name = 'calends listens to availability' and datname = current_database()`);
  return row?.count;
};

const notify = (hostId: string) => database().execute(sql`select pg_notify('availability', ${hostId})`);

/** What a page that looks at a host hears from now on. */
async function watch(hostId: string) {
  const [heard, last] = [vi.fn(), vi.fn()];
  const lastId = randomUUID();
  const stops = [onAvailability(hostId, heard), onAvailability(lastId, last)];
  // We listen once one of these is heard, or we are told that we listen; then what is still on its way comes first.
  await notify(hostId);
  await expect.poll(() => heard.mock.calls.length, soon).toBeGreaterThan(0);
  const before = last.mock.calls.length;
  await notify(lastId);
  await expect.poll(() => last.mock.calls.length, soon).toBeGreaterThan(before);
  heard.mockClear();
  return {
    heard,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

type Made = Awaited<ReturnType<typeof makeBookingPage>>;
let page: Made;
beforeEach(async () => {
  page = await makeBookingPage();
});

const block = (values: Partial<typeof blockedTimes.$inferInsert> = {}) => ({
  hostId: page.hostId,
  timeZone: "UTC",
  startsAt: "2027-01-05 12:00:00",
  endsAt: "2027-01-05 13:00:00",
  ...values,
});

const changes: Record<string, (page: Made) => Promise<unknown>> = {
  "a booking": ({ handle, eventType }) =>
    requestBooking(
      {
        host: handle,
        eventType: eventType.slug,
        start: new Date(new Date().setUTCHours(10, 0, 0, 0) + 2 * 86_400_000).toISOString(),
        name: "Vera",
        email: "vera@example.test",
        timeZone: "UTC",
        idempotencyKey: randomUUID(),
      },
      new Date(),
    ),
  "a blocked time": () => database().insert(blockedTimes).values(block()),
  "other working hours": ({ scheduleId }) =>
    database().update(scheduleRules).set({ endMinute: 960 }).where(eq(scheduleRules.scheduleId, scheduleId)),
  "a day off": ({ hostId, scheduleId }) =>
    database().insert(scheduleOverrides).values({ hostId, scheduleId, day: "2027-01-06" }),
  "another buffer": ({ eventType }) =>
    database().update(eventTypes).set({ bufferAfterMinutes: 15 }).where(eq(eventTypes.id, eventType.id)),
};

test.each(Object.keys(changes))("%s is heard once it is committed", async (name) => {
  const { heard, stop } = await watch(page.hostId);
  await changes[name]?.(page);
  await expect.poll(() => heard.mock.calls.length, soon).toBeGreaterThan(0);
  stop();
});

describe("events from calendars", () => {
  const event = (calendar: { id: string }, n: number) => ({
    calendarId: calendar.id,
    hostId: page.hostId,
    providerEventId: `event-${n}`,
    occurrenceKey: "",
    uid: `event-${n}`,
    title: "Dentist",
    startsAt: new Date("2027-01-05T10:00:00Z"),
    endsAt: new Date("2027-01-05T11:00:00Z"),
    status: "confirmed" as const,
    transparency: "opaque" as const,
  });

  test("a large sync is heard once", async () => {
    const calendar = await makeCalendar(page.hostId);
    const { heard, stop } = await watch(page.hostId);
    await database().transaction(async (tx) => {
      for (let n = 0; n < 50; n++) await tx.insert(syncedEvents).values(event(calendar, n));
    });
    await expect.poll(() => heard.mock.calls.length, soon).toBe(1);
    stop();
  });

  test("a calendar that is read again after long opens the page again; a usual poll says nothing", async () => {
    const calendar = await makeCalendar(page.hostId, { lastSyncedAt: new Date("2026-01-01T10:00:00Z") });
    const { heard, stop } = await watch(page.hostId);
    const read = (at: string) =>
      database()
        .update(calendars)
        .set({ lastSyncedAt: new Date(at) })
        .where(eq(calendars.id, calendar.id));
    await read("2026-01-01T10:05:00Z");
    await read("2026-01-01T12:00:00Z");
    await expect.poll(() => heard.mock.calls.length, soon).toBe(1);
    stop();
  });
});

test("an account that lets us in no more is heard, and one that does again", async () => {
  const { connectionId } = await makeCalendar(page.hostId);
  const { heard, stop } = await watch(page.hostId);
  const set = (values: Partial<typeof calendarConnections.$inferInsert>) =>
    database().update(calendarConnections).set(values).where(eq(calendarConnections.id, connectionId));
  await set({ status: "reconnect" });
  await expect.poll(() => heard.mock.calls.length, soon).toBe(1);
  await set({ lastError: "The password is wrong." });
  await set({ status: "connected" });
  await expect.poll(() => heard.mock.calls.length, soon).toBe(2);
  stop();
});

test("what is rolled back, and what happens to others, is not heard", async () => {
  const other = await makeBookingPage();
  const { heard, stop } = await watch(page.hostId);
  await database()
    .transaction(async (tx) => {
      await tx.insert(blockedTimes).values(block());
      throw new Error("no");
    })
    .catch(() => {});
  await database()
    .insert(blockedTimes)
    .values(block({ hostId: other.hostId }));
  // Messages come in order, so once this one is there the others would be.
  const { heard: alsoHeard, stop: alsoStop } = await watch(other.hostId);
  await database()
    .insert(blockedTimes)
    .values(block({ hostId: other.hostId }));
  await expect.poll(() => alsoHeard.mock.calls.length, soon).toBe(1);
  expect(heard).not.toHaveBeenCalled();
  stop();
  alsoStop();
});

test("a lost connection comes back by itself, and everybody is told that they may have missed something", async () => {
  const { heard, stop } = await watch(page.hostId);
  for (let time = 1; time <= 2; time++) {
    heard.mockClear();
    await database().execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'calends listens to availability' and datname = current_database()`);
    await expect.poll(() => heard.mock.calls.length, soon).toBe(1);
    await database().insert(blockedTimes).values(block());
    await expect.poll(() => heard.mock.calls.length, soon).toBe(2);
  }
  stop();
});

test("one connection serves all, and goes when the last has left", async () => {
  const stops = [page, await makeBookingPage()].flatMap(({ hostId }) => [
    onAvailability(hostId, () => {}),
    onAvailability(hostId, () => {}),
  ]);
  await expect.poll(listenerCount, soon).toBe(1);
  for (const stop of stops) stop();
  await expect.poll(listenerCount, soon).toBe(0);
});

describe("a stream", () => {
  const open = (address: string, signal = new AbortController().signal) =>
    openStream({ hostId: page.hostId, address, signal });

  test("says that something changed, and nothing else", async () => {
    const reader = open("192.0.2.1").getReader();
    const read = async () => new TextDecoder().decode((await reader.read()).value);
    expect(await read()).toMatch(/^retry: \d{4}\n\n$/);
    const { stop } = await watch(page.hostId);
    await database().insert(blockedTimes).values(block());
    expect(await read()).toBe("event: availability\ndata: {}\n\n");
    await reader.cancel();
    stop();
  });

  test("is refused to an address that holds too many, until one of them goes", async () => {
    const away = new AbortController();
    const streams = Array.from({ length: 59 }, () => open("192.0.2.2"));
    open("192.0.2.2", away.signal);
    expect(() => open("192.0.2.2")).toThrow(expect.objectContaining({ code: "rate_limited" }));
    open("192.0.2.3").cancel();
    away.abort();
    await open("192.0.2.2").cancel();
    await Promise.all(streams.map((stream) => stream.cancel()));
  });

  test("ends when the process is about to, and leaves nothing behind", async () => {
    const reader = open("192.0.2.4").getReader();
    await reader.read();
    endStreams();
    const rest = await reader.read().then(async (next) => (next.done ? next : reader.read()));
    expect(rest.done).toBe(true);
    await expect.poll(listenerCount, soon).toBe(0);
  });
});
