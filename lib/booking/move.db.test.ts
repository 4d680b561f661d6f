import { describe, expect, test } from "vitest";
import { makeBookingPage } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeHost } from "@/db/factories/users";
import { makeConfirmedVisit, makeVisit } from "@/db/factories/visit";
import type { eventTypes } from "@/db/schema";
import { getAvailableSlots } from "@/lib/availability/slots";
import { pushBooking } from "@/lib/mirror/push";
import { pullCalendar } from "@/lib/sync/pull";
import { acceptBooking, declineByHost } from "./answer";
import { checkBooking } from "./check";
import { confirmBooking } from "./confirm";
import { moveBooking, moveByVisitor } from "./move";

const now = new Date("2026-01-01T00:00:00Z");
const at = (clock: string) => new Date(`2026-01-05T${clock}:00Z`);
const to = (clock: string) => ({ start: at(clock).toISOString() });

const setUp = async (eventType: Partial<typeof eventTypes.$inferInsert> = {}) => {
  const page = await makeBookingPage({ eventType });
  const visit = await makeConfirmedVisit(page, now);
  const isFree = async (clock: string) => {
    const question = {
      eventTypeId: page.eventType.id,
      from: at(clock),
      to: new Date(at(clock).getTime() + 1),
    };
    return (await getAvailableSlots({ ...question, now })).length === 1;
  };
  return { page, visit, isFree };
};

