import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { syncLogs } from "@/db/schema";
import { listActivity } from "./activity";

const now = new Date("2027-01-04T12:30:00Z");

async function makeRuns(hostId: string, runs: [startedAt: string, status: "ok" | "error", ms: number][]) {
  const { id: calendarId } = await makeCalendar(hostId);
  await database()
    .insert(syncLogs)
    .values(
      runs.map(([startedAt, status, durationMs]) => ({
        hostId,
        calendarId,
        operation: "pull" as const,
        status,
        durationMs,
        startedAt: new Date(`2027-01-${startedAt}Z`),
      })),
    );
  return calendarId;
}

test("counts the runs of each of the last 24 hours, and how long they took", async () => {
  const { user, viewer } = await makeHost();
  await makeRuns(user.id, [
    ["04T12:00:00", "ok", 10],
    ["04T12:10:00", "ok", 20],
    ["04T12:20:00", "error", 900],
    ["03T13:00:00", "ok", 50],
    ["03T12:59:59", "error", 1],
    ["04T12:31:00", "ok", 1],
  ]);
  const hours = await listActivity(viewer, now);
  expect(hours).toHaveLength(24);
  expect(hours[0]).toEqual({
    startsAt: new Date("2027-01-03T13:00:00Z"),
    ok: 1,
    failed: 0,
    medianMs: 50,
    slowMs: 50,
  });
  expect(hours[1]).toMatchObject({ ok: 0, failed: 0, medianMs: null, slowMs: null });
  expect(hours[23]).toEqual({
    startsAt: new Date("2027-01-04T12:00:00Z"),
    ok: 2,
    failed: 1,
    medianMs: 20,
    slowMs: 900,
  });
});

test("counts the viewer's own, and those of one calendar when asked", async () => {
  const { user, viewer } = await makeHost();
  const calendar = await makeRuns(user.id, [["04T12:00:00", "ok", 10]]);
  await makeRuns(user.id, [["04T12:00:00", "ok", 10]]);
  const strange = await makeRuns((await makeHost()).user.id, [["04T12:00:00", "error", 10]]);
  const last = async (asked = {}) => (await listActivity(viewer, now, asked)).at(-1);
  expect(await last()).toMatchObject({ ok: 2, failed: 0 });
  expect(await last({ calendar })).toMatchObject({ ok: 1, failed: 0 });
  expect(await last({ calendar: strange })).toMatchObject({ ok: 0, failed: 0 });
});
