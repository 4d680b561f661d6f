import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBound } from "@/db/factories/bound";
import { at, meeting, minute, now, timed } from "@/db/factories/january";
import { makeBoundCalendar, makeMirrored } from "@/db/factories/mirrored";
import { appointments, appointmentTargets } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import { listDiverged } from "./diverged";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

const days = { kind: "allDay", startDay: "2026-01-06", endDay: "2026-01-08" } as const;

describe("an appointment whose copy its owner changed", () => {
  test("follows it, in words and time, and is written nowhere for it", async () => {
    const world = await makeMirrored(now, meeting);
    const writes = world.writes();
    world.edit({ title: "Hearing, postponed", location: "Room 2", time: timed("14:00", "16:00") });
    await world.settle(minute(5));
    expect(await world.appointment()).toMatchObject({
      title: "Hearing, postponed",
      description: "Bring the file",
      location: "Room 2",
      startsAt: at("14:00"),
      endsAt: at("16:00"),
      lastEndsAt: at("16:00"),
      revision: 2,
      sequence: 1,
      updatedAt: minute(5),
    });
    for (const minutes of [6, 20, 40]) await world.settle(minute(minutes));
    expect(world.writes() - writes).toBe(0);
    expect(await world.target()).toMatchObject({
      divergedAt: null,
      pushDueAt: null,
      etag: (await world.copy())?.etag,
    });
    const bindingId = (await world.target())?.bindingId ?? expect.fail("nothing wants it there");
    expect(await world.details()).toMatchObject([
      { outcome: "followed", bookingId: null, projectId: null, lost: null, bindingId },
    ]);
  });

  test.each([
    [
      "days",
      { time: days },
      { startDay: "2026-01-06", endDay: "2026-01-08", startsAt: at("23:00", "2026-01-05") },
    ],
    ["the past", { time: timed("10:00", "11:00", "2025-11-03") }, { startsAt: at("10:00", "2025-11-03") }],
  ] as const)("moves to %s", async (_what, change, row) => {
    const world = await makeMirrored(now, meeting);
    world.edit(change);
    await world.settle(minute(5));
    expect(await world.appointment()).toMatchObject(row);
    await world.settle(minute(6));
    expect((await world.details()).map(({ outcome }) => outcome)).toEqual(["followed"]);
  });

  test("goes from days back to a time", async () => {
    const world = await makeMirrored(now, { ...meeting, startDay: "2026-01-06", endDay: "2026-01-07" });
    expect((await world.copy())?.draft?.time).toMatchObject({ kind: "allDay", endDay: "2026-01-07" });
    world.edit({ time: timed("14:00", "15:00") });
    await world.settle(minute(5));
    expect(await world.appointment()).toMatchObject({ startDay: null, endDay: null, startsAt: at("14:00") });
  });

  test("is written into its owner's other calendars, and nowhere else", async () => {
    const world = await makeMirrored(now, meeting);
    const other = await makeBoundCalendar(world.hostId);
    await pushCalendar(other.calendar.id, minute(1));
    world.edit({ time: timed("14:00", "15:00") });
    await world.settle(minute(5));
    await pushCalendar(other.calendar.id, minute(6));
    expect(other.account.events(other.remoteId)).toMatchObject([
      { draft: { time: timed("14:00", "15:00") } },
    ]);
    expect(other.account.calls.filter((call) => call === "put")).toHaveLength(2);
    expect(world.writes()).toBe(1);
  });

  test("goes with it, out of every calendar; the log keeps all it said", async () => {
    const world = await makeMirrored(now, { ...meeting, location: "Room 2" });
    const other = await makeBoundCalendar(world.hostId);
    await pushCalendar(other.calendar.id, minute(1));
    await world.remove();
    await world.settle(minute(5));
    await pushCalendar(other.calendar.id, minute(6));
    expect([await world.appointment(), other.account.events(other.remoteId)]).toEqual([undefined, []]);
    const left = await database()
      .select()
      .from(appointmentTargets)
      .where(eq(appointmentTargets.ownerId, world.hostId));
    expect(left).toEqual([]);
    expect(await world.details()).toMatchObject([
      {
        outcome: "cancelled",
        title: "Hearing",
        lost: {
          side: "here",
          says: { title: "Hearing", description: "Bring the file", location: "Room 2" },
        },
      },
    ]);
  });

  test("to what cannot be is put back, and is followed once it can", async () => {
    const world = await makeMirrored(now, meeting);
    world.edit({ title: "Nothing", time: timed("14:00", "14:00") });
    await world.settle(minute(5));
    expect(await world.appointment()).toMatchObject({ title: "Hearing", revision: 1 });
    expect((await world.copy())?.occurrences).toMatchObject([
      { title: "Hearing", time: timed("10:00", "11:00") },
    ]);
    expect(await world.details()).toMatchObject([
      { outcome: "put_back", because: "no_length", lost: { side: "calendar", says: { title: "Nothing" } } },
    ]);
    world.edit({ title: "Something" });
    await world.settle(minute(10));
    expect(await world.appointment()).toMatchObject({ title: "Something" });
  });

  test("and which changed here, too, says the newer word; the older one is kept", async () => {
    for (const [theirs, stands] of [
      [minute(30), "In the calendar"],
      [minute(10), "Here"],
    ] as const) {
      const world = await makeMirrored(now, meeting);
      world.account.clock = theirs;
      world.edit({ title: "In the calendar" });
      await database()
        .update(appointments)
        .set({ title: "Here", updatedAt: minute(20) })
        .where(eq(appointments.id, (await world.target())?.appointmentId ?? ""));
      await world.pull(minute(40));
      await world.push(minute(40));
      await reconcileTarget(world.targetId, minute(40));
      await world.settle(minute(45));
      expect((await world.appointment())?.title).toBe(stands);
      expect((await world.copy())?.occurrences[0]?.title).toBe(stands);
      const lost = stands === "Here" ? "In the calendar" : "Here";
      expect(await world.details()).toMatchObject([{ lost: { says: { title: lost } } }]);
    }
  });

  test("after it was over stays, unless it takes place again", async () => {
    const world = await makeMirrored(now, meeting);
    await world.remove();
    await world.settle(at("12:00"));
    expect(await world.appointment()).toBeDefined();
    expect(await world.details()).toMatchObject([{ outcome: "over" }]);

    const again = await makeMirrored(now, meeting);
    again.edit({ time: timed("10:00", "11:00", "2026-01-12") });
    await again.settle(at("12:00"));
    expect(await again.appointment()).toMatchObject({ startsAt: at("10:00", "2026-01-12") });
  });
});

