import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { bookings, scheduleOverrides, scheduleRules, schedules } from "@/db/schema";
import { createEventType } from "./create";
import { deleteEventType } from "./delete";
import { duplicateEventType } from "./duplicate";
import { findEventType } from "./find";
import { listEventTypes } from "./list";
import { getSurroundings } from "./surroundings";
import { updateEventType } from "./update";

const now = new Date("2026-11-21T10:00:00Z");
const form = {
  title: "Intro",
  slug: "intro",
  durationMinutes: 15,
  slotIntervalMinutes: 15,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 5,
  minimumNoticeMinutes: 60,
  bookingWindowDays: 30,
  isHidden: false,
};

test("is created, listed, changed and deleted", async () => {
  const { viewer } = await makeHost();
  const { id } = await createEventType(viewer, form, now);
  expect((await listEventTypes(viewer)).map(({ slug }) => slug)).toEqual(["intro", "30-minutes"]);
  await updateEventType(viewer, id, { ...form, title: "Hello", location: "Room 1", isHidden: true }, now);
  expect(await findEventType(viewer, id)).toMatchObject({
    title: "Hello",
    location: "Room 1",
    isHidden: true,
  });
  await deleteEventType(viewer, id);
  expect(await findEventType(viewer, id)).toBeNull();
});

test("keeps everything a host can say, tidied", async () => {
  const { viewer, user } = await makeHost();
  const [schedule] = await database()
    .insert(schedules)
    .values({ hostId: user.id, name: "Evenings" })
    .returning();
  const scheduleId = schedule?.id ?? "";
  await database()
    .insert(scheduleRules)
    .values({ scheduleId, hostId: user.id, weekday: 1, startMinute: 1080, endMinute: 1260 });
  const questions = [
    { id: "topic", label: " Topic ", kind: "choice", isRequired: true, options: ["Tax", "Law"] },
    { label: "Anything else?", kind: "text", isRequired: false, options: ["of no use"] },
  ];
  const said = {
    color: "#3d7cdb",
    scheduleId,
    locationKind: "video",
    location: "https://meet.example.test/hanna",
    otherDurations: [60, 30],
    bookingWindowKind: "date_range",
    windowFirstDay: "2026-12-01",
    windowLastDay: "2026-12-24",
    dailyLimit: 3,
    weeklyLimit: 9,
    dailyMinutesLimit: 120,
    requiresApproval: true,
    reminderMinutes: [60, 1440],
  };
  const { id } = await createEventType(viewer, { ...form, ...said, questions }, now);
  const kept = await findEventType(viewer, id);
  expect(kept).toMatchObject({ ...said, otherDurations: [30, 60], reminderMinutes: [1440, 60] });
  expect(kept?.questions).toEqual([
    { id: "topic", label: "Topic", kind: "choice", isRequired: true, options: ["Tax", "Law"] },
    { id: expect.any(String), label: "Anything else?", kind: "text", isRequired: false, options: [] },
  ]);

  const phone = {
    ...form,
    locationKind: "visitor_phone",
    location: "left over",
    windowFirstDay: "2026-12-01",
  };
  await updateEventType(viewer, id, phone, now);
  expect(await findEventType(viewer, id)).toMatchObject({ location: null, windowFirstDay: null });
});

test("settings nothing could ever be booked with are refused, naming the field", async () => {
  const { viewer } = await makeHost();
  const refusals: [string, object][] = [
    ["durationMinutes", { durationMinutes: 481 }],
    ["otherDurations.1", { otherDurations: [30, 600] }],
    ["dailyMinutesLimit", { dailyMinutesLimit: 10 }],
    ["minimumNoticeMinutes", { minimumNoticeMinutes: 1440, bookingWindowDays: 1 }],
    [
      "windowLastDay",
      { bookingWindowKind: "date_range", windowFirstDay: "2026-11-01", windowLastDay: "2026-11-20" },
    ],
    ["location", { locationKind: "video", location: "call me" }],
  ];
  for (const [field, change] of refusals)
    await expect(createEventType(viewer, { ...form, ...change }, now)).rejects.toMatchObject({
      code: "invalid",
      field,
    });
  const hinted = { ...form, dailyLimit: 5, weeklyLimit: 2 };
  await expect(createEventType(viewer, hinted, now)).resolves.toMatchObject({ weeklyLimit: 2 });
});

