import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { type Edit, makeTwoWay, type TwoWay } from "@/db/factories/two-way";
import { makeConfirmedVisit } from "@/db/factories/visit";
import { appointmentTargets, calendarConnections, calendars } from "@/db/schema";
import { cancelBooking } from "@/lib/booking/cancel";
import { confirmBooking } from "@/lib/booking/confirm";
import { moveBooking, moveByVisitor } from "@/lib/booking/move";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { pushBooking } from "@/lib/mirror/push";
import { listUndelivered } from "@/lib/mirror/undelivered";
import { listDiverged } from "./diverged";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

const now = new Date("2026-01-01T00:00:00Z");
const minute = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const at = (clock: string, day = "2026-01-05") => new Date(`${day}T${clock}:00Z`);
const timed = (from: string, to: string, day?: string) =>
  ({ kind: "timed", startsAt: at(from, day), endsAt: at(to, day) }) as const;
const away = new AppError("unavailable", "The server is away.");
const outcomesOf = async ({ details }: TwoWay) => (await details()).map(({ outcome }) => outcome);
const timeOf = ({ copy }: TwoWay) => copy()?.occurrences[0]?.time;

/** The visitor moves the booking; what the host did in the calendar a moment ago was not read, and it is not told. */
const moveHere = async ({ visit, page }: TwoWay, clock: string, when: Date) => {
  await database().update(calendars).set({ lastSyncedAt: when }).where(eq(calendars.hostId, page.hostId));
  await moveByVisitor(visit.token, { start: at(clock).toISOString() }, when);
  expect(await confirmBooking(visit.id, when)).toBe("confirmed");
};

describe("our own writing", () => {
  test("comes back and is nothing: no event, no write, no run", async () => {
    const world = await makeTwoWay(now);
    const writes = world.writes();
    await pullCalendar(world.calendar.id, minute(5));
    await moveHere(world, "14:00", minute(6));
    await pushBooking(world.visit.id, minute(7));
    for (const minutes of [8, 9]) await pullCalendar(world.calendar.id, minute(minutes));
    world.account.expireCursors();
    await pullCalendar(world.calendar.id, minute(10));
    await pushBooking(world.visit.id, minute(11));
    expect([world.writes() - writes, await world.asked(), await outcomesOf(world)]).toEqual([1, 0, []]);
    expect(await world.target()).toMatchObject({ divergedAt: null, etag: world.copy()?.etag });
  });

  test("in what follows from a change in the calendar there is none at all", async () => {
    const world = await makeTwoWay(now);
    const writes = world.writes();
    world.edit({ time: timed("14:00", "15:00"), title: "Lunch", location: "Café" });
    await world.settle(minute(5));
    await pushBooking(world.visit.id, minute(6));
    await world.settle(minute(7));
    expect([world.writes() - writes, await world.asked(), await outcomesOf(world)]).toEqual([
      0,
      1,
      ["followed"],
    ]);
    expect(await listUndelivered(minute(120))).not.toContain(world.visit.id);
  });

  test("of which the answer was lost is taken for ours when it is found", async () => {
    const world = await makeTwoWay(now);
    await moveHere(world, "14:00", minute(1));
    world.account.loseNextAnswer("put", away);
    await expect(pushBooking(world.visit.id, minute(2))).rejects.toBe(away);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("14:00"), status: "confirmed" });
    expect(await world.target()).toMatchObject({ divergedAt: null, etag: world.copy()?.etag });
    expect(await outcomesOf(world)).toEqual(["unchanged"]);
  });

  test("that the pull saw before the push could note it leaves no mark", async () => {
    const world = await makeTwoWay(now);
    await moveHere(world, "14:00", minute(1));
    const { account, calendar } = world;
    const put = account.write.bind(account);
    let pulled: Promise<unknown> = Promise.resolve();
    account.write = (...given) => {
      const written = put(...given);
      pulled = pullCalendar(calendar.id, minute(2));
      return written;
    };
    await pushBooking(world.visit.id, minute(2));
    await pulled;
    await world.settle(minute(3));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("14:00") });
    expect(await world.target()).toMatchObject({ divergedAt: null, etag: world.copy()?.etag });
  });
});

