import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeHost } from "@/db/factories/users";
import { bookings } from "@/db/schema";
import { createEventType } from "./create";
import { deleteEventType } from "./delete";
import { findEventType } from "./find";
import { listEventTypes } from "./list";
import { updateEventType } from "./update";

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
  const { id } = await createEventType(viewer, form);
  expect((await listEventTypes(viewer)).map(({ slug }) => slug)).toEqual(["intro", "30-minutes"]);
  await updateEventType(viewer, id, { ...form, title: "Hello", location: "Room 1", isHidden: true });
  expect(await findEventType(viewer, id)).toMatchObject({
    title: "Hello",
    location: "Room 1",
    isHidden: true,
  });
  await deleteEventType(viewer, id);
  expect(await findEventType(viewer, id)).toBeNull();
});

test("an address is taken once per host, by other hosts as often as they like", async () => {
  const { viewer } = await makeHost();
  const { viewer: other } = await makeHost();
  await createEventType(viewer, form);
  await createEventType(other, form);
  await expect(createEventType(viewer, form)).rejects.toMatchObject({ code: "conflict", field: "slug" });
  const { id } = await createEventType(viewer, { ...form, slug: "other" });
  await expect(updateEventType(viewer, id, form)).rejects.toMatchObject({ code: "conflict", field: "slug" });
});

test("one with bookings stays", async () => {
  const { viewer } = await makeHost();
  const { id } = await createEventType(viewer, form);
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
  const { id } = await createEventType((await makeHost()).viewer, form);
  for (const unknown of [id, randomUUID()]) {
    expect(await findEventType(viewer, unknown)).toBeNull();
    await expect(updateEventType(viewer, unknown, form)).rejects.toMatchObject({ code: "not_found" });
    await expect(deleteEventType(viewer, unknown)).rejects.toMatchObject({ code: "not_found" });
  }
  expect(await findEventType(viewer, "new")).toBeNull();
});
