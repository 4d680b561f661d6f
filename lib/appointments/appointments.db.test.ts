import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { appointmentOccurrences, appointments } from "@/db/schema";
import { changeAppointment } from "./change";
import { createAppointment } from "./create";
import { getAppointment } from "./get";
import { listOccurrences } from "./list";
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