describe("a visitor's move", () => {
  test("holds both times until it is decided, then frees the old one and tells both sides", async () => {
    const { visit, isFree } = await setUp();
    await moveByVisitor(visit.token, to("14:00"), now);
    expect([await isFree("10:00"), await isFree("14:00")]).toEqual([false, false]);
    expect(await visit.row()).toMatchObject({
      startsAt: at("10:00"),
      movesToStart: at("14:00"),
      sequence: 0,
    });
    expect(await confirmBooking(visit.id, now)).toBe("confirmed");
    expect([await isFree("10:00"), await isFree("14:00")]).toEqual([true, false]);
    expect(await visit.row()).toMatchObject({
      startsAt: at("14:00"),
      endsAt: at("14:30"),
      movesToStart: null,
      movedBy: null,
      sequence: 1,
    });
    expect(await visit.mails("visitor")).toEqual(["confirmed", "moved"]);
    expect(await visit.mails("host")).toEqual(["confirmed", "moved"]);
  });

  test("may overlap its own old time, and its own place in the limits", async () => {
    const { visit } = await setUp({ slotIntervalMinutes: 15, dailyLimit: 1 });
    await moveByVisitor(visit.token, to("10:15"), now);
    expect(await confirmBooking(visit.id, now)).toBe("confirmed");
    expect(await visit.row()).toMatchObject({ startsAt: at("10:15") });
  });

  test("that meets an event loses nothing: the booking stays, and who asked hears of it", async () => {
    const { page, visit, isFree } = await setUp();
    const { account, remoteId, calendar } = await makeFakeCalendar(page.hostId);
    await pullCalendar(calendar.id, now);
    const dentist = { kind: "timed", startsAt: at("14:10"), endsAt: at("14:20") } as const;
    const occurrence = { key: "", title: "Dentist", time: dentist } as const;
    await moveByVisitor(visit.token, to("14:00"), now);
    account.save(remoteId, {
      uid: "dentist",
      occurrences: [{ ...occurrence, status: "confirmed", transparency: "opaque" }],
    });
    expect(await checkBooking(visit.id, now)).toBe("confirmed");
    expect(await visit.row()).toMatchObject({ startsAt: at("10:00"), movesToStart: null, sequence: 0 });
    expect([await isFree("10:00"), await isFree("15:00")]).toEqual([false, true]);
    expect(await visit.mails("visitor")).toEqual(["confirmed", "move_refused"]);
  });

  test("keeps to the rules", async () => {
    const { page, visit } = await setUp({ minimumNoticeMinutes: 60 });
    await makeVisit(page, now, { start: at("11:00").toISOString() });
    const ask = (clock: string, when = now) =>
      moveByVisitor(visit.token, to(clock), when).then(
        () => "ok",
        ({ code, field }) => `${code}:${field ?? ""}`,
      );
    expect(await ask("11:00")).toBe("conflict:start");
    expect(await ask("20:00")).toBe("conflict:start");
    expect(await ask("14:10")).toBe("conflict:start");
    expect(await ask("09:00", at("08:30"))).toBe("conflict:start");
    expect(await ask("14:00", at("10:30"))).toBe("invalid:");
    await expect(moveByVisitor(visit.token, { start: "soon" }, now)).rejects.toMatchObject({
      field: "start",
    });
    await expect(moveByVisitor(visit.hostToken, to("14:00"), now)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("to where it is does nothing, and takes back a move asked for before", async () => {
    const { visit, isFree } = await setUp();
    await moveByVisitor(visit.token, to("10:00"), now);
    expect(await visit.row()).toMatchObject({ movesToStart: null, sequence: 0 });
    await moveByVisitor(visit.token, to("14:00"), now);
    await moveByVisitor(visit.token, to("14:00"), now);
    await moveByVisitor(visit.token, to("10:00"), now);
    expect(await visit.row()).toMatchObject({ movesToStart: null, movedBy: null });
    expect(await isFree("14:00")).toBe(true);
    expect(await confirmBooking(visit.id, now)).toBe("confirmed");
    expect(await visit.mails("visitor")).toEqual(["confirmed"]);
  });

  test("two side by side: the last one counts, and nothing stays held", async () => {
    const { visit, isFree } = await setUp();
    await Promise.all(["13:00", "14:00", "15:00"].map((clock) => moveByVisitor(visit.token, to(clock), now)));
    await Promise.all([1, 2, 3].map(() => confirmBooking(visit.id, now)));
    const { startsAt, movesToStart } = await visit.row();
    expect(movesToStart).toBeNull();
    const clocks = ["10:00", "13:00", "14:00", "15:00"];
    const free = await Promise.all(clocks.map(isFree));
    expect(clocks.filter((_, n) => !free[n])).toEqual([startsAt.toISOString().slice(11, 16)]);
  });

  test("of a pending booking is a new time to check", async () => {
    const page = await makeBookingPage({ eventType: { requiresApproval: true } });
    const visit = await makeVisit(page, now);
    expect(await confirmBooking(visit.id, now)).toBe("pending");
    await moveByVisitor(visit.token, to("14:00"), now);
    expect(await visit.row()).toMatchObject({ startsAt: at("14:00"), waitsFor: null, status: "pending" });
    expect(await confirmBooking(visit.id, now)).toBe("pending");
    expect(await visit.mails("host")).toEqual(["awaits_host", "awaits_host"]);
    await acceptBooking(visit.viewer, visit.id, now);
    expect(await visit.row()).toMatchObject({ startsAt: at("14:00"), status: "confirmed" });
  });

  test("keeps its length while that is offered", async () => {
    const page = await makeBookingPage({ eventType: { otherDurations: [60] } });
    const visit = await makeConfirmedVisit(page, now, { durationMinutes: 60 });
    await moveByVisitor(visit.token, to("14:00"), now);
    expect(await visit.row()).toMatchObject({ movesToStart: at("14:00"), movesToEnd: at("15:00") });
  });
});

describe("where bookings want approval", () => {
  const waiting = async () => {
    const page = await makeBookingPage({ eventType: { requiresApproval: true } });
    const visit = await makeVisit(page, now);
    await confirmBooking(visit.id, now);
    await acceptBooking(visit.viewer, visit.id, now);
    await moveByVisitor(visit.token, to("14:00"), now);
    expect(await confirmBooking(visit.id, now)).toBe("confirmed");
    expect(await visit.row()).toMatchObject({
      startsAt: at("10:00"),
      waitsFor: "approval",
      movedBy: "visitor",
    });
    return visit;
  };

  test("a visitor's move waits for the host, who accepts it", async () => {
    const visit = await waiting();
    await acceptBooking(visit.viewer, visit.id, now);
    expect(await visit.row()).toMatchObject({ startsAt: at("14:00"), waitsFor: null, sequence: 1 });
    await acceptBooking(visit.viewer, visit.id, now);
    expect(await visit.mails("visitor")).toContain("moved");
  });

  test("or declines it, and the booking stays", async () => {
    const visit = await waiting();
    await declineByHost(visit.viewer, visit.id, { reason: "Not on Mondays." }, now);
    expect(await visit.row()).toMatchObject({
      status: "confirmed",
      startsAt: at("10:00"),
      movesToStart: null,
      waitsFor: null,
    });
    expect(await visit.mails("visitor")).toContain("move_refused");
    await expect(declineByHost(visit.viewer, visit.id, {}, now)).rejects.toMatchObject({ code: "conflict" });
  });

  test("the host's own move does not wait", async () => {
    const visit = await waiting();
    await moveBooking(visit.viewer, visit.id, to("15:00"), now);
    expect(await confirmBooking(visit.id, now)).toBe("confirmed");
    expect(await visit.row()).toMatchObject({ startsAt: at("15:00"), waitsFor: null, movesToStart: null });
  });
});

describe("a host's move", () => {
  test("is theirs alone, of what is confirmed", async () => {
    const { page, visit } = await setUp();
    const { viewer: stranger } = await makeHost();
    await expect(moveBooking(stranger, visit.id, to("14:00"), now)).rejects.toMatchObject({
      code: "not_found",
    });
    const pending = await makeVisit(page, now, { start: at("12:00").toISOString() });
    await expect(moveBooking(pending.viewer, pending.id, to("14:00"), now)).rejects.toMatchObject({
      code: "conflict",
    });
  });

  test("may leave the rules knowingly, but never take a time that is taken", async () => {
    const { page, visit } = await setUp();
    await makeVisit(page, now, { start: at("16:30").toISOString() });
    const move = (clock: string, evenIfNotOffered: boolean) =>
      moveBooking(visit.viewer, visit.id, { ...to(clock), evenIfNotOffered }, now);
    await expect(move("20:00", false)).rejects.toMatchObject({ code: "conflict", field: "start" });
    await expect(move("16:45", true)).rejects.toThrow(
      "You have another booking then, “Meeting: Vera Visitor”.",
    );
    await move("20:00", true);
    expect(await confirmBooking(visit.id, now)).toBe("confirmed");
    expect(await visit.row()).toMatchObject({ startsAt: at("20:00"), sequence: 1 });
  });
});

test("the copy in the host's calendar moves along, and its old place does not block", async () => {
  const page = await makeBookingPage();
  const { account, remoteId, calendar } = await makeFakeCalendar(page.hostId, { isDestination: true });
  await pullCalendar(calendar.id, now);
  const visit = await makeConfirmedVisit(page, now);
  await pushBooking(visit.id, now);
  await pullCalendar(calendar.id, now);
  await moveByVisitor(visit.token, to("14:00"), now);
  expect(await checkBooking(visit.id, now)).toBe("confirmed");
  await makeConfirmedVisit(page, now);
  await pushBooking(visit.id, now);
  expect(account.events(remoteId).map(({ draft }) => draft)).toEqual([
    expect.objectContaining({
      sequence: 1,
      time: { kind: "timed", startsAt: at("14:00"), endsAt: at("14:30") },
    }),
  ]);
  await pullCalendar(calendar.id, now);
  await makeConfirmedVisit(page, now, { start: at("14:30").toISOString() });
});