test("a longer day ahead makes room for a longer meeting, one that is over does not", async () => {
  const { viewer, user } = await makeHost();
  const [schedule] = await database().select().from(schedules).where(eq(schedules.hostId, user.id));
  const longDay = (day: string) => ({
    hostId: user.id,
    scheduleId: schedule?.id ?? "",
    day,
    startMinute: 480,
    endMinute: 1200,
  });
  const longest = async () => (await getSurroundings(viewer, { now })).schedules[0]?.longestWindowMinutes;
  await database().insert(scheduleOverrides).values(longDay("2026-11-20"));
  expect(await longest()).toBe(480);
  await database().insert(scheduleOverrides).values(longDay("2026-11-21"));
  expect(await longest()).toBe(720);
});

test("another host's schedule is none of one's own", async () => {
  const { viewer } = await makeHost();
  const { user: other } = await makeHost();
  const [foreign] = await database().select().from(schedules).where(eq(schedules.hostId, other.id));
  await expect(createEventType(viewer, { ...form, scheduleId: foreign?.id }, now)).rejects.toMatchObject({
    code: "invalid",
    field: "scheduleId",
  });
});

test("an address is taken once per host, by other hosts as often as they like", async () => {
  const { viewer } = await makeHost();
  const { viewer: other } = await makeHost();
  await createEventType(viewer, form, now);
  await createEventType(other, form, now);
  const taken = { code: "conflict", field: "slug" };
  await expect(createEventType(viewer, form, now)).rejects.toMatchObject(taken);
  const { id } = await createEventType(viewer, { ...form, slug: "other" }, now);
  await expect(updateEventType(viewer, id, form, now)).rejects.toMatchObject(taken);
});

test("of two that ask for an address at once, one gets it", async () => {
  const { viewer } = await makeHost();
  const results = await Promise.allSettled([1, 2].map(() => createEventType(viewer, form, now)));
  expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  expect(results.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: "conflict", field: "slug" },
  });
});

test("a copy has everything but the address, and is hidden", async () => {
  const { viewer } = await makeHost();
  const slug = "a".repeat(60);
  const original = await createEventType(
    viewer,
    { ...form, slug, dailyLimit: 2, requiresApproval: true },
    now,
  );
  const copies = await Promise.all([1, 2].map(() => duplicateEventType(viewer, original.id)));
  expect(copies.map((copy) => copy.slug).toSorted()).toEqual([
    `${"a".repeat(53)}-copy-2`,
    `${"a".repeat(55)}-copy`,
  ]);
  for (const copy of copies)
    expect(copy).toMatchObject({
      title: "Intro (copy)",
      isHidden: true,
      dailyLimit: 2,
      requiresApproval: true,
    });
});

test("one with bookings stays", async () => {
  const { viewer } = await makeHost();
  const { id } = await createEventType(viewer, form, now);
  await database()
    .insert(bookings)
    .values({
      hostId: viewer.userId,
      eventTypeId: id,
      startsAt: new Date("2027-01-04T09:00:00Z"),
      endsAt: new Date("2027-01-04T09:15:00Z"),
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 5,
      visitorName: "Vera",
      visitorEmail: "vera@example.test",
      visitorTimeZone: "UTC",
      idempotencyKey: randomUUID(),
    });
  await expect(deleteEventType(viewer, id)).rejects.toMatchObject({ code: "conflict" });
  expect(await findEventType(viewer, id)).not.toBeNull();
});

test("somebody else's, and one that never was, are not found", async () => {
  const { viewer } = await makeHost();
  const { id } = await createEventType((await makeHost()).viewer, form, now);
  for (const unknown of [id, randomUUID()]) {
    expect(await findEventType(viewer, unknown)).toBeNull();
    await expect(updateEventType(viewer, unknown, form, now)).rejects.toMatchObject({ code: "not_found" });
    await expect(duplicateEventType(viewer, unknown)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteEventType(viewer, unknown)).rejects.toMatchObject({ code: "not_found" });
  }
  expect(await findEventType(viewer, "new")).toBeNull();
});