describe("while we write", () => {
  /** `deed` happens right after the put, before anybody could note it, and a pull sees it. */
  const pushWhile = async (world: TwoWay, deed: () => void) => {
    const { account, calendar, visit } = world;
    const operate = account.takeFailure.bind(account);
    let pulled: Promise<unknown> = Promise.resolve();
    account.takeFailure = (operation, isAfterwards) => {
      if (operation === "put" && isAfterwards) {
        account.takeFailure = operate;
        deed();
        pulled = pullCalendar(calendar.id, minute(3));
      }
      return operate(operation, isAfterwards);
    };
    await pushBooking(visit.id, minute(2));
    await pulled;
    await reconcileTarget(world.targetId, minute(4));
    await world.settle(minute(5));
  };

  test("the host moves it once more, or deletes it: that is the last word", async () => {
    for (const clock of ["15:00", null]) {
      const world = await makeTwoWay(now);
      await moveHere(world, "14:00", minute(1));
      await pushWhile(world, () => {
        if (clock) world.edit({ time: timed(clock, "15:30") });
        else world.account.remove(world.remoteId, world.uid);
      });
      expect(await world.visit.row()).toMatchObject(
        clock ? { status: "confirmed", startsAt: at(clock) } : { status: "cancelled" },
      );
    }
  });

  test("the first time, and the host deletes it before we know where it lies: the next full reading notices at the latest", async () => {
    const world = await makeTwoWay(now);
    await database()
      .update(appointmentTargets)
      .set({ remoteId: null, etag: null, pushedAt: null, pushedHash: null })
      .where(eq(appointmentTargets.id, world.targetId));
    world.account.remove(world.remoteId, world.uid);
    await pullCalendar(world.calendar.id, minute(1));
    await pushWhile(world, () => world.account.remove(world.remoteId, world.uid));
    world.account.expireCursors();
    await world.settle(minute(10));
    expect(await world.visit.row()).toMatchObject({ status: "cancelled" });
  });
});

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
    await moveHere(world, "14:00", minute(6));
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

