import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars, syncChannels } from "@/db/schema";
import { listConnectionHealth } from "./health";

const now = new Date("2027-01-04T12:00:00Z");

test("shows the own calendar first, and how each that is read learns of changes", async () => {
  const { user, viewer } = await makeHost();
  const work = await makeCalendar(user.id, { name: "Work" });
  const { connectionId } = work;
  const more = { connectionId, hostId: user.id };
  const [own, unused] = await database()
    .insert(calendars)
    .values([
      { ...more, remoteId: "own", name: "Zoe", isPrimary: true, isDestination: true },
      { ...more, remoteId: "unused", name: "Birthdays" },
    ])
    .returning();
  await database()
    .insert(syncChannels)
    .values({
      id: randomUUID(),
      calendarId: own?.id ?? "",
      hostId: user.id,
      secretHash: "none",
      resourceId: "resource",
      createdAt: new Date("2027-01-04T11:00:00Z"),
      expiresAt: new Date("2027-01-11T11:00:00Z"),
      lastNotifiedAt: new Date("2027-01-04T11:58:00Z"),
    });
  await makeCalendar((await makeHost()).user.id);
  const [connection, ...others] = await listConnectionHealth(viewer, now);
  expect(others).toEqual([]);
  expect(connection?.providerName).toBe("calendar.example.test");
  expect(connection?.calendars.map(({ id, channel }) => [id, channel?.state])).toEqual([
    [own?.id, "live"],
    [unused?.id, undefined],
    [work.id, "polled"],
  ]);
});

test("shows nothing of an account that is being let go", async () => {
  const { user, viewer } = await makeHost();
  const { connectionId } = await makeCalendar(user.id);
  await database()
    .update(calendarConnections)
    .set({ status: "disconnecting" })
    .where(eq(calendarConnections.id, connectionId));
  expect(await listConnectionHealth(viewer, now)).toEqual([]);
});
