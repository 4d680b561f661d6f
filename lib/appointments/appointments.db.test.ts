import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeProject } from "@/db/factories/projects";
import { makeHost } from "@/db/factories/users";
import { makeConfirmedVisit } from "@/db/factories/visit";
import { appointmentOccurrences, appointments, bookings, projects } from "@/db/schema";
import { removeProject } from "@/lib/projects/remove";
import { changeAppointment } from "./change";
import { AppointmentConflict } from "./conflict";
import { createAppointment } from "./create";
import { getAppointment } from "./get";
import { listOccurrences } from "./list";
import { expandDueAppointments } from "./occurrences";
import { removeAppointment } from "./remove";

const now = new Date("2027-01-01T08:00:00Z");
const zone = "Europe/Berlin";
const timed = (startsAt: string, endsAt: string) => ({ kind: "timed", startsAt, endsAt });
const single = {
  title: " Review ",
  time: timed("2027-01-04T09:00:00Z", "2027-01-04T10:00:00Z"),
  timeZone: zone,
};
const weekly = { ...single, recurrence: { rule: "FREQ=WEEKLY;COUNT=4" } };
const january = { from: new Date("2027-01-01T00:00:00Z"), to: new Date("2027-02-01T00:00:00Z") };
const row = async (id: string) =>
  (await database().select().from(appointments).where(eq(appointments.id, id)))[0];

test("a personal appointment is added, changed and deleted, and its revision rises", async () => {
  const { viewer, user } = await makeHost();
  const made = await createAppointment(viewer, single, now);
  expect(made).toMatchObject({
    ...{ title: "Review", description: null, project: null, recurrence: null, revision: 1 },
    ...{ ownerId: user.id, isMine: true, isEditable: true, bookingId: null },
  });
  expect(await row(made.id)).toMatchObject({ uid: `${made.id}@calends`, sequence: 0, updatedAt: now });
  const changed = await changeAppointment(viewer, made.id, { revision: 1, title: "Revue" }, now);
  expect(changed).toMatchObject({ title: "Revue", revision: 2, time: made.time });
  expect(await row(made.id)).toMatchObject({ sequence: 1 });
  await removeAppointment(viewer, made.id, { revision: 2 }, now);
  await expect(getAppointment(viewer, made.id)).rejects.toMatchObject({ code: "not_found" });
});

test("a project that goes while something is put on it is said to be gone", async () => {
  const { viewer, user } = await makeHost();
  const own = await createAppointment(viewer, single, now);
  const attempts = [
    (projectId: string) => createAppointment(viewer, { ...single, projectId }, now),
    (projectId: string) => changeAppointment(viewer, own.id, { revision: 1, projectId }, now),
  ];
  for (const attempt of attempts) {
    const projectId = await makeProject({}, { [user.id]: "manager" });
    let refused: Promise<unknown> = Promise.resolve();
    await database().transaction(async (tx) => {
      await tx.delete(projects).where(eq(projects.id, projectId));
      refused = attempt(projectId).then(
        () => expect.fail("It was put on a project that is gone."),
        (error) => expect(error).toMatchObject({ code: "conflict", field: "projectId" }),
      );
      const [holder] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
      await expect.poll(() => countWaiting(holder?.pid ?? 0), { timeout: 5000 }).toBe(1);
    });
    await refused;
  }
});

test("a project that something is put on just then does not go", async () => {
  const { user, viewer } = await makeHost();
  const projectId = await makeProject({}, { [user.id]: "manager" });
  let refused: Promise<unknown> = Promise.resolve();
  await database().transaction(async (tx) => {
    const [startsAt, endsAt] = [now, new Date(now.getTime() + 3_600_000)];
    const added = { ownerId: user.id, projectId, uid: projectId, title: "Talk", timeZone: zone };
    await tx.insert(appointments).values({ ...added, startsAt, endsAt });
    refused = removeProject(viewer, projectId).then(
      () => expect.fail("It was said to be deleted."),
      (error) => expect(error).toMatchObject({ code: "conflict" }),
    );
    const [holder] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await expect.poll(() => countWaiting(holder?.pid ?? 0), { timeout: 5000 }).toBe(1);
  });
  await refused;
});

