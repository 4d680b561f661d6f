import { describe, expect, test } from "vitest";
import { at, minute, now, timed } from "@/db/factories/january";
import { type Edit, makeTwoWay, outcomesOf, type TwoWay } from "@/db/factories/two-way";
import { makeConfirmedVisit } from "@/db/factories/visit";
import { confirmBooking } from "@/lib/booking/confirm";
import { moveByVisitor } from "@/lib/booking/move";
import { AppError } from "@/lib/errors";
import { pushBooking } from "@/lib/mirror/push";
import { listDiverged } from "./diverged";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

const away = new AppError("unavailable", "The server is away.");
const timeOf = ({ copy }: TwoWay) => copy()?.occurrences[0]?.time;

describe("a booking whose event the host changed", () => {
  test("moves with it: the visitor is told, and its old place is free", async () => {
    const world = await makeTwoWay(now);
    world.edit({ time: timed("14:00", "15:00") });
    await pullCalendar(world.calendar.id, minute(5));
    expect([await world.isFree("10:00"), await world.isFree("14:00")]).toEqual([false, false]);
    await reconcileTarget(world.targetId, minute(5));
    expect([await world.isFree("10:00"), await world.isFree("14:00")]).toEqual([true, false]);
    expect(await world.visit.row()).toMatchObject({
      startsAt: at("14:00"),
      endsAt: at("15:00"),
      sequence: 1,
      status: "confirmed",
    });
    expect(await world.visit.mails("visitor")).toEqual(["confirmed", "moved"]);
    await makeConfirmedVisit(world.page, now);
  });

  test("keeps its other words, also when it moves later", async () => {
    const world = await makeTwoWay(now);
    world.edit({ title: "Budget with Vera", description: "Bring the numbers", location: "Room 5" });
    await world.settle(minute(5));
    const words = { title: "Budget with Vera", description: "Bring the numbers", location: "Room 5" };
    expect(await world.appointment()).toMatchObject({ ...words, updatedAt: minute(5) });
    expect(await world.visit.row()).toMatchObject({ sequence: 0 });
    expect(await world.visit.mails("visitor")).toEqual(["confirmed"]);
    await world.moveHere("14:00", minute(6));
    await pushBooking(world.visit.id, minute(7));
    expect(world.copy()?.draft).toMatchObject({ ...words, time: timed("14:00", "14:30") });
  });

  test("is called off when it was deleted, and nothing is left to do", async () => {
    const world = await makeTwoWay(now);
    const writes = world.writes();
    world.account.remove(world.remoteId, world.uid);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "cancelled", cancelledBy: "host" });
    expect(await world.visit.mails("visitor")).toEqual(["cancelled", "confirmed"]);
    expect(await world.isFree("10:00")).toBe(true);
    await pushBooking(world.visit.id, minute(6));
    expect([world.writes() - writes, await world.target(), await world.appointment()]).toEqual([
      0,
      undefined,
      undefined,
    ]);
  });

  test("may go where the calendar has something else: that is the host's own business", async () => {
    const world = await makeTwoWay(now);
    const lunch = { key: "", title: "Lunch", time: timed("14:00", "15:00") } as const;
    world.account.save(world.remoteId, {
      uid: "lunch",
      occurrences: [{ ...lunch, status: "confirmed", transparency: "opaque" }],
    });
    world.edit({ time: timed("14:00", "14:30") });
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("14:00") });
  });

  test("drops the move its visitor had asked for", async () => {
    const world = await makeTwoWay(now);
    await moveByVisitor(world.visit.token, { start: at("15:00").toISOString() }, minute(1));
    world.edit({ time: timed("14:00", "14:30") });
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({
      startsAt: at("14:00"),
      movesToStart: null,
      movedBy: null,
    });
    expect(await world.isFree("15:00")).toBe(true);
    expect(await confirmBooking(world.visit.id, minute(6))).toBe("confirmed");
    expect(await world.visit.row()).toMatchObject({ startsAt: at("14:00"), sequence: 1 });
  });

  test("drops that move, too, when it is called off", async () => {
    const world = await makeTwoWay(now);
    await moveByVisitor(world.visit.token, { start: at("15:00").toISOString() }, minute(1));
    world.account.remove(world.remoteId, world.uid);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "cancelled", movesToStart: null });
    expect([await world.isFree("10:00"), await world.isFree("15:00")]).toEqual([true, true]);
  });

  test("keeps that move when only the words changed", async () => {
    const world = await makeTwoWay(now);
    await moveByVisitor(world.visit.token, { start: at("15:00").toISOString() }, minute(1));
    world.edit({ title: "Budget" });
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ movesToStart: at("15:00") });
  });

  test("that is over stays, and the log says so", async () => {
    for (const change of ["edit", "remove"] as const) {
      const world = await makeTwoWay(now);
      if (change === "edit") world.edit({ time: timed("14:00", "15:00", "2026-01-08") });
      else world.account.remove(world.remoteId, world.uid);
      await world.settle(at("12:00"));
      expect(await world.visit.row()).toMatchObject({ status: "confirmed", startsAt: at("10:00") });
      expect(await world.visit.mails("visitor")).toEqual(["confirmed"]);
      expect(await outcomesOf(world)).toEqual(["over"]);
    }
  });
});

