import { and, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeAppointment } from "@/db/factories/appointments";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { makeBoundCalendar } from "@/db/factories/mirrored";
import { makeHost } from "@/db/factories/users";
import {
  appointmentOccurrences,
  appointments,
  appointmentTargets,
  calendars,
  syncedEvents,
} from "@/db/schema";
import { findStaleCalendar } from "@/lib/availability/closed";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import { takeDueCalendars } from "./due";
import { pullCalendar } from "./pull";

const now = new Date("2027-01-01T12:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const hour = (n: number) => new Date(Date.parse("2027-01-04T09:00:00Z") + n * 3_600_000);

/** A bound calendar with copies of that many appointments, an hour each, read and pushed. */
async function makeMirror(count: number) {
  const { user } = await makeHost();
  for (let n = 0; n < count; n += 1)
    await makeAppointment({ ownerId: user.id, title: `No ${n}`, startsAt: hour(n), endsAt: hour(n + 1) });
  const fake = await makeBoundCalendar(user.id);
  const { account, remoteId, calendar } = fake;
  await pullCalendar(calendar.id, now);
  await pushCalendar(calendar.id, now);
  const isHere = eq(appointmentTargets.calendarId, calendar.id);
  const marked = async () => {
    const rows = await database()
      .select({ isBulk: appointmentTargets.vanishedInBulk })
      .from(appointmentTargets)
      .where(and(isHere, isNotNull(appointmentTargets.divergedAt)));
    return rows.map(({ isBulk }) => isBulk);
  };
  return {
    ...fake,
    hostId: user.id,
    pull: (when: Date) => pullCalendar(calendar.id, when),
    marked,
    targets: () => database().select().from(appointmentTargets).where(isHere),
    readings: () => database().select().from(syncedEvents).where(eq(syncedEvents.calendarId, calendar.id)),
    /** Somebody deletes that many of the copies. */
    lose: (many: number) => {
      for (const { uid } of account.events(remoteId).slice(0, many)) account.remove(remoteId, uid);
    },
  };
}

const foreign = (uid: string, from: Date) => ({
  uid,
  occurrences: [
    {
      key: "",
      title: "Dentist",
      time: { kind: "timed" as const, startsAt: from, endsAt: new Date(from.getTime() + 3_600_000) },
      status: "confirmed" as const,
      transparency: "opaque" as const,
    },
  ],
});

describe("copies as we wrote them", () => {
  test("are not read, and are there after a reset", async () => {
    const mirror = await makeMirror(6);
    await mirror.pull(later(5));
    expect(await mirror.readings()).toEqual([]);
    mirror.account.expireCursors();
    expect(await mirror.pull(later(10))).toMatchObject({ created: 0, updated: 0, deleted: 0 });
    expect(await mirror.readings()).toEqual([]);
    expect(await mirror.marked()).toEqual([]);
  });

  test("leave nothing of an older reading behind, and nobody counts that as a deletion", async () => {
    const mirror = await makeMirror(1);
    const [target] = await mirror.targets();
    await database()
      .insert(syncedEvents)
      .values({
        calendarId: mirror.calendar.id,
        hostId: mirror.hostId,
        providerEventId: target?.remoteId ?? "",
        occurrenceKey: "",
        uid: target?.uid ?? "",
        title: "No 0",
        startsAt: hour(30),
        endsAt: hour(31),
        status: "confirmed",
        transparency: "opaque",
      });
    expect(await mirror.pull(later(5))).toMatchObject({ deleted: 0 });
    expect(await mirror.readings()).toEqual([]);
  });

  test("are read when somebody changed them, and until that is settled", async () => {
    const mirror = await makeMirror(2);
    mirror.account.edit(mirror.remoteId, (await mirror.targets())[0]?.uid ?? "", { title: "Moved" });
    for (const minutes of [5, 10]) {
      mirror.account.expireCursors();
      await mirror.pull(later(minutes));
      expect(await mirror.readings()).toMatchObject([{ title: "Moved" }]);
      expect(await mirror.marked()).toEqual([false]);
    }
  });
});

describe("what is somebody else's in a mirrored calendar", () => {
  test("is read and left as it is, and takes time only where the calendar blocks bookings", async () => {
    const mirror = await makeMirror(1);
    const event = mirror.account.save(mirror.remoteId, foreign("dentist", hour(20)));
    const busy = async () => {
      const during = sql`tstzrange(${hour(15).toISOString()}, ${hour(30).toISOString()})`;
      const rows = await database().execute<{ title: string }>(
        sql`select title from get_busy_items(${mirror.hostId}::uuid, ${during}, null)`,
      );
      return rows.map(({ title }) => title);
    };
    const setBlocks = (checksConflicts: boolean) =>
      database().update(calendars).set({ checksConflicts }).where(eq(calendars.id, mirror.calendar.id));
    await mirror.pull(later(5));
    await pushCalendar(mirror.calendar.id, later(6));
    expect(mirror.account.find(mirror.remoteId, "dentist")).toEqual(event);
    expect(await mirror.readings()).toMatchObject([{ title: "Dentist" }]);
    await setBlocks(true);
    expect(await busy()).toEqual(["Dentist"]);
    await setBlocks(false);
    expect(await busy()).toEqual([]);
  });

  test("keeps nobody from booking because it was never read", async () => {
    const { user } = await makeHost();
    const { calendar } = await makeFakeCalendar(user.id, { checksConflicts: false, isMirrored: true });
    const stale = () => database().transaction((tx) => findStaleCalendar(tx, user.id, now));
    expect(await stale()).toBeNull();
    expect(await takeDueCalendars(later(60))).toContain(calendar.id);
    await database().update(calendars).set({ checksConflicts: true }).where(eq(calendars.id, calendar.id));
    expect(await stale()).toMatchObject({ name: calendar.name });
  });
});

describe("copies that are gone", () => {
  test.each([
    { of: 8, gone: 5, isLost: true },
    { of: 8, gone: 4, isLost: false },
    { of: 4, gone: 4, isLost: false },
    { of: 10, gone: 5, isLost: false },
    { of: 11, gone: 6, isLost: true },
  ])("$gone of $of at once: lost with their calendar, $isLost", async ({ of, gone, isLost }) => {
    for (const isReset of [false, true]) {
      const mirror = await makeMirror(of);
      await mirror.pull(later(5));
      mirror.lose(gone);
      if (isReset) mirror.account.expireCursors();
      await mirror.pull(later(10));
      expect(await mirror.marked()).toEqual(Array.from({ length: gone }, () => isLost));
    }
  });

  test("the rest of a calendar that was lost is lost, too", async () => {
    const mirror = await makeMirror(8);
    for (const [minutes, many] of [
      [5, 6],
      [10, 2],
    ] as const) {
      mirror.lose(many);
      await mirror.pull(later(minutes));
    }
    expect(await mirror.marked()).toEqual(Array.from({ length: 8 }, () => true));
  });

  test("what others had there, and what we deleted ourselves, is not counted", async () => {
    const mirror = await makeMirror(3);
    for (let n = 0; n < 10; n += 1) mirror.account.save(mirror.remoteId, foreign(`other-${n}`, hour(n)));
    await mirror.pull(later(5));
    for (let n = 0; n < 10; n += 1) mirror.account.remove(mirror.remoteId, `other-${n}`);
    mirror.lose(1);
    await mirror.pull(later(10));
    expect(await mirror.marked()).toEqual([false]);

    const ours = await makeMirror(8);
    await database().delete(appointments).where(eq(appointments.ownerId, ours.hostId));
    await pushCalendar(ours.calendar.id, later(5));
    await ours.pull(later(10));
    expect(ours.account.events(ours.remoteId)).toEqual([]);
    expect(await ours.targets()).toEqual([]);
  });

  test("after a reset only if they had to be listed", async () => {
    const day = (n: number) => new Date(now.getTime() + n * 86_400_000);
    const once = (startsAt: Date, endsAt = new Date(startsAt.getTime() + 3_600_000)) => ({
      startsAt,
      endsAt,
    });
    const yearly = { recurrence: { rule: "FREQ=YEARLY", exceptions: [] } };
    const mirror = await makeMirror(0);
    const make = (title: string, values: Partial<typeof appointments.$inferInsert>) =>
      makeAppointment({ ownerId: mirror.hostId, title, ...values });
    await make("over", once(day(-2)));
    await make("under way", once(day(-1), day(1)));
    await make("ahead", once(day(20)));
    await make("a day", { startDay: "2027-02-01", endDay: "2027-02-02" });
    await make("beyond what is read", once(day(600)));
    await make("repeats beyond", { ...once(day(-300)), ...yearly });
    const within = await make("repeats within", { ...once(day(-300)), ...yearly });
    await database()
      .insert(appointmentOccurrences)
      .values({
        appointmentId: within.id,
        ownerId: mirror.hostId,
        occurrenceKey: day(65).toISOString(),
        title: within.title,
        startsAt: day(65),
        endsAt: day(66),
      });
    await pushCalendar(mirror.calendar.id, now);
    await mirror.pull(later(5));
    const events = mirror.account.calendars.get(mirror.remoteId)?.events;
    expect(events?.size).toBe(7);
    events?.clear();
    mirror.account.expireCursors();
    await mirror.pull(later(10));
    const rows = await database()
      .select({ title: appointments.title })
      .from(appointmentTargets)
      .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
      .where(
        and(
          eq(appointments.ownerId, mirror.hostId),
          isNotNull(appointmentTargets.divergedAt),
          isNull(appointmentTargets.removedAt),
        ),
      );
    expect(rows.map(({ title }) => title).sort()).toEqual(["a day", "ahead", "repeats within", "under way"]);
  });
});