/** How many wait for what somebody's transaction holds. */
async function countWaiting(holder: number): Promise<number> {
  const [row] = await database().execute<{ n: number }>(
    sql`select count(*)::int as n from pg_stat_activity where ${holder}::int = any(pg_blocking_pids(pid))`,
  );
  return row?.n ?? 0;
}

test("what repeats is listed occurrence by occurrence, and one of them is another day", async () => {
  const { viewer } = await makeHost();
  const { id } = await createAppointment(viewer, weekly, now);
  const starts = async () =>
    (await listOccurrences(viewer, january, zone)).map(
      ({ time }) => time.kind === "timed" && time.startsAt.toISOString(),
    );
  expect(await starts()).toEqual(
    [4, 11, 18, 25].map((day) => `2027-01-${String(day).padStart(2, "0")}T09:00:00.000Z`),
  );
  const key = "2027-01-11T09:00:00.000Z";
  await changeAppointment(
    viewer,
    id,
    {
      revision: 1,
      time: timed("2027-01-12T09:00:00Z", "2027-01-12T10:00:00Z"),
      occurrence: { key, range: "this" },
    },
    now,
  );
  expect((await starts())[1]).toBe("2027-01-12T09:00:00.000Z");
  expect(await getAppointment(viewer, id, key)).toMatchObject({
    time: { startsAt: new Date("2027-01-12T09:00:00Z") },
  });
  const kept = await database()
    .select()
    .from(appointmentOccurrences)
    .where(eq(appointmentOccurrences.appointmentId, id));
  expect(kept.map(({ startsAt }) => startsAt?.toISOString()).sort()).toEqual(await starts());
});

test("of two who change it at once one is told, with both versions, and nothing of theirs is written", async () => {
  const { viewer } = await makeHost();
  const { id } = await createAppointment(viewer, single, now);
  const say = (title: string) => changeAppointment(viewer, id, { revision: 1, title }, now);
  const tries = await Promise.allSettled([say("One"), say("Two")]);
  const [won] = tries.flatMap((each) => (each.status === "fulfilled" ? [each.value.title] : []));
  const [lost] = tries.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
  const current = {
    title: won,
    description: null,
    location: null,
    projectId: null,
    timeZone: zone,
    recurrence: null,
  };
  expect(lost).toBeInstanceOf(AppointmentConflict);
  expect(lost).toMatchObject({
    code: "conflict",
    yours: { ...current, title: won === "One" ? "Two" : "One" },
    current: { ...current, revision: 2 },
  });
  expect(await getAppointment(viewer, id)).toMatchObject({ title: won, revision: 2 });
  await expect(removeAppointment(viewer, id, { revision: 1 }, now)).rejects.toBeInstanceOf(
    AppointmentConflict,
  );
  expect(await changeAppointment(viewer, id, { revision: 2, title: "Three" }, now)).toMatchObject({
    revision: 3,
  });
});

test("a conflict over one occurrence is about what that one says", async () => {
  const { viewer } = await makeHost();
  const { id } = await createAppointment(viewer, weekly, now);
  const occurrence = { key: "2027-01-18T09:00:00.000Z", range: "this" };
  await changeAppointment(viewer, id, { revision: 1, title: "Mine", occurrence }, now);
  await expect(
    changeAppointment(viewer, id, { revision: 1, location: "Here", occurrence }, now),
  ).rejects.toMatchObject({
    yours: { title: "Mine", location: "Here", time: { startsAt: new Date("2027-01-18T09:00:00Z") } },
    current: { title: "Mine", location: null, revision: 2 },
  });
});

test("a change that changes nothing leaves the revision", async () => {
  const { viewer } = await makeHost();
  const { id } = await createAppointment(viewer, single, now);
  expect(await changeAppointment(viewer, id, { revision: 1, title: "Review" }, now)).toMatchObject({
    revision: 1,
  });
});

