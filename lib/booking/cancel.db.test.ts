import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeHost } from "@/db/factories/users";
import { makeConfirmedVisit, makeVisit } from "@/db/factories/visit";
import { appointments, appointmentTargets } from "@/db/schema";
import { getAvailableSlots } from "@/lib/availability/slots";
import { pushBooking } from "@/lib/mirror/push";
import { pullCalendar } from "@/lib/sync/pull";
import { cancelBooking, cancelByVisitor } from "./cancel";
import { confirmBooking } from "./confirm";
import { moveByVisitor } from "./move";
import { hostToken } from "./token";

const now = new Date("2026-01-01T00:00:00Z");
const isFree = async ({ eventType }: Awaited<ReturnType<typeof makeBookingPage>>) => {
  const from = new Date("2026-01-05T10:00:00Z");
  const to = new Date(from.getTime() + 1);
  return (await getAvailableSlots({ eventTypeId: eventType.id, from, to, now })).length === 1;
};

describe("cancelling", () => {
  test("by the visitor frees the time at once and tells both sides, once", async () => {
    const page = await makeBookingPage();
    const visit = await makeConfirmedVisit(page, now);
    expect(await isFree(page)).toBe(false);
    await Promise.all([1, 2, 3].map(() => cancelByVisitor(visit.token, { reason: " I am ill. " }, now)));
    expect(await isFree(page)).toBe(true);
    expect(await visit.row()).toMatchObject({
      status: "cancelled",
      cancelledBy: "visitor",
      reason: "I am ill.",
      sequence: 1,
    });
    expect(await visit.mails("visitor")).toEqual(["cancelled", "confirmed"]);
    expect(await visit.mails("host")).toEqual(["cancelled", "confirmed"]);
  });

  test("is for its host alone, and keeps no empty reason", async () => {
    const page = await makeBookingPage();
    const visit = await makeConfirmedVisit(page, now);
    const { viewer: stranger } = await makeHost();
    await expect(cancelBooking(stranger, visit.id, {}, now)).rejects.toMatchObject({ code: "not_found" });
    for (const id of ["no id", "\u0000"])
      await expect(cancelBooking(visit.viewer, id, {}, now)).rejects.toMatchObject({ code: "not_found" });
    await expect(cancelBooking(visit.viewer, randomUUID(), {}, now)).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(cancelByVisitor(hostToken(visit.id), {}, now)).rejects.toMatchObject({ code: "not_found" });
    await cancelBooking(visit.viewer, visit.id, { reason: "  " }, now);
    expect(await visit.row()).toMatchObject({ status: "cancelled", cancelledBy: "host", reason: null });
  });

  test("a pending booking leaves nothing for the check to confirm", async () => {
    const page = await makeBookingPage();
    const visit = await makeVisit(page, now);
    await cancelByVisitor(visit.token, {}, now);
    expect(await confirmBooking(visit.id, now)).toBe("cancelled");
    expect(await isFree(page)).toBe(true);
  });

  test("drops a move that is under way", async () => {
    const page = await makeBookingPage();
    const visit = await makeConfirmedVisit(page, now);
    await moveByVisitor(visit.token, { start: "2026-01-05T14:00:00Z" }, now);
    await cancelByVisitor(visit.token, {}, now);
    expect(await visit.row()).toMatchObject({ status: "cancelled", movesToStart: null, movedBy: null });
    expect(await confirmBooking(visit.id, now)).toBe("cancelled");
  });

  test("is refused once the meeting is over, or was declined", async () => {
    const page = await makeBookingPage();
    const visit = await makeConfirmedVisit(page, now);
    const after = new Date("2026-01-05T10:30:00Z");
    await expect(cancelByVisitor(visit.token, {}, after)).rejects.toMatchObject({ code: "invalid" });
    await expect(cancelByVisitor(visit.token, { reason: "x".repeat(1001) }, now)).rejects.toMatchObject({
      code: "invalid",
      field: "reason",
    });
    const late = await makeVisit(page, now, { start: "2026-01-05T11:00:00Z" });
    expect(await confirmBooking(late.id, new Date("2026-01-05T11:00:00Z"))).toBe("declined");
    await expect(cancelByVisitor(late.token, {}, now)).rejects.toMatchObject({ code: "conflict" });
  });
});

test("the copy in the host's calendar goes, and does not block the time meanwhile", async () => {
  const page = await makeBookingPage();
  const { account, remoteId, calendar } = await makeFakeCalendar(page.hostId, { isDestination: true });
  await pullCalendar(calendar.id, now);
  const visit = await makeConfirmedVisit(page, now);
  await pushBooking(visit.id, now);
  await pullCalendar(calendar.id, now);
  await cancelBooking(visit.viewer, visit.id, {}, now);
  expect(account.events(remoteId)).toHaveLength(1);
  expect(await isFree(page)).toBe(true);
  await pushBooking(visit.id, now);
  expect(account.events(remoteId)).toEqual([]);
  expect(await isFree(page)).toBe(true);
  const rows = [
    ...(await database()
      .select()
      .from(appointmentTargets)
      .where(eq(appointmentTargets.calendarId, calendar.id))),
    ...(await database().select().from(appointments).where(eq(appointments.bookingId, visit.id))),
  ];
  expect(rows).toEqual([]);
  await pushBooking(visit.id, now);
});