describe("when both sides changed", () => {
  const bothMoved = async (theirClock: Date | null) => {
    const world = await makeTwoWay(now);
    world.account.clock = theirClock;
    world.edit({ time: timed("14:00", "14:30") });
    await moveHere(world, "15:00", minute(20));
    await pullCalendar(world.calendar.id, minute(40));
    expect(await Promise.all(["14:00", "15:00"].map((clock) => world.isFree(clock)))).toEqual([false, false]);
    await pushBooking(world.visit.id, minute(40));
    await reconcileTarget(world.targetId, minute(40));
    await world.settle(minute(45));
    return world;
  };

  test.each([
    ["theirs is later", minute(30), "14:00", "followed", "here"],
    ["ours is later", minute(10), "15:00", "kept", "calendar"],
    ["theirs does not say when", null, "14:00", "followed", "here"],
    ["their clock is hours ahead", minute(600), "14:00", "followed", "here"],
    ["their clock is hours behind", minute(-600), "14:00", "followed", "here"],
  ] as const)("the newer word wins: %s", async (_what, clock, stands, outcome, side) => {
    const world = await bothMoved(clock);
    expect(await world.visit.row()).toMatchObject({ startsAt: at(stands) });
    expect(timeOf(world)).toMatchObject({ startsAt: at(stands) });
    const lostAt = stands === "14:00" ? at("15:00") : at("14:00");
    expect(await world.details()).toMatchObject([
      { outcome, lost: { side, says: { time: { startsAt: lostAt.toISOString() } } } },
    ]);
    const free = await Promise.all(["14:00", "15:00"].map((each) => world.isFree(each)));
    expect(free).toEqual([stands !== "14:00", stands !== "15:00"]);
  });

  test("a copy that was deleted before it could move is put there again", async () => {
    const world = await makeTwoWay(now);
    world.account.remove(world.remoteId, world.uid);
    await moveHere(world, "15:00", minute(20));
    await pushBooking(world.visit.id, minute(20));
    await world.settle(minute(25));
    expect(await world.visit.row()).toMatchObject({ status: "confirmed", startsAt: at("15:00") });
    expect(timeOf(world)).toEqual(timed("15:00", "15:30"));
    expect(await world.details()).toMatchObject([
      { outcome: "kept", lost: { side: "calendar", says: null } },
    ]);
    await world.settle(minute(30));
    expect(await outcomesOf(world)).toEqual(["kept"]);
  });

  test("many of both, in any order, end in one place that both agree on", async () => {
    const world = await makeTwoWay(now);
    const clocks = ["11:00", "12:00", "13:00", "14:00", "15:00"];
    for (const [index, clock] of clocks.entries()) {
      const when = minute(10 * (index + 1));
      world.edit({ time: timed(clock, clock.replace(":00", ":30")) });
      const back = clocks[clocks.length - 1 - index] ?? "16:00";
      await moveByVisitor(world.visit.token, { start: at(back).toISOString() }, when).catch(() => {});
      await Promise.allSettled([
        confirmBooking(world.visit.id, when),
        pullCalendar(world.calendar.id, when),
        pushBooking(world.visit.id, when),
        reconcileTarget(world.targetId, when),
      ]);
    }
    for (const minutes of [100, 110, 120]) {
      await pullCalendar(world.calendar.id, minute(minutes));
      await pushBooking(world.visit.id, minute(minutes));
      await reconcileTarget(world.targetId, minute(minutes));
    }
    const { startsAt, endsAt } = await world.visit.row();
    expect(timeOf(world)).toEqual({ kind: "timed", startsAt, endsAt });
    expect(await world.target()).toMatchObject({ divergedAt: null, etag: world.copy()?.etag });
    const free = await Promise.all(clocks.map((clock) => world.isFree(clock)));
    expect(clocks.filter((_, index) => !free[index])).toEqual([startsAt.toISOString().slice(11, 16)]);
  });
});

