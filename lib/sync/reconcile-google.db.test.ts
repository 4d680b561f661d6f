import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeGoogleConnection, startOwnGoogle } from "@/db/factories/google";
import { makeConfirmedVisit } from "@/db/factories/visit";
import { appointments, appointmentTargets, syncedEvents } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import { cancelBooking } from "@/lib/booking/cancel";
import { pushBooking } from "@/lib/mirror/push";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

// What the fake plays in reconcile.db.test.ts, with all that Google has of its own: ids, stones, series, transfers.

const now = new Date("2026-01-01T00:00:00Z");
const minute = (count: number) => new Date(now.getTime() + count * 60_000);
const at = (clock: string, day = "2026-01-05") => ({ dateTime: `${day}T${clock}:00Z` });
const instant = (clock: string, day?: string) => new Date(at(clock, day).dateTime);

let google: GoogleServer;
beforeAll(async () => {
  google = await startOwnGoogle({ startsAt: now });
});
afterAll(() => google.stop());

async function makeWorld() {
  const page = await makeBookingPage();
  const account = await makeGoogleConnection(google, page.hostId, { isDestination: true });
  const calendarId = account.calendar.id;
  await pullCalendar(calendarId, now);
  const visit = await makeConfirmedVisit(page, now);
  await pushBooking(visit.id, now);
  await pullCalendar(calendarId, now);
  const uid = `${visit.id}@calends`;
  const target = async () => {
    const [row] = await database().select().from(appointmentTargets).where(eq(appointmentTargets.uid, uid));
    return row;
  };
  const { id: targetId = "", remoteId: eventId } = (await target()) ?? {};
  const which = { calendarId: account.email, eventId: eventId ?? "" };
  google.admin.clearLog();
  return {
    ...account,
    page,
    visit,
    target,
    which,
    settle: async (when: Date) => {
      await pullCalendar(calendarId, when);
      await reconcileTarget(targetId, when);
    },
    /** All that stands in the account's own calendar. */
    standing: (calendar = account.email) =>
      google.admin
        .eventsIn({
          calendarId: calendar,
          timeMin: at("00:00", "2026-01-01").dateTime,
          timeMax: at("00:00", "2026-03-01").dateTime,
        })
        .map(({ summary, start }) => [summary, start?.dateTime ?? start?.date]),
    writes: () =>
      google.admin
        .log()
        .filter(({ method, path }) => method !== "GET" && path.includes("/events") && !path.includes("watch"))
        .map(({ method }) => method),
    readings: () =>
      database()
        .select({ startsAt: syncedEvents.startsAt, startDay: syncedEvents.startDay })
        .from(syncedEvents)
        .where(eq(syncedEvents.calendarId, calendarId)),
  };
}

const title = "Meeting: Vera Visitor";

test("our own writing comes back for nothing", async () => {
  const world = await makeWorld();
  for (const count of [1, 2]) await world.settle(minute(count));
  await pushBooking(world.visit.id, minute(3));
  expect(world.writes()).toEqual([]);
  expect(await world.target()).toMatchObject({ divergedAt: null });
});

test("an event moved and renamed there moves the booking, and nothing is written back", async () => {
  const world = await makeWorld();
  google.admin.moveEvent({ ...world.which, start: at("14:00"), end: at("15:00") });
  google.admin.changeEvent({ ...world.which, event: { summary: "Budget", location: "Room 5" } });
  await world.settle(minute(1));
  expect(await world.visit.row()).toMatchObject({ startsAt: instant("14:00"), endsAt: instant("15:00") });
  const [appointment] = await database()
    .select()
    .from(appointments)
    .where(eq(appointments.bookingId, world.visit.id));
  expect(appointment).toMatchObject({ title: "Budget", location: "Room 5", startsAt: instant("14:00") });
  await pushBooking(world.visit.id, minute(2));
  await world.settle(minute(3));
  expect(world.writes()).toEqual([]);
  expect(await world.visit.mails("visitor")).toEqual(["confirmed", "moved"]);
});

test("an event deleted there calls the booking off", async () => {
  const world = await makeWorld();
  google.admin.deleteEvent(world.which);
  await world.settle(minute(1));
  await pushBooking(world.visit.id, minute(2));
  expect(await world.visit.row()).toMatchObject({ status: "cancelled", cancelledBy: "host" });
  expect([world.writes(), await world.target()]).toEqual([[], undefined]);
});

