import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { startClockAt } from "@/db/factories/fake-clock";
import { listWrites, makeGoogleMirror } from "@/db/factories/google-mirror";
import { syncLogs } from "@/db/schema";
import { changeAppointment } from "@/lib/appointments/change";
import { createAppointment } from "@/lib/appointments/create";
import { getAppointment } from "@/lib/appointments/get";
import { removeAppointment } from "@/lib/appointments/remove";
import { removeBinding } from "@/lib/bindings/remove";

// A calendar of Google's that appointments are mirrored into: what the host does here and there goes through verbs, clicks
// and notifications alone.

const start = new Date("2026-03-02T08:00:00Z");
const timeZone = "Europe/Berlin";
const spring = { from: new Date("2026-03-01T00:00:00Z"), to: new Date("2026-06-01T00:00:00Z") };

vi.mock(import("node:timers/promises"), async (original) => {
  const { briefly } = await import("@/db/factories/fake-clock");
  return briefly(await original());
});

startClockAt(start);
beforeEach(async () => {
  await database().execute(sql`delete from inngest_events`);
});

const timed = (startsAt: string, minutes = 60) => ({
  kind: "timed" as const,
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString(),
});
const days = (startDay: string, endDay: string) => ({ kind: "allDay" as const, startDay, endDay });
/** Six Mondays at ten in Berlin; the clocks change between the second and the third. */
const jourFixe = {
  title: "Jour fixe",
  description: "Agenda",
  time: timed("2026-03-16T09:00:00.000Z"),
  timeZone,
  recurrence: { rule: "FREQ=WEEKLY;COUNT=6" },
};

async function makeMirror() {
  const mirror = await makeGoogleMirror(start, spring);
  const { viewer, calendarId, shown } = mirror;
  return {
    ...mirror,
    add: (input: object) => createAppointment(viewer, input, new Date()),
    change: (id: string, input: object) => changeAppointment(viewer, id, input, new Date()),
    read: (id: string) => getAppointment(viewer, id),
    /** The host's click at Google on what stands at that time. */
    at: (startsAt: string) => {
      const startOf = ({ date, dateTime }: { date?: string; dateTime?: string }) =>
        Date.parse(dateTime ?? date ?? "");
      const event = shown().find(({ start: time }) => startOf(time) === Date.parse(startsAt));
      return { calendarId, eventId: event?.id ?? expect.fail(`nothing stands at ${startsAt}`) };
    },
  };
}

test("what is saved here stands at Google: once, for days, again and again", async () => {
  const mirror = await makeMirror();
  await mirror.add({ title: "Once", time: timed("2026-03-10T09:00:00.000Z"), timeZone });
  await mirror.add({ title: "Fair", time: days("2026-03-27", "2026-03-30"), timeZone });
  await mirror.add({
    title: "Payday",
    time: days("2026-03-25", "2026-03-26"),
    timeZone,
    recurrence: { rule: "FREQ=MONTHLY" },
  });
  const { id, revision } = await mirror.add(jourFixe);
  await mirror.minute();
  await mirror.agree();
  expect(mirror.linesAtGoogle()).toHaveLength(1 + 1 + 1 + 3 + 6);

  const occurrence = { key: "2026-03-30T08:00:00.000Z", range: "this" };
  const moved = {
    title: "Jour fixe, later",
    location: "Room 7",
    time: timed("2026-03-30T12:00:00.000Z", 90),
  };
  const changed = await mirror.change(id, { revision, occurrence, ...moved });
  await mirror.minute();
  await mirror.agree();
  const off = { key: "2026-04-13T08:00:00.000Z", range: "this" };
  await removeAppointment(mirror.viewer, id, { revision: changed.revision, occurrence: off }, new Date());
  await mirror.minute();
  await mirror.agree();
  await mirror.minute();
  await mirror.rest();
  await mirror.agree();
}, 60_000);

test("what the host does to one occurrence at Google is done here, and written nowhere", async () => {
  const mirror = await makeMirror();
  const { id } = await mirror.add(jourFixe);
  await mirror.minute();
  await mirror.minute();
  mirror.admin.clearLog();
  mirror.admin.changeEvent({ ...mirror.at("2026-03-23T09:00:00Z"), event: { summary: "With Grace" } });
  mirror.admin.moveEvent({
    ...mirror.at("2026-03-30T08:00:00Z"),
    start: { dateTime: "2026-03-31T14:00:00", timeZone },
    end: { dateTime: "2026-03-31T15:30:00", timeZone },
  });
  await mirror.minute();
  await mirror.agree();
  mirror.admin.deleteEvent(mirror.at("2026-04-13T08:00:00Z"));
  await mirror.minute();
  await mirror.agree();
  expect((await mirror.read(id)).recurrence).toMatchObject({
    rule: "FREQ=WEEKLY;COUNT=6",
    exceptions: [
      { key: "2026-03-23T09:00:00.000Z", says: { title: "With Grace", description: "Agenda" } },
      {
        key: "2026-03-30T08:00:00.000Z",
        says: { title: "Jour fixe", time: timed("2026-03-31T12:00:00.000Z", 90) },
      },
      { key: "2026-04-13T08:00:00.000Z", says: null },
    ],
  });
  expect(listWrites(mirror.admin)).toEqual([]);
  await mirror.rest();
  await mirror.agree();
}, 60_000);

