import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { appointmentTargets, bookings, calendarConnections, syncLogs } from "@/db/schema";
import { getAvailableSlots } from "@/lib/availability/slots";
import { confirmBooking } from "@/lib/booking/confirm";
import { requestBooking } from "@/lib/booking/request";
import { readBookingToken } from "@/lib/booking/token";
import { AppError } from "@/lib/errors";
import { pullCalendar } from "@/lib/sync/pull";
import { pushBooking } from "./push";
import { listUndelivered } from "./undelivered";

const now = new Date("2026-01-01T00:00:00Z");
const away = new AppError("unavailable", "The server is away.");

async function confirmedBooking() {
  const page = await makeBookingPage();
  const fake = await makeFakeCalendar(page.hostId, { isDestination: true });
  await pullCalendar(fake.calendar.id, now);
  const { token } = await requestBooking(
    {
      host: page.handle,
      eventType: page.eventType.slug,
      start: "2026-01-05T10:00:00Z",
      name: "Vera Visitor",
      email: "vera@example.test",
      timeZone: "UTC",
      idempotencyKey: randomUUID(),
    },
    now,
  );
  const bookingId = readBookingToken(token) ?? "";
  expect(await confirmBooking(bookingId, now)).toBe("confirmed");
  return { page, fake, bookingId, events: () => fake.account.events(fake.remoteId) };
}

describe("pushBooking", () => {
  test("writes the booking once, under the booking's UID, and asks nothing when it is there", async () => {
    const { bookingId, events, fake } = await confirmedBooking();
    await pushBooking(bookingId, now);
    expect(events().map(({ uid, draft }) => ({ uid, title: draft?.title }))).toEqual([
      { uid: `${bookingId}@calends`, title: "Meeting: Vera Visitor" },
    ]);
    const calls = fake.account.calls.length;
    await pushBooking(bookingId, now);
    expect(fake.account.calls).toHaveLength(calls);
  });

  test("makes no second event when the answer was lost", async () => {
    const { bookingId, events, fake } = await confirmedBooking();
    fake.account.loseNextAnswer("put", away);
    await expect(pushBooking(bookingId, now)).rejects.toThrow("The server is away.");
    await pushBooking(bookingId, now);
    expect(events()).toHaveLength(1);
    const [target] = await database()
      .select()
      .from(appointmentTargets)
      .where(eq(appointmentTargets.calendarId, fake.calendar.id));
    expect(target).toMatchObject({ remoteId: events()[0]?.id, etag: events()[0]?.etag, lastError: null });
    const logs = await database().select().from(syncLogs).where(eq(syncLogs.calendarId, fake.calendar.id));
    expect(logs.map(({ operation, status }) => `${operation} ${status}`).sort()).toEqual([
      "pull ok",
      "push error",
      "push ok",
    ]);
  });

  test("its own copy coming back does not block more than the booking does", async () => {
    const { bookingId, page, fake } = await confirmedBooking();
    await pushBooking(bookingId, now);
    await pullCalendar(fake.calendar.id, now);
    // Cancelled here, the copy still lies in the calendar until the next delivery: the local truth counts.
    await database()
      .update(bookings)
      .set({ status: "cancelled", cancelledBy: "host" })
      .where(eq(bookings.id, bookingId));
    const slots = await getAvailableSlots({
      eventTypeId: page.eventType.id,
      from: new Date("2026-01-05T10:00:00Z"),
      to: new Date("2026-01-05T10:01:00Z"),
      now,
    });
    expect(slots).toHaveLength(1);
  });

  test("a delivery that has given up is found again", async () => {
    const { bookingId, fake } = await confirmedBooking();
    fake.account.failNext("put", away);
    await expect(pushBooking(bookingId, now)).rejects.toThrow();
    expect(await listUndelivered(now)).not.toContain(bookingId);
    const tomorrow = new Date(now.getTime() + 24 * 3_600_000);
    expect(await listUndelivered(tomorrow)).toContain(bookingId);
    expect(await listUndelivered(new Date("2026-01-06T00:00:00Z"))).not.toContain(bookingId);
    await pushBooking(bookingId, tomorrow);
    expect(await listUndelivered(tomorrow)).not.toContain(bookingId);
  });

  test("a destination chosen after the confirmation receives the booking too", async () => {
    const { bookingId, fake, page } = await confirmedBooking();
    const { connectionId } = fake.calendar;
    await database().delete(calendarConnections).where(eq(calendarConnections.id, connectionId));
    const tomorrow = new Date(now.getTime() + 24 * 3_600_000);
    expect(await listUndelivered(tomorrow)).not.toContain(bookingId);
    const next = await makeFakeCalendar(page.hostId, { isDestination: true });
    expect(await listUndelivered(tomorrow)).toContain(bookingId);
    await pushBooking(bookingId, tomorrow);
    expect(next.account.events(next.remoteId)).toHaveLength(1);
    expect(await listUndelivered(tomorrow)).not.toContain(bookingId);
  });
});
