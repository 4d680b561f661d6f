import { expect, test } from "vitest";
import { makeHost } from "@/db/factories/users";
import { deleteBlockedTime } from "./delete";
import { listBlockedTimes } from "./list";
import { addBlockedTime, changeBlockedTime } from "./save";

const now = new Date("2027-03-01T12:00:00Z");
const visit = {
  title: "Dentist",
  timeZone: "Europe/Brussels",
  startDay: "2027-03-03",
  startTime: "09:30",
  endDay: "2027-03-03",
  endTime: "10:15",
};
const titlesOf = async (viewer: Parameters<typeof listBlockedTimes>[0]) =>
  (await listBlockedTimes(viewer, now)).map(({ title }) => title);

test("blocks a time, changes it into a recurring one, and frees it", async () => {
  const { viewer } = await makeHost();
  await addBlockedTime(viewer, visit);
  const [made] = await listBlockedTimes(viewer, now);
  expect(made).toMatchObject({ title: "Dentist", startsAt: "2027-03-03 09:30:00", weekdays: null });
  const id = made?.id ?? "";
  await changeBlockedTime(viewer, id, { ...visit, title: "Gym", repeats: "on", weekdays: "1,3" });
  expect(await listBlockedTimes(viewer, now)).toMatchObject([{ title: "Gym", weekdays: [1, 3] }]);
  await deleteBlockedTime(viewer, id);
  await deleteBlockedTime(viewer, id);
  expect(await listBlockedTimes(viewer, now)).toEqual([]);
});

test("lists what is not over where it happens, recurring ones first", async () => {
  const { viewer } = await makeHost();
  const on = (title: string, day: string, more: object = {}) =>
    addBlockedTime(viewer, { ...visit, title, startDay: day, endDay: day, ...more });
  const weekly = { repeats: "on", weekdays: "1" };
  await on("over", "2027-02-28");
  // 12:00 in Greenwich is 22:00 in Brisbane, and 07:00 in New York.
  await on("over in Brisbane", "2027-03-01", { timeZone: "Australia/Brisbane" });
  await on("to come in New York", "2027-03-01", { timeZone: "America/New_York" });
  await on("every week", "2026-01-05", weekly);
  await on("until last week", "2026-01-05", { ...weekly, untilDay: "2027-02-22" });
  await on("until today", "2026-01-05", { ...weekly, untilDay: "2027-03-01" });
  expect(await titlesOf(viewer)).toEqual(["every week", "until today", "to come in New York"]);
});

test("what is wrong is said of its field, and somebody else's is not there", async () => {
  const { viewer } = await makeHost();
  const { viewer: stranger } = await makeHost();
  await expect(addBlockedTime(viewer, { ...visit, endTime: "09:00" })).rejects.toMatchObject({
    code: "invalid",
    field: "endTime",
  });
  await addBlockedTime(viewer, visit);
  const [made] = await listBlockedTimes(viewer, now);
  const id = made?.id ?? "";
  await expect(changeBlockedTime(stranger, id, visit)).rejects.toMatchObject({ code: "not_found" });
  await expect(changeBlockedTime(viewer, "nonsense", visit)).rejects.toMatchObject({ code: "not_found" });
  await deleteBlockedTime(stranger, id);
  expect(await titlesOf(viewer)).toEqual(["Dentist"]);
  expect(await titlesOf(stranger)).toEqual([]);
});