test("what the host does to a whole series at Google is done here: its name, its hour, its rule, its end", async () => {
  const mirror = await makeMirror();
  const { id } = await mirror.add(jourFixe);
  await mirror.minute();
  await mirror.minute();
  const { eventId } = mirror.at("2026-03-16T09:00:00Z");
  const series = { calendarId: mirror.calendarId, eventId: eventId.split("_")[0] ?? "" };
  for (const event of [
    { summary: "Stand-up" },
    { recurrence: ["RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260406T215959Z"] },
    {
      start: { dateTime: "2026-03-16T11:00:00", timeZone },
      end: { dateTime: "2026-03-16T11:15:00", timeZone },
    },
    { recurrence: null },
  ]) {
    mirror.admin.changeEvent({ ...series, event });
    await mirror.minute();
    await mirror.agree();
  }
  expect(await mirror.read(id)).toMatchObject({ title: "Stand-up", recurrence: null });
  mirror.admin.deleteEvent(series);
  await mirror.minute();
  await expect(mirror.read(id)).rejects.toMatchObject({ code: "not_found" });
}, 60_000);

test("a series that both change is settled, and the version that lost is in the log", async () => {
  const mirror = await makeMirror();
  const { id, revision } = await mirror.add(jourFixe);
  await mirror.minute();
  await mirror.minute();
  mirror.admin.changeEvent({ ...mirror.at("2026-03-23T09:00:00Z"), event: { summary: "With Grace" } });
  await mirror.change(id, { revision, title: "Stand-up" });
  await mirror.minute();
  await mirror.minute();
  await mirror.agree();
  const rows = await database().select().from(syncLogs).where(eq(syncLogs.operation, "reconcile"));
  expect(JSON.stringify(rows.map(({ detail }) => detail))).toContain("Jour fixe");
  await mirror.rest();
}, 60_000);

test("a series that is read again as a whole is as we wrote it, and a binding that goes takes it along", async () => {
  const mirror = await makeMirror();
  await mirror.add(jourFixe);
  await mirror.add({ title: "Fair", time: days("2026-03-27", "2026-03-30"), timeZone });
  await mirror.minute();
  await mirror.rest();
  expect(await mirror.rest()).toBe(0);
  mirror.admin.expireSyncTokens({ calendarId: mirror.calendarId });
  expect(await mirror.rest()).toBe(1);
  await mirror.agree();
  await removeBinding(mirror.viewer, mirror.bindingId);
  await mirror.minute();
  expect(mirror.linesAtGoogle()).toEqual(["2026-04-01 2026-04-02 Foreign "]);
}, 60_000);

test("a series that was written by half when it was read is not taken for the host's word", async () => {
  const mirror = await makeMirror();
  const { id, revision } = await mirror.add(jourFixe);
  await mirror.minute();
  await mirror.minute();
  const backendError = { kind: "error", error: "backendError" } as const;
  mirror.admin.addFault({ route: "events.patch", effect: backendError, skip: 1, times: 60 });
  const occurrence = { key: "2026-03-30T08:00:00.000Z", range: "this" };
  const renamed = await mirror.change(id, { revision, title: "Stand-up" });
  const grace = { title: "With Grace", location: "Room 7" };
  await mirror.change(id, { revision: renamed.revision, occurrence, ...grace });
  for (let n = 0; n < 3; n += 1) await mirror.minute();
  expect(mirror.linesAtGoogle().filter((line) => line.includes("Stand-up"))).toHaveLength(6);
  const ours = [{ key: occurrence.key, says: { title: "With Grace", location: "Room 7" } }];
  expect((await mirror.read(id)).recurrence?.exceptions).toMatchObject(ours);
  mirror.admin.clearFaults();
  for (let n = 0; n < 6; n += 1) await mirror.pass(300_000);
  await mirror.agree();
  expect((await mirror.read(id)).recurrence?.exceptions).toMatchObject(ours);
  await mirror.rest();
}, 60_000);
