import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { eventTypes } from "@/db/schema";
import { listWeeklyHours } from "@/lib/availability/hours";
import { createSchedule } from "./create";
import { deleteSchedule } from "./delete";
import { listSchedules } from "./list";
import { makeDefaultSchedule } from "./make-default";
import { listOverrides, removeOverrides, saveOverride } from "./overrides";
import { saveSchedule } from "./save";

async function makeTwo() {
  const { user, viewer } = await makeHost();
  const nights = await createSchedule(viewer, { name: " Nights ", timeZone: "Asia/Tokyo" });
  const [first] = await listSchedules(viewer);
  return { user, viewer, nights, first: first?.id ?? "" };
}

test("a new schedule begins with the default one's hours, and the default comes first", async () => {
  const { viewer, nights, first } = await makeTwo();
  const all = await listSchedules(viewer);
  expect(all.map(({ name, timeZone, isDefault }) => ({ name, timeZone, isDefault }))).toEqual([
    { name: "Working hours", timeZone: null, isDefault: true },
    { name: "Nights", timeZone: "Asia/Tokyo", isDefault: false },
  ]);
  expect(all[0]?.eventTypes).toMatchObject([{ title: "30-minute meeting", durationMinutes: 30 }]);
  expect(await listWeeklyHours(viewer, nights)).toEqual(await listWeeklyHours(viewer, first));
});

test("a name and a zone are set, and the zone given back to the profile", async () => {
  const { viewer, nights } = await makeTwo();
  await saveSchedule(viewer, nights, { name: "Late", timeZone: "" });
  expect((await listSchedules(viewer))[1]).toMatchObject({ name: "Late", timeZone: null });
  await expect(saveSchedule(viewer, nights, { name: " ", timeZone: "" })).rejects.toMatchObject({
    code: "invalid",
    field: "name",
  });
  await expect(saveSchedule(viewer, nights, { name: "Late", timeZone: "Mars/Base" })).rejects.toMatchObject({
    code: "invalid",
    field: "timeZone",
  });
});

test("the default moves, also when several ask at once, and there is always one", async () => {
  const { viewer, nights, first } = await makeTwo();
  await makeDefaultSchedule(viewer, nights);
  expect((await listSchedules(viewer)).map(({ id }) => id)).toEqual([nights, first]);
  await Promise.all([first, nights, first, nights].map((id) => makeDefaultSchedule(viewer, id)));
  expect((await listSchedules(viewer)).filter(({ isDefault }) => isDefault)).toHaveLength(1);
});

test("the default and what an event type uses stay; the error says which", async () => {
  const { user, viewer, nights, first } = await makeTwo();
  await expect(deleteSchedule(viewer, first)).rejects.toMatchObject({ code: "conflict" });
  await database().update(eventTypes).set({ scheduleId: nights }).where(eq(eventTypes.hostId, user.id));
  await expect(deleteSchedule(viewer, nights)).rejects.toThrow("“30-minute meeting”");
  await database().update(eventTypes).set({ scheduleId: first }).where(eq(eventTypes.hostId, user.id));
  await deleteSchedule(viewer, nights);
  expect(await listSchedules(viewer)).toHaveLength(1);
});

test("a vacation closes its dates, other hours replace it, and removing gives the week back", async () => {
  const { viewer, first } = await makeTwo();
  await saveOverride(viewer, first, { firstDay: "2027-02-27", lastDay: "2027-03-02", hours: [] });
  await saveOverride(viewer, first, {
    firstDay: "2027-03-01",
    lastDay: "2027-03-01",
    hours: [
      { startMinute: 1320, endMinute: 1560 },
      { startMinute: 600, endMinute: 720 },
    ],
  });
  await removeOverrides(viewer, first, { firstDay: "2027-02-28", lastDay: "2027-02-28" });
  expect(await listOverrides(viewer, first, "2027-01-01")).toEqual([
    { day: "2027-02-27", hours: [] },
    {
      day: "2027-03-01",
      hours: [
        { startMinute: 600, endMinute: 720 },
        { startMinute: 1320, endMinute: 1560 },
      ],
    },
    { day: "2027-03-02", hours: [] },
  ]);
  expect(await listOverrides(viewer, first, "2027-03-02")).toHaveLength(1);
});

test("somebody else's schedule is not there", async () => {
  const { nights } = await makeTwo();
  const { viewer: stranger } = await makeHost();
  const off = { firstDay: "2027-03-01", lastDay: "2027-03-01" };
  const missing = { code: "not_found" };
  await expect(saveSchedule(stranger, nights, { name: "Mine", timeZone: "" })).rejects.toMatchObject(missing);
  await expect(makeDefaultSchedule(stranger, nights)).rejects.toMatchObject(missing);
  await expect(deleteSchedule(stranger, nights)).rejects.toMatchObject(missing);
  await expect(saveOverride(stranger, nights, { ...off, hours: [] })).rejects.toMatchObject(missing);
  await expect(removeOverrides(stranger, nights, off)).rejects.toMatchObject(missing);
  expect(await listOverrides(stranger, nights, "2027-01-01")).toEqual([]);
  expect(await listWeeklyHours(stranger, nights)).toEqual([]);
});
