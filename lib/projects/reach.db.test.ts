import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { appointments, appointmentTargets, calendarBindings } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { listProjects } from "./list";
import { listReach } from "./reach";
import { listWaiting } from "./waiting";

async function addAppointment(ownerId: string, projectId: string, title: string): Promise<string> {
  const [startsAt, endsAt] = [new Date("2027-03-01T09:00:00Z"), new Date("2027-03-01T10:00:00Z")];
  const uid = `${randomUUID()}@calends`;
  const [row] = await database()
    .insert(appointments)
    .values({ ownerId, projectId, uid, title, startsAt, endsAt, timeZone: "UTC" })
    .returning();
  return row?.id ?? "";
}

async function makeWorld() {
  const [boss, ben, stranger] = [await makeHost(), await makeHost({ name: "Ben Bauer" }), await makeHost()];
  const client = await makeProject({ kind: "client" }, { [boss.user.id]: "manager" });
  const suit = await makeProject({ kind: "litigation", parentId: client }, { [ben.user.id]: "viewer" });
  const other = await makeProject({}, { [boss.user.id]: "manager" });
  const calendarOf = async (hostId: string, name: string) => {
    const calendar = await makeCalendar(hostId, { name });
    await database()
      .insert(calendarBindings)
      .values({ hostId, calendarId: calendar.id, scope: "all_visible" });
    return calendar.id;
  };
  const calendars = {
    boss: await calendarOf(boss.user.id, "Work"),
    ben: await calendarOf(ben.user.id, "Private"),
  };
  await addAppointment(boss.user.id, client, "Talk");
  await addAppointment(boss.user.id, suit, "Hearing");
  const push = (calendarId: string, at: string, values: object = {}) =>
    database()
      .update(appointmentTargets)
      .set({ pushDueAt: null, lastError: null, pushedAt: new Date(at), ...values })
      .where(eq(appointmentTargets.calendarId, calendarId));
  const reachFor = async ({ viewer }: typeof boss) => listReach(viewer, await listProjects(viewer));
  return { boss, ben, stranger, client, suit, other, calendars, push, reachFor };
}

test("a project says when its appointments, and those below, reached all calendars they belong in", async () => {
  const { boss, ben, stranger, client, suit, other, calendars, push, reachFor } = await makeWorld();
  expect(await reachFor(boss)).toEqual({
    [client]: { calendarLastSyncedAt: null, copies: 3, waiting: 3, failing: 0 },
    [suit]: { calendarLastSyncedAt: null, copies: 2, waiting: 2, failing: 0 },
  });
  await push(calendars.boss, "2027-01-01T10:00:00Z");
  // Also what waits for a colleague's calendar.
  expect(await reachFor(boss)).toMatchObject({ [client]: { calendarLastSyncedAt: null, waiting: 1 } });
  await push(calendars.ben, "2027-01-01T11:00:00Z");
  const last = new Date("2027-01-01T11:00:00Z");
  expect(await reachFor(boss)).toMatchObject({
    [client]: { calendarLastSyncedAt: last, copies: 3, waiting: 0 },
    [suit]: { calendarLastSyncedAt: last, copies: 2 },
  });
  expect(await reachFor(boss)).not.toHaveProperty(other);
  // A member of what lies below sees that alone.
  expect(Object.keys(await reachFor(ben))).toEqual([suit]);
  expect(await reachFor(stranger)).toEqual({});
});

test("and which have not yet, with the error, to whoever owns the calendar", async () => {
  const { boss, ben, stranger, client, suit, calendars, push, reachFor } = await makeWorld();
  await push(calendars.boss, "2027-01-01T10:00:00Z");
  const dueAt = new Date("2027-01-01T12:00:00Z");
  await push(calendars.ben, "2027-01-01T11:00:00Z", {
    lastError: "dav.ben.example is full.",
    pushDueAt: dueAt,
  });
  expect(await reachFor(boss)).toMatchObject({
    [client]: { calendarLastSyncedAt: null, waiting: 1, failing: 1 },
  });
  const waiting = { title: "Hearing", owner: "Ben Bauer", isFailing: true, dueAt };
  expect(await listWaiting(ben.viewer, suit)).toMatchObject([
    { ...waiting, calendar: "Private", error: "dav.ben.example is full." },
  ]);
  expect(await listWaiting(boss.viewer, client)).toMatchObject([{ ...waiting, calendar: null, error: null }]);
  // What is to be taken out of a calendar does not belong there any more.
  await database()
    .update(appointmentTargets)
    .set({ removedAt: dueAt })
    .where(eq(appointmentTargets.calendarId, calendars.ben));
  expect(await listWaiting(boss.viewer, client)).toEqual([]);
  for (const { viewer } of [stranger, ben])
    await expect(listWaiting(viewer, client)).rejects.toThrow(AppError);
});
