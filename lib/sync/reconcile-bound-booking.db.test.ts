import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { at, minute, now, timed } from "@/db/factories/january";
import { makeBoundCalendar } from "@/db/factories/mirrored";
import { makeTwoWay, outcomesOf } from "@/db/factories/two-way";
import { appointmentTargets } from "@/db/schema";
import { pushBooking } from "@/lib/mirror/push";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

describe("a booking's event in a calendar for bookings that more is mirrored from", () => {
  type Bound = Awaited<ReturnType<typeof makeBoundCalendar>>;
  const copyIn = ({ account, remoteId }: Bound) => account.events(remoteId)[0] ?? expect.fail("no copy");
  const settleIn = async ({ calendar }: Bound, when: Date) => {
    await pullCalendar(calendar.id, when);
    const [target] = await database()
      .select({ id: appointmentTargets.id })
      .from(appointmentTargets)
      .where(eq(appointmentTargets.calendarId, calendar.id));
    await reconcileTarget(target?.id ?? expect.fail("no target"), when);
  };
  /** The booking lies in the calendar for bookings, and, under another name, in one that is bound. */
  const makeBoth = async () => {
    const world = await makeTwoWay(now);
    const bound = await makeBoundCalendar(world.page.hostId);
    await pullCalendar(bound.calendar.id, now);
    await pushCalendar(bound.calendar.id, now);
    await pullCalendar(bound.calendar.id, now);
    return { world, bound };
  };

  test("is put back when it was taken to where another copy lies; that one stays", async () => {
    const { world, bound } = await makeBoth();
    const copy = world.copy() ?? expect.fail("no copy");
    const other = copyIn(bound);
    bound.account.write(bound.remoteId, { ...copy, draft: null });
    world.account.remove(world.remoteId, world.uid);
    await world.settle(minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "confirmed" });
    expect(world.account.events(world.remoteId)).toHaveLength(1);
    expect(bound.account.events(bound.remoteId)).toContainEqual(other);
    expect(await outcomesOf(world)).toEqual(["put_back"]);
  });

  test("and its copy in the other one is moved, and the booking with all of it", async () => {
    const { world, bound } = await makeBoth();
    bound.account.edit(bound.remoteId, copyIn(bound).uid, { time: timed("14:00", "14:30") });
    await settleIn(bound, minute(5));
    expect(await world.visit.row()).toMatchObject({ startsAt: at("14:00"), sequence: 1 });
    expect(await world.visit.mails("visitor")).toEqual(["confirmed", "moved"]);
    await pushBooking(world.visit.id, minute(6));
    expect(world.copy()?.draft).toMatchObject({ time: timed("14:00", "14:30") });
    expect(bound.account.calls.filter((call) => call === "put")).toHaveLength(1);
  });

  test("and its copy in the other one is deleted: it is off", async () => {
    const { world, bound } = await makeBoth();
    bound.account.remove(bound.remoteId, copyIn(bound).uid);
    await settleIn(bound, minute(5));
    expect(await world.visit.row()).toMatchObject({ status: "cancelled", cancelledBy: "host" });
    await pushBooking(world.visit.id, minute(6));
    expect(world.copy()).toBeUndefined();
  });
});
