import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { at, minute, now, timed } from "@/db/factories/january";
import { makeTwoWay, outcomesOf, type TwoWay } from "@/db/factories/two-way";
import { appointmentTargets } from "@/db/schema";
import { confirmBooking } from "@/lib/booking/confirm";
import { moveByVisitor } from "@/lib/booking/move";
import { AppError } from "@/lib/errors";
import { pushBooking } from "@/lib/mirror/push";
import { listUndelivered } from "@/lib/mirror/undelivered";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

const away = new AppError("unavailable", "The server is away.");
const timeOf = ({ copy }: TwoWay) => copy()?.occurrences[0]?.time;

describe("our own writing", () => {
  test("comes back and is nothing: no event, no write, no run", async () => {
    const world = await makeTwoWay(now);
    const writes = world.writes();
    await pullCalendar(world.calendar.id, minute(5));
    await world.moveHere("14:00", minute(6));
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
    await world.moveHere("14:00", minute(1));
    world.account.loseNextAnswer("put", away);
    await expect(pushBooking(world.visit.id, minute(2))).rejects.toBe(away);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("14:00"), status: "confirmed" });
    expect(await world.target()).toMatchObject({ divergedAt: null, etag: world.copy()?.etag });
    expect(await outcomesOf(world)).toEqual(["unchanged"]);
  });

  test("that the pull saw before the push could note it leaves no mark", async () => {
    const world = await makeTwoWay(now);
    await world.moveHere("14:00", minute(1));
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
      await world.moveHere("14:00", minute(1));
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

describe("when both sides changed", () => {
  const bothMoved = async (theirClock: Date | null) => {
    const world = await makeTwoWay(now);
    world.account.clock = theirClock;
    world.edit({ time: timed("14:00", "14:30") });
    await world.moveHere("15:00", minute(20));
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
    await world.moveHere("15:00", minute(20));
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
