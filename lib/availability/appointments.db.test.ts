import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage, makeCalendar } from "@/db/factories/booking-page";
import { makeProject } from "@/db/factories/projects";
import { appointmentTargets, projectMembers, syncedEvents } from "@/db/schema";
import { changeAppointment } from "@/lib/appointments/change";
import { createAppointment } from "@/lib/appointments/create";
import { removeAppointment } from "@/lib/appointments/remove";
import { viewerOf } from "@/lib/auth/viewer";
import { explainDay } from "./explain";
import { getAvailableSlots } from "./slots";

const now = new Date("2027-01-01T08:00:00Z");
const all = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"];
const without10 = all.filter((clock) => clock !== "10:00");
const at10 = { kind: "timed", startsAt: "2027-01-05T10:00:00Z", endsAt: "2027-01-05T10:30:00Z" };
const weekly = { title: "Jour fixe", time: at10, timeZone: "UTC", recurrence: { rule: "FREQ=WEEKLY" } };

/** Open from nine to noon, seen from the booking page and by the explanation, which must say the same. */
async function setUp() {
  const page = await makeBookingPage({ hours: [[2, "09:00", "12:00"]] });
  const viewer = viewerOf({ id: page.hostId, role: "host" });
  const free = async (day: string) => {
    const [from, to] = [new Date(`${day}T00:00:00Z`), new Date(`${day}T24:00:00Z`)];
    const slots = await getAvailableSlots({ eventTypeId: page.eventType.id, from, to, now });
    const offered = slots.map(({ startsAt }) => startsAt.toISOString().slice(11, 16));
    const { starts } = await explainDay(viewer, { eventTypeId: page.eventType.id, day }, now);
    const explained = starts.filter(({ reasons }) => reasons.length === 0);
    expect(explained.map(({ startsAt }) => startsAt.toISOString().slice(11, 16))).toEqual(offered);
    return offered;
  };
  return { ...page, viewer, free };
}

test("what repeats takes its time every week, until it is moved, off or gone", async () => {
  const { viewer, free } = await setUp();
  const { id } = await createAppointment(viewer, weekly, now);
  expect([await free("2027-01-05"), await free("2027-06-29")]).toEqual([without10, without10]);
  const occurrence = { key: "2027-01-12T10:00:00.000Z", range: "this" };
  await removeAppointment(viewer, id, { revision: 1, occurrence }, now);
  expect([await free("2027-01-12"), await free("2027-01-19")]).toEqual([all, without10]);
  const at9 = { kind: "timed", startsAt: "2027-01-05T09:00:00Z", endsAt: "2027-01-05T09:30:00Z" };
  await changeAppointment(viewer, id, { revision: 2, time: at9 }, now);
  expect([await free("2027-01-12"), await free("2027-01-19")]).toEqual([all, all.slice(1)]);
  await removeAppointment(viewer, id, { revision: 3 }, now);
  expect(await free("2027-01-19")).toEqual(all);
});

test("whole days are taken, once or again and again", async () => {
  const { viewer, free } = await setUp();
  const day = {
    title: "Away",
    time: { kind: "allDay", startDay: "2027-01-05", endDay: "2027-01-06" },
    timeZone: "UTC",
  };
  await createAppointment(viewer, day, now);
  await createAppointment(
    viewer,
    {
      ...day,
      time: { ...day.time, startDay: "2027-01-19", endDay: "2027-01-20" },
      recurrence: { rule: "FREQ=MONTHLY" },
    },
    now,
  );
  const days = ["2027-01-05", "2027-01-12", "2027-01-19", "2027-10-19"];
  expect(await Promise.all(days.map(free))).toEqual([[], all, [], []]);
});

test("what lies on a project takes its owner's time alone, while they see it", async () => {
  const { hostId, viewer, free } = await setUp();
  const colleague = await setUp();
  const projectId = await makeProject({}, { [hostId]: "editor", [colleague.hostId]: "manager" });
  await createAppointment(viewer, { ...weekly, projectId }, now);
  await createAppointment(
    viewer,
    { ...weekly, time: { ...at10, endsAt: "2027-01-05T11:00:00Z" }, projectId, recurrence: null },
    now,
  );
  expect(await free("2027-01-05")).toEqual(["09:00", "09:30", "11:00", "11:30"]);
  expect(await colleague.free("2027-01-05")).toEqual(all);
  const mine = and(eq(projectMembers.projectId, projectId), eq(projectMembers.userId, hostId));
  await database().delete(projectMembers).where(mine);
  expect(await free("2027-01-05")).toEqual(all);
});

test("the copy of a colleague's series is nobody's time where we put it, and somebody's once it was moved", async () => {
  const { hostId, free } = await setUp();
  const colleague = await setUp();
  const projectId = await makeProject({}, { [hostId]: "viewer", [colleague.hostId]: "editor" });
  const { id } = await createAppointment(colleague.viewer, { ...weekly, projectId }, now);
  const calendar = await makeCalendar(hostId, { lastSyncedAt: now });
  const uid = `${id}.${randomUUID()}@calends`;
  const copy = { calendarId: calendar.id, ownerId: hostId, appointmentId: id, uid, remoteId: "copy" };
  await database().insert(appointmentTargets).values(copy);
  const put = (occurrenceKey: string, startsAt: string, endsAt: string) =>
    database()
      .insert(syncedEvents)
      .values({
        ...{
          calendarId: calendar.id,
          hostId,
          providerEventId: "copy",
          occurrenceKey,
          uid,
          title: "Jour fixe",
        },
        ...{
          startsAt: new Date(startsAt),
          endsAt: new Date(endsAt),
          status: "confirmed",
          transparency: "opaque",
        },
      });
  await put("1", "2027-01-12T10:00:00Z", "2027-01-12T10:30:00Z");
  await put("2", "2027-01-19T11:00:00Z", "2027-01-19T11:30:00Z");
  expect([await free("2027-01-12"), await free("2027-01-19")]).toEqual([
    all,
    all.filter((clock) => clock !== "11:00"),
  ]);
  // It is to go, wherever it stands.
  await database()
    .update(appointmentTargets)
    .set({ removedAt: now, appointmentId: null })
    .where(eq(appointmentTargets.uid, uid));
  expect([await free("2027-01-12"), await free("2027-01-19")]).toEqual([all, all]);
});
