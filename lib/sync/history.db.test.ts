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
  expect((await listSyncRuns(viewer, { onlyErrors: true })).runs).toMatchObject([{ error: "No answer." }]);
});

test("a run outlives its calendar", async () => {
  const { viewer, user } = await makeHost();
  const { id } = await makeRuns(user.id);
  await database().delete(calendars).where(eq(calendars.id, id));
  const { runs } = await listSyncRuns(viewer);
  expect(runs.map(({ calendarName }) => calendarName)).toEqual([null, null, null]);
});
