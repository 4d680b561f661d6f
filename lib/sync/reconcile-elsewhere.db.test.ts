import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { at, minute, now, timed } from "@/db/factories/january";
import { makeTwoWay, outcomesOf, type TwoWay } from "@/db/factories/two-way";
import { calendarConnections } from "@/db/schema";
import { cancelBooking } from "@/lib/booking/cancel";
import { confirmBooking } from "@/lib/booking/confirm";
import { moveBooking } from "@/lib/booking/move";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { pushBooking } from "@/lib/mirror/push";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

const away = new AppError("unavailable", "The server is away.");
/** The host takes the event into another calendar. */
const drag = ({ copy, account, remoteId, uid }: TwoWay, to: Awaited<ReturnType<typeof makeFakeCalendar>>) => {
  to.account.write(to.remoteId, { ...(copy() ?? expect.fail("no copy")), draft: null });
  account.remove(remoteId, uid);
};

describe("an event that is not where it was", () => {
  test("is followed into another calendar of the host, and written there from then on", async () => {
    const world = await makeTwoWay(now);
    const other = await makeFakeCalendar(world.page.hostId);
    await pullCalendar(other.calendar.id, now);
    const writes = world.writes();
    drag(world, other);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "confirmed", sequence: 0 });
    expect(await world.target()).toMatchObject({ calendarId: other.calendar.id, divergedAt: null });
    expect(await world.details()).toMatchObject([{ outcome: "unchanged", isElsewhere: true }]);
    expect(world.writes() - writes).toBe(0);
    expect(await world.visit.mails("visitor")).toEqual(["confirmed"]);
    expect(await world.isFree("10:30")).toBe(true);

    await world.moveHere("14:00", minute(6));
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
    drag(world, other);
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
    drag(world, other);
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

test("what the host made of a copy blocks where it stands, also when the booking moves away from there", async () => {
  const world = await makeTwoWay(now);
  const copy = world.copy();
  if (!copy) throw new Error("no copy");
  world.account.write(world.remoteId, { ...copy, id: "duplicate", draft: null });
  await world.settle(minute(5));
  await world.moveHere("14:00", minute(6));
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
