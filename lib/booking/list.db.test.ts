import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { bookings } from "@/db/schema";
import { viewerOf } from "@/lib/auth/viewer";
import { listBookings } from "./list";

const now = new Date("2027-01-04T12:00:00Z");

async function makeHostWithBookings() {
  const { hostId, eventType } = await makeBookingPage();
  const book = (visitorName: string, start: string, values: Partial<typeof bookings.$inferInsert> = {}) =>
    database()
      .insert(bookings)
      .values({
        hostId,
        eventTypeId: eventType.id,
        startsAt: new Date(start),
        endsAt: new Date(new Date(start).getTime() + 30 * 60_000),
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        status: "confirmed",
        visitorName,
        visitorEmail: "vera@example.test",
        visitorTimeZone: "UTC",
        idempotencyKey: randomUUID(),
        ...values,
      });
  await book("over", "2027-01-04T11:30:00Z");
  await book("long over", "2027-01-03T09:00:00Z");
  await book("lost", "2027-01-04T11:30:00Z", { status: "declined", declineReason: "conflict" });
  await book("tomorrow", "2027-01-05T09:00:00Z", { status: "pending" });
  await book("soon", "2027-01-04T12:30:00Z");
  await book("called off", "2027-01-06T09:00:00Z", { status: "cancelled", cancelledBy: "visitor" });
  return viewerOf({ id: hostId, role: "host" });
}

test("each booking stands in one list: the next first, or the latest first", async () => {
  const viewer = await makeHostWithBookings();
  const names = async (period: "upcoming" | "past" | "dropped") =>
    (await listBookings(viewer, { period, now })).bookings.map(({ visitorName }) => visitorName);
  expect(await names("upcoming")).toEqual(["soon", "tomorrow"]);
  expect(await names("past")).toEqual(["over", "long over"]);
  expect(await names("dropped")).toEqual(["called off", "lost"]);
});

test("a meeting is upcoming until it is over", async () => {
  const viewer = await makeHostWithBookings();
  const during = new Date("2027-01-04T12:45:00Z");
  const { bookings: next } = await listBookings(viewer, { period: "upcoming", now: during });
  expect(next[0]?.visitorName).toBe("soon");
});

test("pages follow each other and the last one says so", async () => {
  const viewer = await makeHostWithBookings();
  const page = (number: number) => listBookings(viewer, { period: "past", now, page: number, size: 1 });
  expect(await page(0)).toMatchObject({ bookings: [{ visitorName: "over" }], hasMore: true });
  expect(await page(1)).toMatchObject({ bookings: [{ visitorName: "long over" }], hasMore: false });
});
