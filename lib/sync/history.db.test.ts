import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { calendars, syncLogs } from "@/db/schema";
import { listSyncRuns } from "./history";

async function makeRuns(hostId: string) {
  const calendar = await makeCalendar(hostId, { name: "Work" });
  const run = {
    hostId,
    calendarId: calendar.id,
    connectionId: calendar.connectionId,
    operation: "pull",
  } as const;
  const startedAt = new Date("2027-01-04T12:00:00Z");
  await database()
    .insert(syncLogs)
    .values([
      { ...run, status: "ok", durationMs: 1, created: 3, startedAt },
      { ...run, status: "error", durationMs: 2, error: "No answer.", startedAt },
      { ...run, status: "ok", durationMs: 3, startedAt },
    ]);
  return calendar;
}

test("shows the viewer's runs, newest first, page by page", async () => {
  const { viewer, user } = await makeHost();
  await makeRuns(user.id);
  await makeRuns((await makeHost()).user.id);
  const first = await listSyncRuns(viewer, { size: 2 });
  expect(first.runs.map(({ durationMs }) => durationMs)).toEqual([3, 2]);
  expect(first.hasMore).toBe(true);
  const second = await listSyncRuns(viewer, { size: 2, before: first.runs[1]?.id ?? 0 });
  expect(second).toMatchObject({
    runs: [{ durationMs: 1, created: 3, calendarName: "Work" }],
    hasMore: false,
  });
});

test("failures can be looked at alone", async () => {
  const { viewer, user } = await makeHost();
  await makeRuns(user.id);
  expect((await listSyncRuns(viewer, { only: "errors" })).runs).toMatchObject([{ error: "No answer." }]);
});

test("the runs of one calendar can be looked at alone", async () => {
  const { viewer, user } = await makeHost();
  const calendar = await makeRuns(user.id);
  await makeRuns(user.id);
  expect((await listSyncRuns(viewer)).runs).toHaveLength(6);
  expect((await listSyncRuns(viewer, { calendar: calendar.id })).runs).toHaveLength(3);
  const strange = await makeRuns((await makeHost()).user.id);
  expect((await listSyncRuns(viewer, { calendar: strange.id })).runs).toEqual([]);
});

test("a long run stands where it began", async () => {
  const { viewer, user } = await makeHost();
  const { id: calendarId } = await makeCalendar(user.id);
  const run = { hostId: user.id, calendarId, operation: "pull", status: "ok" } as const;
  const at = (minute: number) => new Date(Date.UTC(2027, 0, 4, 12, minute));
  await database()
    .insert(syncLogs)
    .values([
      { ...run, durationMs: 1, startedAt: at(2) },
      { ...run, durationMs: 180_000, startedAt: at(1) },
      { ...run, durationMs: 2, startedAt: at(3) },
    ]);
  const first = await listSyncRuns(viewer, { size: 2 });
  expect(first.runs.map(({ durationMs }) => durationMs)).toEqual([2, 1]);
  const { runs } = await listSyncRuns(viewer, { before: first.runs[1]?.id ?? 0 });
  expect(runs.map(({ durationMs }) => durationMs)).toEqual([180_000]);
});

test("a run outlives its calendar", async () => {
  const { viewer, user } = await makeHost();
  const { id } = await makeRuns(user.id);
  await database().delete(calendars).where(eq(calendars.id, id));
  const { runs } = await listSyncRuns(viewer);
  expect(runs.map(({ calendarName }) => calendarName)).toEqual([null, null, null]);
});
