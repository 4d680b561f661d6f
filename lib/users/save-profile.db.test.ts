import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeSubscription } from "@/db/factories/subscriptions";
import { makeHost } from "@/db/factories/users";
import { calendars } from "@/db/schema";
import { getProfile } from "./profile";
import { saveProfile } from "./save-profile";

const now = new Date("2026-11-21T10:00:00Z");

test("saves name, address and time zone", async () => {
  const { viewer, user } = await makeHost();
  await saveProfile(viewer, { name: " Ada ", handle: `${user.handle}-2`, timeZone: "Asia/Kolkata" }, now);
  expect(await getProfile(viewer)).toMatchObject({
    name: "Ada",
    handle: `${user.handle}-2`,
    timeZone: "Asia/Kolkata",
    email: user.email,
  });
});

test("another time zone has every calendar of this host read again, the same one does not", async () => {
  const { viewer, user } = await makeHost({ timeZone: "Europe/Berlin" });
  const own = await makeCalendar(user.id);
  const other = await makeCalendar((await makeHost()).user.id);
  const dueAt = async (id: string) =>
    (await database().select().from(calendars).where(eq(calendars.id, id)))[0]?.baselineDueAt;
  const values = { name: "Ada", handle: user.handle, timeZone: "Europe/Berlin" };

  await saveProfile(viewer, values, now);
  expect(await dueAt(own.id)).toBeNull();

  await saveProfile(viewer, { ...values, timeZone: "Asia/Tokyo" }, now);
  expect(await dueAt(own.id)).toEqual(now);
  expect(await dueAt(other.id)).toBeNull();
});

test("another time zone has feeds read at once, but those that fail", async () => {
  const { viewer, user } = await makeHost({ timeZone: "Europe/Berlin" });
  const nextSyncAt = new Date(now.getTime() + 86_400_000);
  const works = await makeSubscription(user.id, { calendar: { nextSyncAt } });
  const fails = await makeSubscription(user.id, { calendar: { nextSyncAt, errorCount: 2 } });
  const next = async ({ calendar }: typeof works) =>
    (await database().select().from(calendars).where(eq(calendars.id, calendar.id)))[0]?.nextSyncAt;
  await saveProfile(viewer, { name: "Ada", handle: user.handle, timeZone: "Asia/Tokyo" }, now);
  expect(await next(works)).toEqual(now);
  expect(await next(fails)).toEqual(nextSyncAt);
});

test("an address somebody else has is refused, and nothing changes", async () => {
  const { viewer } = await makeHost({ name: "Before" });
  const { user: other } = await makeHost();
  await expect(
    saveProfile(viewer, { name: "After", handle: other.handle, timeZone: "UTC" }, now),
  ).rejects.toMatchObject({ code: "conflict", field: "handle" });
  expect(await getProfile(viewer)).toMatchObject({ name: "Before" });
});

test.each([
  ["name", ""],
  ["handle", "Ada Lovelace"],
  ["handle", "-ada"],
  ["timeZone", "Nowhere/Land"],
])("%s cannot be %j", async (field, value) => {
  const { viewer, user } = await makeHost();
  const values = { name: "Ada", handle: user.handle, timeZone: "UTC", [field]: value };
  await expect(saveProfile(viewer, values, now)).rejects.toMatchObject({ code: "invalid", field });
});