test("what is wrong is refused, naming the field", async () => {
  const { viewer } = await makeHost();
  const refusals: [object, string][] = [
    [{ title: " " }, "title"],
    [{ title: "x".repeat(201) }, "title"],
    [{ description: "x".repeat(5001) }, "description"],
    [{ projectId: "mine" }, "projectId"],
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ time: timed("2027-01-04T09:00:00Z", "2027-01-04T09:00:00Z") }, "time.endsAt"],
    [{ time: timed("tomorrow", "2027-01-04T09:00:00Z") }, "time.startsAt"],
    [{ time: { kind: "allDay", startDay: "2027-01-04", endDay: "2027-01-04" } }, "time.endDay"],
    [{ time: { kind: "allDay", startDay: "2027-02-30", endDay: "2027-03-04" } }, "time.startDay"],
    [{ recurrence: { rule: "" } }, "recurrence.rule"],
    [{ recurrence: { rule: "FREQ=SECONDLY" } }, "recurrence.rule"],
  ];
  for (const [change, field] of refusals)
    await expect(createAppointment(viewer, { ...single, ...change }, now)).rejects.toMatchObject({
      ...{ code: "invalid", field },
    });
  const skipped = { kind: "allDay", startDay: "2011-12-30", endDay: "2011-12-31" };
  await expect(
    createAppointment(viewer, { ...single, time: skipped, timeZone: "Pacific/Apia" }, now),
  ).rejects.toMatchObject({ field: "time.startDay" });
});

test("days are listed where they are days, and what was moved before the first occurrence, too", async () => {
  const { viewer } = await makeHost();
  const day = { kind: "allDay", startDay: "2027-01-31", endDay: "2027-02-01" };
  await createAppointment(viewer, { ...single, time: day }, now);
  const inFebruary = { from: new Date("2027-02-01T00:00:00Z"), to: new Date("2027-02-02T00:00:00Z") };
  expect(await listOccurrences(viewer, inFebruary, "UTC")).toHaveLength(0);
  expect(await listOccurrences(viewer, inFebruary, "Pacific/Honolulu")).toHaveLength(1);

  const later = await createAppointment(
    viewer,
    { ...weekly, time: timed("2027-06-07T09:00:00Z", "2027-06-07T10:00:00Z") },
    now,
  );
  const key = "2027-06-07T09:00:00.000Z";
  await changeAppointment(
    viewer,
    later.id,
    {
      revision: 1,
      time: timed("2027-01-05T09:00:00Z", "2027-01-05T10:00:00Z"),
      occurrence: { key, range: "this" },
    },
    now,
  );
  expect(await listOccurrences(viewer, january, zone)).toMatchObject([
    { occurrenceKey: key },
    { occurrenceKey: "" },
  ]);
});

test("each night a series takes time further ahead, which is no change of it", async () => {
  const { viewer } = await makeHost();
  const { id } = await createAppointment(viewer, { ...weekly, recurrence: { rule: "FREQ=WEEKLY" } }, now);
  const last = async () => {
    const rows = await database()
      .select()
      .from(appointmentOccurrences)
      .where(eq(appointmentOccurrences.appointmentId, id))
      .orderBy(appointmentOccurrences.startsAt);
    return { first: rows.at(0)?.startsAt, last: rows.at(-1)?.startsAt };
  };
  const days = (count: number) => new Date(now.getTime() + count * 86_400_000);
  expect((await last()).last).toEqual(new Date("2028-07-03T08:00:00Z"));
  await expandDueAppointments(days(10));
  expect((await last()).last).toEqual(new Date("2028-07-03T08:00:00Z"));
  await expandDueAppointments(days(60));
  const after = await last();
  expect(after.last?.getTime()).toBeGreaterThan(days(600).getTime());
  expect(after.first?.getTime()).toBeGreaterThan(days(27).getTime());
  expect(await row(id)).toMatchObject({ revision: 1, expandedUntil: days(610) });
});

test("a booking's appointment is shown while it holds, and changed by nobody", async () => {
  const page = await makeBookingPage();
  const visit = await makeConfirmedVisit(page, now, { start: "2027-01-05T10:00:00Z" });
  const list = () =>
    listOccurrences(visit.viewer, { from: now, to: new Date(now.getTime() + 90 * 86_400_000) }, zone);
  const [item] = await list();
  expect(item).toMatchObject({ isEditable: false, isMine: true, bookingId: visit.id });
  const id = item?.appointmentId ?? "";
  const change = { revision: item?.revision ?? 0, title: "X" };
  await expect(changeAppointment(visit.viewer, id, change, now)).rejects.toMatchObject({ code: "forbidden" });
  await expect(removeAppointment(visit.viewer, id, change, now)).rejects.toMatchObject({ code: "forbidden" });
  await database()
    .update(bookings)
    .set({ status: "cancelled", cancelledBy: "host" })
    .where(eq(bookings.id, visit.id));
  expect(await list()).toEqual([]);
});