describe("an event that is not where it was", () => {
  test("is followed into another calendar of the host, and written there from then on", async () => {
    const world = await makeTwoWay(now);
    const other = await makeFakeCalendar(world.page.hostId);
    await pullCalendar(other.calendar.id, now);
    const copy = world.copy();
    if (!copy) throw new Error("no copy");
    const writes = world.writes();
    other.account.write(other.remoteId, { ...copy, draft: null });
    world.account.remove(world.remoteId, world.uid);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "confirmed", sequence: 0 });
    expect(await world.target()).toMatchObject({ calendarId: other.calendar.id, divergedAt: null });
    expect(await world.details()).toMatchObject([{ outcome: "unchanged", isElsewhere: true }]);
    expect(world.writes() - writes).toBe(0);
    expect(await world.visit.mails("visitor")).toEqual(["confirmed"]);
    expect(await world.isFree("10:30")).toBe(true);

    await moveHere(world, "14:00", minute(6));
    await pushBooking(world.visit.id, minute(7));
    expect(other.account.find(other.remoteId, world.uid)?.draft).toMatchObject({
      time: timed("14:00", "14:30"),
    });
    expect(world.copy()).toBeUndefined();
  });

  test("is followed in time, too, when it was moved on there", async () => {
    const world = await makeTwoWay(now);
    const other = await makeFakeCalendar(world.page.hostId);
    const copy = world.copy();
    if (!copy?.occurrences[0]) throw new Error("no copy");
    const occurrence = { ...copy.occurrences[0], time: timed("14:00", "14:30") };
    world.account.remove(world.remoteId, world.uid);
    other.account.write(other.remoteId, { ...copy, occurrences: [occurrence], draft: null });
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("14:00") });
    expect(await world.target()).toMatchObject({ calendarId: other.calendar.id });
  });

  test("is not given up while a calendar it may have gone to cannot be read", async () => {
    const world = await makeTwoWay(now);
    const other = await makeFakeCalendar(world.page.hostId);
    world.account.remove(world.remoteId, world.uid);
    other.account.failNext("pull", away);
    await expect(world.settle(minute(5))).rejects.toBe(away);
    expect(await world.visit.row()).toMatchObject({ status: "confirmed" });
    await reconcileTarget(world.targetId, minute(6));
    expect(await world.visit.row()).toMatchObject({ status: "cancelled" });
  });

  test("says nothing of its own account while the one it went to is locked", async () => {
    const world = await makeTwoWay(now);
    const other = await makeFakeCalendar(world.page.hostId);
    const copy = world.copy();
    if (!copy) throw new Error("no copy");
    other.account.write(other.remoteId, { ...copy, draft: null });
    world.account.remove(world.remoteId, world.uid);
    await pullCalendar(other.calendar.id, minute(1));
    const locked = new AppError("reconnect", "The password was refused.");
    for (const operation of ["pull", "get"] as const) other.account.failNext(operation, locked);
    await expect(world.settle(minute(5))).rejects.toThrow("The password was refused.");
    const [own] = await database()
      .select({ status: calendarConnections.status })
      .from(calendarConnections)
      .where(eq(calendarConnections.id, world.calendar.connectionId));
    expect([own?.status, (await world.visit.row())?.status]).toEqual(["connected", "confirmed"]);
    await world.settle(minute(6));
    expect(await world.target()).toMatchObject({ calendarId: other.calendar.id, divergedAt: null });
  });

  test("is followed when it was deleted and made again under its name", async () => {
    const world = await makeTwoWay(now);
    const copy = world.copy();
    if (!copy) throw new Error("no copy");
    world.account.remove(world.remoteId, world.uid);
    world.account.save(world.remoteId, { uid: copy.uid, occurrences: copy.occurrences });
    expect(world.copy()?.id).not.toBe(copy.id);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "confirmed" });
    expect(await world.target()).toMatchObject({ remoteId: world.copy()?.id, divergedAt: null });
  });

  test("is asked for by itself before anything is called off: a calendar that lists nothing is doubted", async () => {
    const world = await makeTwoWay(now);
    const { account, calendar } = world;
    const events = account.calendars.get(world.remoteId)?.events;
    if (!events) throw new Error("no calendar");
    account.expireCursors();
    const listed = events.keys.bind(events);
    events.keys = () => new Map<string, never>().keys();
    await pullCalendar(calendar.id, minute(5));
    events.keys = listed;
    expect(await world.asked()).toBe(1);
    await reconcileTarget(world.targetId, minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "confirmed" });
    expect(await outcomesOf(world)).toEqual(["unchanged"]);
    expect(await world.visit.mails("visitor")).toEqual(["confirmed"]);
  });

  test("is kept as it was while nobody can understand it", async () => {
    const world = await makeTwoWay(now);
    world.account.garble(world.remoteId, world.uid);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "confirmed" });
    expect(await world.isFree("10:00")).toBe(false);
  });
});

