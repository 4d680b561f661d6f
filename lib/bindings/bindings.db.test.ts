import { randomUUID } from "node:crypto";
import { and, eq, gt, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { makeConfirmedVisit, makeVisit } from "@/db/factories/visit";
import { appointments, appointmentTargets, syncLogs } from "@/db/schema";
import { viewerOf } from "@/lib/auth/viewer";
import { lockCalendar } from "@/lib/sync/lock";
import { changeBinding } from "./change";
import { countScope } from "./count";
import { createBinding } from "./create";
import { getBinding } from "./list";
import { bindingScopes } from "./schema";
import { syncNow } from "./sync-now";

const now = new Date("2026-01-01T00:00:00Z");

async function addAppointments(ownerId: string, projectId: string | null, count: number): Promise<void> {
  const [startsAt, endsAt] = [new Date("2027-03-01T09:00:00Z"), new Date("2027-03-01T10:00:00Z")];
  const rows = Array.from({ length: count }, () => ({
    ...{ ownerId, projectId, uid: `${randomUUID()}@calends`, title: "Talk", timeZone: "UTC" },
    ...{ startsAt, endsAt },
  }));
  await database().insert(appointments).values(rows);
}

/** A host with a booking, personal appointments and some at every node, a different number at each. */
async function makeWorld() {
  const page = await makeBookingPage();
  const hostId = page.hostId;
  await makeConfirmedVisit(page, now);
  await makeVisit(page, now, { start: "2026-01-05T12:00:00Z" });
  const colleague = await makeHost();
  const client = await makeProject({ kind: "client" }, { [hostId]: "viewer" });
  const litigation = await makeProject({ kind: "litigation", parentId: client });
  const patent = await makeProject({ kind: "patent", parentId: client });
  const matter = await makeProject({ kind: "case", parentId: litigation });
  const project = await makeProject({ parentId: matter });
  const unseen = await makeProject({ kind: "client" });
  await addAppointments(hostId, null, 1);
  await addAppointments(colleague.user.id, null, 2);
  await addAppointments(hostId, client, 4);
  await addAppointments(colleague.user.id, litigation, 8);
  await addAppointments(colleague.user.id, patent, 16);
  await addAppointments(hostId, matter, 32);
  await addAppointments(colleague.user.id, project, 64);
  await addAppointments(colleague.user.id, unseen, 128);
  const viewer = viewerOf({ id: hostId, role: "host" });
  return { viewer, hostId, places: { client, litigation, patent, case: matter, project } };
}

test("as many are announced as a binding then wants, for every scope", async () => {
  const { viewer, hostId, places } = await makeWorld();
  const counts: Record<string, number[]> = {};
  for (const scope of bindingScopes)
    for (const include_personal of [false, true]) {
      const calendar = await makeCalendar(hostId);
      const scope_id = scope in places ? places[scope as keyof typeof places] : null;
      const values = { scope, scope_id, include_personal };
      await createBinding(viewer, { ...values, calendar_id: calendar.id }, now);
      const wanted = await database().execute(sql`select from wanted_targets(${calendar.id}, null)`);
      const counted = await countScope(viewer, values);
      expect(counted, scope).toBe(wanted.length);
      counts[scope] = [...(counts[scope] ?? []), counted];
    }
  // The booking and one more are personal.
  expect(counts).toEqual({
    all_visible: [126, 126],
    personal_only: [2, 2],
    project: [64, 66],
    client: [124, 126],
    litigation: [104, 106],
    patent: [16, 18],
    case: [96, 98],
  });
});

test("a scope that cannot be is not counted", async () => {
  const { viewer, places } = await makeWorld();
  const count = (values: object) => countScope(viewer, values).catch(({ code, field }) => ({ code, field }));
  const refused = { code: "invalid", field: "scope_id" };
  expect(await count({ scope: "case", scope_id: places.client })).toEqual(refused);
  expect(await count({ scope: "all_visible", scope_id: places.client })).toEqual(refused);
  expect(await count({ scope: "case", scope_id: randomUUID() })).toEqual(refused);
});

test("a binding counts its copies where they are, and those that still have to leave", async () => {
  const { viewer, hostId, places } = await makeWorld();
  const calendar = await makeCalendar(hostId);
  const values = { calendar_id: calendar.id, scope: "client", scope_id: places.client };
  const id = await createBinding(viewer, values, now);
  const aim = () => database().execute(sql`select aim_targets(${calendar.id}, null)`);
  await aim();
  expect(await getBinding(viewer, id)).toMatchObject({ copies: { inCalendar: 0, pending: 124, failing: 0 } });
  const own = eq(appointmentTargets.calendarId, calendar.id);
  await database()
    .update(appointmentTargets)
    .set({ pushDueAt: null, pushedAt: now, pushedHash: "x", remoteId: sql`uid` })
    .where(own);
  await database().execute(sql`
    update appointment_targets set last_error = 'Full.', push_due_at = now() + interval '1 hour'
    where id in (select id from appointment_targets where calendar_id = ${calendar.id} limit 3)`);
  expect(await getBinding(viewer, id)).toMatchObject({
    status: "error",
    copies: { inCalendar: 121, pending: 0, failing: 3 },
    leaving: 0,
  });
  await changeBinding(viewer, id, { scope: "case", scope_id: places.case }, now);
  await aim();
  expect(await getBinding(viewer, id)).toMatchObject({ leaving: 28 });
  await changeBinding(viewer, id, { enabled: false }, now);
  await aim();
  expect(await getBinding(viewer, id)).toMatchObject({
    status: "disabled",
    copies: { inCalendar: 0, pending: 0, failing: 0 },
    leaving: 124,
  });
});

test("a calendar that lost copies in bulk says for a week how many were put back", async () => {
  const { viewer, hostId } = await makeWorld();
  const calendar = await makeCalendar(hostId);
  const id = await createBinding(viewer, { calendar_id: calendar.id, scope: "personal_only" }, now);
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  const settled = (because: string | null, startedAt: Date, calendarId = calendar.id) => ({
    ...{
      hostId,
      calendarId,
      operation: "reconcile" as const,
      status: "ok" as const,
      durationMs: 1,
      startedAt,
    },
    detail: { title: "Talk", isDeleted: true, outcome: because ? "put_back" : "removed", because },
  });
  const elsewhere = await makeCalendar(hostId);
  await database()
    .insert(syncLogs)
    .values([
      ...[settled("bulk", days(1)), settled("bulk", days(6)), settled("bulk", days(8))],
      ...[settled("past", days(1)), settled(null, days(1)), settled("bulk", days(1), elsewhere.id)],
    ]);
  expect((await getBinding(viewer, id)).calendar.restored).toBe(2);
});

test("“Sync now” has a calendar written and read, also what would wait longer, and is its owner's alone", async () => {
  const { viewer, hostId } = await makeWorld();
  const stranger = await makeHost();
  const calendar = await makeCalendar(hostId);
  const id = await createBinding(viewer, { calendar_id: calendar.id, scope: "personal_only" }, now);
  await database().execute(sql`select aim_targets(${calendar.id}, null)`);
  const own = eq(appointmentTargets.calendarId, calendar.id);
  const later = new Date(now.getTime() + 6 * 3_600_000);
  await database()
    .update(appointmentTargets)
    .set({ pushDueAt: later, attempts: 5, lastError: "Full." })
    .where(own);
  const asked = async (name: string) => {
    const rows = await database().execute(sql`
      select from inngest_events where name = ${name} and data::jsonb ->> 'calendarId' = ${calendar.id}`);
    return rows.length;
  };
  const before = [await asked("calendar/push.requested"), await asked("calendar/sync.requested")];
  await expect(syncNow(stranger.viewer, id, now)).rejects.toMatchObject({ code: "not_found" });
  await syncNow(viewer, id, now);
  const due = await database()
    .select({ dueAt: appointmentTargets.pushDueAt })
    .from(appointmentTargets)
    .where(own);
  expect(due.map(({ dueAt }) => dueAt?.getTime())).toEqual([0, 0]);
  const after = [await asked("calendar/push.requested"), await asked("calendar/sync.requested")];
  expect(after).toEqual(before.map((count) => count + 1));
});

test("“Sync now” waits for who marks many copies of that calendar, and the two never for each other", async () => {
  const { viewer, hostId } = await makeWorld();
  const calendar = await makeCalendar(hostId);
  const id = await createBinding(viewer, { calendar_id: calendar.id, scope: "all_visible" }, now);
  await database().execute(sql`select aim_targets(${calendar.id}, null)`);
  const later = new Date(now.getTime() + 3_600_000);
  let asked: Promise<void> = Promise.resolve();
  await database().transaction(async (tx) => {
    await lockCalendar(tx, calendar.id);
    asked = syncNow(viewer, id, now);
    const [holder] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    const countWaiting = async () => {
      const rows = await database().execute(
        sql`select from pg_stat_activity where ${holder?.pid ?? 0}::int = any(pg_blocking_pids(pid))`,
      );
      return rows.length;
    };
    await expect.poll(countWaiting, { timeout: 5000 }).toBe(1);
    await tx
      .update(appointmentTargets)
      .set({ pushDueAt: later })
      .where(eq(appointmentTargets.calendarId, calendar.id));
  });
  await asked;
  const late = and(eq(appointmentTargets.calendarId, calendar.id), gt(appointmentTargets.pushDueAt, now));
  expect(await database().$count(appointmentTargets, late)).toBe(0);
});