test("an event that came to last all day, or to repeat, is put back, and its days are free again", async () => {
  const days = { start: { date: "2026-01-06" }, end: { date: "2026-01-08" } };
  const changes = [
    (world: Awaited<ReturnType<typeof makeWorld>>) => google.admin.moveEvent({ ...world.which, ...days }),
    (world: Awaited<ReturnType<typeof makeWorld>>) =>
      google.admin.changeEvent({ ...world.which, event: { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] } }),
  ];
  for (const change of changes) {
    const world = await makeWorld();
    change(world);
    await world.settle(minute(1));
    expect(world.standing()).toEqual([[title, expect.stringContaining("2026-01-05T1")]]);
    expect(await world.visit.row()).toMatchObject({ startsAt: instant("10:00"), sequence: 0 });
    expect(await world.visit.mails("host")).toEqual(["confirmed", "put_back"]);
    for (const count of [2, 3]) await world.settle(minute(count));
    expect(await world.readings()).toEqual([{ startsAt: instant("10:00"), startDay: null }]);
    expect(world.writes()).toHaveLength(1);
    expect(await world.target()).toMatchObject({ divergedAt: null });
  }
});

test("an event on another booking's time is put back", async () => {
  const world = await makeWorld();
  await makeConfirmedVisit(world.page, now, { start: at("14:00").dateTime });
  google.admin.moveEvent({ ...world.which, start: at("14:15"), end: at("14:45") });
  await world.settle(minute(1));
  expect(await world.visit.row()).toMatchObject({ startsAt: instant("10:00") });
  expect(world.standing()).toEqual([[title, expect.stringContaining("2026-01-05T10:00")]]);
});

test("an event moved into another calendar of the account is followed there", async () => {
  const world = await makeWorld();
  const team = await world.addCalendar({ lastSyncedAt: now });
  google.admin.transferEvent({ ...world.which, to: team.remoteId });
  await world.settle(minute(1));
  expect(await world.visit.row()).toMatchObject({ status: "confirmed", sequence: 0 });
  expect(await world.target()).toMatchObject({ calendarId: team.id, divergedAt: null });
  expect(world.writes()).toEqual([]);
  google.admin.deleteEvent({ calendarId: team.remoteId, eventId: world.which.eventId });
  await pullCalendar(team.id, minute(2));
  await world.settle(minute(2));
  expect(await world.visit.row()).toMatchObject({ status: "cancelled" });
});

test("an event deleted there after we had moved it is put there again, under an id of its own", async () => {
  const world = await makeWorld();
  google.admin.deleteEvent(world.which);
  await database()
    .update(appointments)
    .set({ title: "Ours, and newer", updatedAt: minute(1) })
    .where(eq(appointments.bookingId, world.visit.id));
  await world.settle(minute(2));
  expect(world.standing()).toEqual([["Ours, and newer", expect.stringContaining("2026-01-05T10:00")]]);
  await world.settle(minute(3));
  expect(await world.visit.row()).toMatchObject({ status: "confirmed" });
  expect(await world.target()).toMatchObject({ divergedAt: null });
});

test("sync tokens that are lost call nothing off", async () => {
  const world = await makeWorld();
  google.admin.expireSyncTokens({ calendarId: world.email });
  await world.settle(minute(1));
  expect(await world.visit.row()).toMatchObject({ status: "confirmed" });
  expect([world.writes(), (await world.target())?.divergedAt]).toEqual([[], null]);
});

describe("a copy the host made repeat before we knew where it lay", () => {
  const makeLost = async () => {
    const world = await makeWorld();
    await database()
      .update(appointmentTargets)
      .set({ remoteId: null, etag: null, pushedAt: null, pushedHash: sql`' ' || pushed_hash` })
      .where(eq(appointmentTargets.uid, `${world.visit.id}@calends`));
    google.admin.changeEvent({ ...world.which, event: { recurrence: ["RRULE:FREQ=WEEKLY;COUNT=3"] } });
    return world;
  };

  test("goes as a whole when the booking is off", async () => {
    const world = await makeLost();
    await cancelBooking(world.visit.viewer, world.visit.id, {}, minute(1));
    await pushBooking(world.visit.id, minute(1));
    expect(world.standing()).toEqual([]);
    expect(await world.readings()).toEqual([]);
  });

  test("is put back as one event", async () => {
    const world = await makeLost();
    await pushBooking(world.visit.id, minute(1));
    for (const count of [2, 3]) await world.settle(minute(count));
    expect(world.standing()).toEqual([[title, expect.stringContaining("2026-01-05T10:00")]]);
    expect(await world.target()).toMatchObject({ remoteId: world.which.eventId, divergedAt: null });
  });
});