describe("a booking that is called off here", () => {
  test("takes its event along, wherever the host has put it meanwhile", async () => {
    const world = await makeTwoWay(now);
    const other = await makeFakeCalendar(world.page.hostId);
    const copy = world.copy();
    if (!copy) throw new Error("no copy");
    other.account.write(other.remoteId, { ...copy, draft: null });
    world.account.remove(world.remoteId, world.uid);
    await cancelBooking(world.visit.viewer, world.visit.id, {}, minute(1));
    await pushBooking(world.visit.id, minute(1));
    expect(other.account.events(other.remoteId)).toEqual([]);
    expect([await world.target(), await world.isFree("10:00")]).toEqual([undefined, true]);
  });

  test("leaves none that is being put back at that moment", async () => {
    const world = await makeTwoWay(now);
    const { account, visit } = world;
    world.edit({ time: { kind: "allDay", startDay: "2026-01-06", endDay: "2026-01-07" } });
    await pullCalendar(world.calendar.id, minute(1));
    const put = account.takeFailure.bind(account);
    let cancelled: Promise<unknown> = Promise.resolve();
    account.takeFailure = (operation, isAfterwards) => {
      if (operation === "put" && !isAfterwards) {
        account.takeFailure = put;
        account.remove(world.remoteId, world.uid);
        cancelled = cancelBooking(visit.viewer, visit.id, {}, minute(1)).then(() =>
          pushBooking(visit.id, minute(1)).catch(() => {}),
        );
      }
      return put(operation, isAfterwards);
    };
    await reconcileTarget(world.targetId, minute(1)).catch(() => {});
    await cancelled;
    await pushBooking(visit.id, minute(2));
    expect([await world.target(), world.copy()]).toEqual([undefined, undefined]);
    expect(await visit.row()).toMatchObject({ status: "cancelled" });
  });
});

test("what the host made of a copy is theirs, and blocks when the booking is off", async () => {
  const world = await makeTwoWay(now);
  const copy = world.copy();
  if (!copy?.occurrences[0]) throw new Error("no copy");
  const occurrence = { ...copy.occurrences[0], time: timed("14:00", "14:30") };
  world.account.write(world.remoteId, { ...copy, id: "duplicate", occurrences: [occurrence], draft: null });
  await world.settle(minute(5));
  await cancelBooking(world.visit.viewer, world.visit.id, {}, minute(6));
  await pushBooking(world.visit.id, minute(6));
  expect(world.account.events(world.remoteId).map(({ id }) => id)).toEqual(["duplicate"]);
  expect([await world.isFree("10:00"), await world.isFree("14:00")]).toEqual([true, false]);
});

test("a target whose put was lost, and whose copy the host then moved, follows it", async () => {
  const world = await makeTwoWay(now);
  await database()
    .update(appointmentTargets)
    .set({ remoteId: null, etag: null, pushedAt: null, pushedHash: null })
    .where(eq(appointmentTargets.id, world.targetId));
  world.edit({ time: timed("14:00", "14:30") });
  await pushBooking(world.visit.id, minute(5));
  await reconcileTarget(world.targetId, minute(5));
  expect(await world.visit.row()).toMatchObject({ startsAt: at("14:00") });
  expect(await world.target()).toMatchObject({ remoteId: world.copy()?.id, etag: world.copy()?.etag });
});

test("what the host made of a copy blocks where it stands, also when the booking moves away from there", async () => {
  const world = await makeTwoWay(now);
  const copy = world.copy();
  if (!copy) throw new Error("no copy");
  world.account.write(world.remoteId, { ...copy, id: "duplicate", draft: null });
  await world.settle(minute(5));
  await moveHere(world, "14:00", minute(6));
  await pushBooking(world.visit.id, minute(6));
  await pullCalendar(world.calendar.id, minute(7));
  expect(await world.isFree("10:00")).toBe(false);
});

test("a calendar that two accounts show does not stand in its own booking's way", async () => {
  const world = await makeTwoWay(now);
  const shared = await makeCalendar(world.page.hostId, { remoteId: world.remoteId, lastSyncedAt: null });
  await database()
    .update(calendarConnections)
    .set({
      credentials: sealCredentials(shared.connectionId, world.account.credentials, env().FERNET_KEYS),
    })
    .where(eq(calendarConnections.id, shared.connectionId));
  for (const { id } of [world.calendar, shared]) await pullCalendar(id, minute(5));
  const { viewer, id } = world.visit;
  await moveBooking(viewer, id, { start: at("10:15").toISOString(), evenIfNotOffered: true }, minute(6));
  for (const calendar of [world.calendar, shared]) await pullCalendar(calendar.id, minute(7));
  expect(await confirmBooking(id, minute(7))).toBe("confirmed");
  expect(await world.visit.row()).toMatchObject({ startsAt: at("10:15") });
});