describe("what cannot be", () => {
  const days = { kind: "allDay", startDay: "2026-01-06", endDay: "2026-01-07" } as const;

  test.each([
    ["past", { time: timed("10:00", "10:30", "2025-12-31") }],
    ["all_day", { time: days }],
    ["no_length", { time: timed("14:00", "14:00") }],
    ["repeats", { times: [timed("10:00", "10:30"), timed("10:00", "10:30", "2026-01-06")] }],
  ] satisfies [string, Edit][])("is put back: %s", async (because, change) => {
    const world = await makeTwoWay(now);
    world.edit(change);
    await pullCalendar(world.calendar.id, minute(5));
    expect(await world.isFree("10:00")).toBe(false);
    if (because === "all_day" || because === "repeats")
      expect(await world.isFree("10:00", "2026-01-06")).toBe(false);
    await reconcileTarget(world.targetId, minute(5));
    expect(timeOf(world)).toEqual(timed("10:00", "10:30"));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("10:00"), sequence: 0 });
    // Our reading follows at once, so that where it stood is free.
    expect(await world.isFree("10:00", "2026-01-06")).toBe(true);
    expect(await world.details()).toMatchObject([
      { outcome: "put_back", because, lost: { side: "calendar" } },
    ]);
    expect([await world.visit.mails("visitor"), await world.visit.mails("host")]).toEqual([
      ["confirmed"],
      ["confirmed", "put_back"],
    ]);
    await world.settle(minute(6));
    expect(await outcomesOf(world)).toEqual(["put_back"]);
  });

  test("is put back: another booking holds that time", async () => {
    const world = await makeTwoWay(now);
    await makeConfirmedVisit(world.page, now, { start: at("14:00").toISOString() });
    world.edit({ time: timed("14:15", "14:45"), title: "Mine" });
    await world.settle(minute(5));
    expect(timeOf(world)).toEqual(timed("10:00", "10:30"));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("10:00"), sequence: 0 });
    expect(await world.details()).toMatchObject([
      {
        outcome: "put_back",
        because: "booking",
        lost: { side: "calendar", says: { title: "Mine", time: { startsAt: at("14:15").toISOString() } } },
      },
    ]);
    expect(await world.visit.mails("host")).toEqual(["confirmed", "put_back"]);
  });

  test("is told once, though writing it back fails at first; it stays marked and taken until then", async () => {
    const world = await makeTwoWay(now);
    world.edit({ time: days });
    world.account.failNext("put", away);
    await expect(world.settle(minute(5))).rejects.toBe(away);
    expect([await world.isFree("10:00"), await world.isFree("10:00", "2026-01-06")]).toEqual([false, false]);
    expect(await listDiverged(minute(10))).not.toContain(world.targetId);
    expect(await listDiverged(minute(30))).toContain(world.targetId);
    await reconcileTarget(world.targetId, minute(30));
    expect(await listDiverged(minute(60))).not.toContain(world.targetId);
    expect(await world.visit.mails("host")).toEqual(["confirmed", "put_back"]);
    expect(timeOf(world)).toEqual(timed("10:00", "10:30"));
  });

  test("is told once, also when it was touched again before it was written back, and anew when it is made anew", async () => {
    const world = await makeTwoWay(now);
    const day: Edit = { time: { kind: "allDay", startDay: "2026-01-06", endDay: "2026-01-07" } };
    world.edit(day);
    world.account.failNext("put", away);
    await expect(world.settle(minute(5))).rejects.toBe(away);
    world.edit(day);
    await world.settle(minute(6));
    expect(await world.visit.mails("host")).toEqual(["confirmed", "put_back"]);
    world.edit(day);
    await world.settle(minute(7));
    expect(await world.visit.mails("host")).toEqual(["confirmed", "put_back", "put_back"]);
  });

  test("is not written over what the host did meanwhile", async () => {
    const world = await makeTwoWay(now);
    world.edit({ time: days });
    await pullCalendar(world.calendar.id, minute(5));
    const take = world.account.takeFailure.bind(world.account);
    world.account.takeFailure = (operation, isAfterwards) => {
      // Between our last look and our put.
      if (operation === "put" && !isAfterwards) {
        world.account.takeFailure = take;
        world.edit({ time: timed("15:00", "15:30") });
      }
      return take(operation, isAfterwards);
    };
    await reconcileTarget(world.targetId, minute(5));
    expect(timeOf(world)).toEqual(timed("15:00", "15:30"));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("15:00") });
    await world.settle(minute(6));
    expect(await world.target()).toMatchObject({ divergedAt: null, etag: world.copy()?.etag });
  });
});