test("one in years, whose answer was lost and that changed since, is found where no reading has it", async () => {
  const bound = await makeBound(["Anna"]);
  await bound.reschedule("Anna", at("10:00", "2029-01-08"));
  bound.account.loseNextAnswer("put", new AppError("unavailable", "The server is away."));
  await bound.push();
  await bound.rename("Anna", "Anna K.");
  await bound.push(minute(10));
  await reconcileTarget((await bound.target("Anna"))?.id ?? "", minute(11));
  expect(bound.titles()).toEqual(["Anna K."]);
  expect(await bound.target("Anna")).toMatchObject({ divergedAt: null, pushDueAt: null, lastError: null });
});

test("one that is over, deleted there and changed here comes to rest", async () => {
  const bound = await makeBound(["Anna"]);
  await bound.reschedule("Anna", at("10:00", "2025-12-01"));
  await bound.push();
  bound.account.remove(bound.remoteId, (await bound.target("Anna"))?.uid ?? "");
  await bound.rename("Anna", "Anna K.");
  bound.account.calls.length = 0;
  for (const minutes of [10, 30, 50]) {
    await bound.push(minute(minutes));
    await reconcileTarget((await bound.target("Anna"))?.id ?? "", minute(minutes + 1));
  }
  expect(bound.account.calls.filter((call) => call === "put")).toHaveLength(1);
  expect(await bound.target("Anna")).toMatchObject({ divergedAt: null, pushDueAt: null });
});

test("one that is over long since is asked for again while a push waits for its settlement", async () => {
  const bound = await makeBound(["Anna"]);
  await bound.reschedule("Anna", at("10:00", "2025-12-01"));
  await bound.push();
  bound.account.edit(bound.remoteId, (await bound.target("Anna"))?.uid ?? "", { title: "Theirs" });
  const { id } = (await bound.target("Anna")) ?? expect.fail("there is no copy");
  await pullCalendar(bound.calendar.id, minute(5));
  expect(await listDiverged(minute(30))).not.toContain(id);
  await bound.rename("Anna", "Ours");
  await bound.push(minute(10));
  expect(await listDiverged(minute(30))).toContain(id);
  await reconcileTarget(id, minute(31));
  await bound.push(minute(32));
  expect(bound.titles()).toEqual(["Ours"]);
  expect(await listDiverged(minute(60))).not.toContain(id);
});
