import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeConfirmedVisit } from "@/db/factories/visit";
import {
  appointmentTargets,
  bookings,
  calendarBindings,
  calendarConnections,
  calendars,
  syncLogs,
} from "@/db/schema";
import { getAvailableSlots } from "@/lib/availability/slots";
import { cancelBooking } from "@/lib/booking/cancel";
import { confirmBooking } from "@/lib/booking/confirm";
import { moveByVisitor } from "@/lib/booking/move";
import { AppError } from "@/lib/errors";
import { pullCalendar } from "@/lib/sync/pull";
import { reconcileTarget } from "@/lib/sync/reconcile";
import { pushBooking } from "./push";
import { pushCalendar } from "./push-calendar";
import { listUndelivered } from "./undelivered";

const now = new Date("2026-01-01T00:00:00Z");
const away = new AppError("unavailable", "The server is away.");

async function confirmedBooking() {
  const page = await makeBookingPage();
  const fake = await makeFakeCalendar(page.hostId, { isDestination: true });
  await pullCalendar(fake.calendar.id, now);
  const { id: bookingId, token, viewer } = await makeConfirmedVisit(page, now);
  return { page, fake, bookingId, token, viewer, events: () => fake.account.events(fake.remoteId) };
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

describe("a destination that is bound, too", () => {
  const bind = async ({ page, fake }: Awaited<ReturnType<typeof confirmedBooking>>) => {
    const calendarId = fake.calendar.id;
    await database()
      .insert(calendarBindings)
      .values({ hostId: page.hostId, calendarId, scope: "all_visible" });
    return calendarId;
  };

  test("gets one copy, whoever writes it", async () => {
    const booking = await confirmedBooking();
    const calendarId = await bind(booking);
    booking.fake.account.delayMs = 20;
    booking.fake.account.calls.length = 0;
    await Promise.all([
      pushBooking(booking.bookingId, now),
      pushCalendar(calendarId, now),
      pushBooking(booking.bookingId, now),
    ]);
    expect(booking.fake.account.calls).toEqual(["put"]);
    expect(booking.events().map(({ uid }) => uid)).toEqual([`${booking.bookingId}@calends`]);
  });

  test("keeps that of a booking when it is unbound, and loses it when that is off", async () => {
    const booking = await confirmedBooking();
    const calendarId = await bind(booking);
    await pushCalendar(calendarId, now);
    await database().delete(calendarBindings).where(eq(calendarBindings.calendarId, calendarId));
    await pushCalendar(calendarId, now);
    expect(booking.events()).toHaveLength(1);
    await cancelBooking(booking.viewer, booking.bookingId, {}, now);
    await pushCalendar(calendarId, now);
    expect(booking.events()).toEqual([]);
    expect(await listUndelivered(new Date(now.getTime() + 24 * 3_600_000))).not.toContain(booking.bookingId);
  });

  test("is chosen later, and gets its copy though another calendar has one", async () => {
    const booking = await confirmedBooking();
    const other = await makeFakeCalendar(booking.page.hostId);
    await bind({ ...booking, fake: other });
    await pushCalendar(other.calendar.id, now);
    const { connectionId } = booking.fake.calendar;
    await database().delete(calendarConnections).where(eq(calendarConnections.id, connectionId));
    const next = await makeFakeCalendar(booking.page.hostId, { isDestination: true });
    const tomorrow = new Date(now.getTime() + 24 * 3_600_000);
    expect(await listUndelivered(tomorrow)).toContain(booking.bookingId);
    await pushBooking(booking.bookingId, tomorrow);
    const uids = [next, other].map(({ account, remoteId }) => account.events(remoteId).map(({ uid }) => uid));
    expect(uids).toEqual([[`${booking.bookingId}@calends`], [expect.not.stringMatching(/^[^.]*@calends$/)]]);
    expect(await listUndelivered(tomorrow)).not.toContain(booking.bookingId);
  });

  test("and another calendar gets one under a UID of its own", async () => {
    const booking = await confirmedBooking();
    const other = await makeFakeCalendar(booking.page.hostId);
    await bind({ ...booking, fake: other });
    await pushCalendar(other.calendar.id, now);
    await pushBooking(booking.bookingId, now);
    const [copy] = other.account.events(other.remoteId);
    expect(copy?.draft?.title).toBe("Meeting: Vera Visitor");
    expect(copy?.uid).not.toBe(`${booking.bookingId}@calends`);
    expect(booking.events()).toHaveLength(1);
    await cancelBooking(booking.viewer, booking.bookingId, {}, now);
    await pushBooking(booking.bookingId, now);
    expect([booking.events(), other.account.events(other.remoteId)]).toEqual([[], []]);
  });
});

describe("another destination, chosen before the booking lies in the first", () => {
  const choose = async ({ page, fake }: Awaited<ReturnType<typeof confirmedBooking>>) => {
    await database()
      .update(calendars)
      .set({ isDestination: false })
      .where(eq(calendars.id, fake.calendar.id));
    return makeFakeCalendar(page.hostId, { isDestination: true });
  };

  test("receives it, and the first one keeps nothing, though it had answered nothing", async () => {
    const booking = await confirmedBooking();
    booking.fake.account.loseNextAnswer("put", away);
    await expect(pushBooking(booking.bookingId, now)).rejects.toThrow();
    const next = await choose(booking);
    await pushBooking(booking.bookingId, now);
    expect(next.account.events(next.remoteId)).toHaveLength(1);
    expect(booking.events()).toEqual([]);
    const back = await choose({ ...booking, fake: next });
    await pushBooking(booking.bookingId, now);
    expect([next, back].map(({ account, remoteId }) => account.events(remoteId).length)).toEqual([1, 0]);
  });

  test("receives it while the first one cannot be reached, which is asked again later", async () => {
    const booking = await confirmedBooking();
    booking.fake.account.loseNextAnswer("put", away);
    await expect(pushBooking(booking.bookingId, now)).rejects.toThrow();
    const next = await choose(booking);
    booking.fake.account.failNext("get", away);
    await expect(pushBooking(booking.bookingId, now)).rejects.toThrow("The server is away.");
    expect(next.account.events(next.remoteId)).toHaveLength(1);
    const tomorrow = new Date(now.getTime() + 24 * 3_600_000);
    expect(await listUndelivered(tomorrow)).toContain(booking.bookingId);
    await pushBooking(booking.bookingId, tomorrow);
    expect(await listUndelivered(tomorrow)).not.toContain(booking.bookingId);
    // What lies in the new one is not taken for what the first one may have.
    expect(next.account.events(next.remoteId)).toHaveLength(1);
  });
});

describe("a copy whose booking moved or is off", () => {
  const tomorrow = new Date(now.getTime() + 24 * 3_600_000);
  const move = async (booking: Awaited<ReturnType<typeof confirmedBooking>>) => {
    await moveByVisitor(booking.token, { start: "2026-01-05T14:00:00Z" }, now);
    expect(await confirmBooking(booking.bookingId, now)).toBe("confirmed");
  };
  const settle = async ({ fake }: Awaited<ReturnType<typeof confirmedBooking>>) => {
    const [target] = await database()
      .select({ id: appointmentTargets.id })
      .from(appointmentTargets)
      .where(eq(appointmentTargets.calendarId, fake.calendar.id));
    await reconcileTarget(target?.id ?? "", now);
  };
  const startsOf = (events: Awaited<ReturnType<typeof confirmedBooking>>["events"]) =>
    events().map(({ occurrences }) => occurrences[0]?.time.kind === "timed" && occurrences[0].time.startsAt);

  test("is found again while it is undelivered, with a little patience", async () => {
    const booking = await confirmedBooking();
    const { bookingId, fake } = booking;
    await pushBooking(bookingId, now);
    await move(booking);
    expect(await listUndelivered(now)).not.toContain(bookingId);
    expect(await listUndelivered(tomorrow)).toContain(bookingId);
    await pushBooking(bookingId, tomorrow);
    expect(await listUndelivered(tomorrow)).not.toContain(bookingId);

    await cancelBooking(booking.viewer, bookingId, {}, now);
    fake.account.failNext("delete", away);
    await expect(pushBooking(bookingId, now)).rejects.toThrow("The server is away.");
    expect(await listUndelivered(now)).not.toContain(bookingId);
    expect(await listUndelivered(tomorrow)).toContain(bookingId);
    await pushBooking(bookingId, tomorrow);
    expect(await listUndelivered(tomorrow)).not.toContain(bookingId);
    expect(booking.events()).toEqual([]);
  });

  test("is written over what the host only touched there", async () => {
    const booking = await confirmedBooking();
    await pushBooking(booking.bookingId, now);
    const [copy] = booking.events();
    booking.fake.account.save(booking.fake.remoteId, {
      uid: copy?.uid ?? "",
      occurrences: copy?.occurrences ?? [],
    });
    await move(booking);
    await pushBooking(booking.bookingId, now);
    await settle(booking);
    expect(startsOf(booking.events)).toEqual([new Date("2026-01-05T14:00:00Z")]);
  });

  test("is one also when the first answer was lost before it moved", async () => {
    const booking = await confirmedBooking();
    booking.fake.account.loseNextAnswer("put", away);
    await expect(pushBooking(booking.bookingId, now)).rejects.toThrow();
    await move(booking);
    await pushBooking(booking.bookingId, now);
    await settle(booking);
    expect(startsOf(booking.events)).toEqual([new Date("2026-01-05T14:00:00Z")]);
  });

  test.each(["put", "delete"] as const)("goes also when the answer to a %s was lost", async (operation) => {
    const booking = await confirmedBooking();
    if (operation === "put") {
      booking.fake.account.loseNextAnswer("put", away);
      await expect(pushBooking(booking.bookingId, now)).rejects.toThrow();
    } else await pushBooking(booking.bookingId, now);
    await cancelBooking(booking.viewer, booking.bookingId, {}, now);
    if (operation === "delete") {
      booking.fake.account.loseNextAnswer("delete", away);
      await expect(pushBooking(booking.bookingId, now)).rejects.toThrow();
    }
    await pushBooking(booking.bookingId, now);
    expect(booking.events()).toEqual([]);
  });

  test("is looked for again when its account, locked by then, opens", async () => {
    const booking = await confirmedBooking();
    booking.fake.account.loseNextAnswer("put", away);
    await expect(pushBooking(booking.bookingId, now)).rejects.toThrow();
    await cancelBooking(booking.viewer, booking.bookingId, {}, now);
    booking.fake.account.failNext("get", new AppError("reconnect", "The password was refused."));
    await expect(pushBooking(booking.bookingId, now)).rejects.toThrow("The password was refused.");
    await pushBooking(booking.bookingId, tomorrow);
    expect(booking.events()).toEqual([]);
  });

  test("is no longer waited for when its whole calendar is gone", async () => {
    const booking = await confirmedBooking();
    await pushBooking(booking.bookingId, now);
    booking.fake.account.calendars.delete(booking.fake.remoteId);
    await cancelBooking(booking.viewer, booking.bookingId, {}, now);
    await pushBooking(booking.bookingId, now);
    expect(await listUndelivered(tomorrow)).not.toContain(booking.bookingId);
  });

  test("goes although nobody understands it any more", async () => {
    const booking = await confirmedBooking();
    await pushBooking(booking.bookingId, now);
    booking.fake.account.garble(booking.fake.remoteId, `${booking.bookingId}@calends`);
    await cancelBooking(booking.viewer, booking.bookingId, {}, now);
    await pushBooking(booking.bookingId, now);
    expect(booking.events()).toEqual([]);
  });

  test("goes although the host edited it, or deleted it themselves", async () => {
    const edited = await confirmedBooking();
    await pushBooking(edited.bookingId, now);
    const [copy] = edited.events();
    edited.fake.account.save(edited.fake.remoteId, {
      uid: copy?.uid ?? "",
      occurrences: copy?.occurrences ?? [],
    });
    await cancelBooking(edited.viewer, edited.bookingId, {}, now);
    await pushBooking(edited.bookingId, now);
    expect(edited.events()).toEqual([]);

    const deleted = await confirmedBooking();
    await pushBooking(deleted.bookingId, now);
    deleted.fake.account.remove(deleted.fake.remoteId, `${deleted.bookingId}@calends`);
    await cancelBooking(deleted.viewer, deleted.bookingId, {}, now);
    await pushBooking(deleted.bookingId, now);
    expect(await listUndelivered(tomorrow)).not.toContain(deleted.bookingId);
  });
});
