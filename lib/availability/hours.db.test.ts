import { expect, test } from "vitest";
import { makeHost } from "@/db/factories/users";
import type { Viewer } from "@/lib/auth/viewer";
import { listSchedules } from "@/lib/schedules/list";
import { listWeeklyHours, saveWeeklyHours } from "./hours";

const monday = { weekday: 1, startMinute: 540, endMinute: 720 };
const overMidnight = { weekday: 7, startMinute: 1320, endMinute: 1560 };
const night = { weekday: 1, startMinute: 1200, endMinute: 1440 };

async function save(viewer: Viewer, hours: object[]) {
  const [schedule] = await listSchedules(viewer);
  await saveWeeklyHours(viewer, schedule?.id ?? "", { hours });
}

test("saves several intervals a day, up to 24:00 and past it, and replaces what was there", async () => {
  const { viewer } = await makeHost();
  expect(await listWeeklyHours(viewer)).toHaveLength(5);
  await save(viewer, [night, overMidnight, monday]);
  expect(await listWeeklyHours(viewer)).toEqual([monday, night, overMidnight]);
  await save(viewer, []);
  expect(await listWeeklyHours(viewer)).toEqual([]);
});

test("an overlap is refused by name and changes nothing", async () => {
  const { viewer } = await makeHost();
  const overlapping = { weekday: 1, startMinute: 700, endMinute: 800 };
  await expect(save(viewer, [monday, overlapping])).rejects.toMatchObject({
    code: "invalid",
    field: "hours.1.startMinute",
  });
  expect(await listWeeklyHours(viewer)).toHaveLength(5);
});

test("two saves at once leave one of them, whole", async () => {
  const { viewer } = await makeHost();
  const one = [monday, night];
  const other = [{ ...monday, weekday: 3 }];
  await Promise.all([one, other, one, other].map((hours) => save(viewer, hours)));
  expect([one, other]).toContainEqual(await listWeeklyHours(viewer));
});
