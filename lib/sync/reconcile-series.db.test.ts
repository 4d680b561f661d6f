import { eq, sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { at, meeting, minute, now, timed } from "@/db/factories/january";
import { makeMirrored } from "@/db/factories/mirrored";
import { appointmentOccurrences } from "@/db/schema";

const occurrencesOf = async (id: string) => {
  const rows = await database()
    .select({ key: appointmentOccurrences.occurrenceKey })
    .from(appointmentOccurrences)
    .where(eq(appointmentOccurrences.appointmentId, id))
    .orderBy(appointmentOccurrences.occurrenceKey);
  return rows.map(({ key }) => key);
};

describe("a series", () => {
  const weekly = {
    ...meeting,
    timeZone: "Europe/Berlin",
    recurrence: { rule: "FREQ=WEEKLY;COUNT=4", exceptions: [] },
    lastEndsAt: at("11:00", "2026-01-26"),
  };
  const keys = (...dates: number[]) =>
    dates.map((date) => `2026-01-${String(date).padStart(2, "0")}T10:00:00.000Z`);
  const [, second = "", third = ""] = keys(5, 12, 19, 26);

  test("loses an occurrence, and has another one moved", async () => {
    const world = await makeMirrored(now, weekly);
    world.editOccurrence({ key: second, says: null });
    await world.settle(minute(5));
    const id = (await world.appointment())?.id ?? "";
    expect(await occurrencesOf(id)).toEqual(keys(5, 19, 26));
    const says = {
      title: "Longer",
      description: null,
      location: null,
      time: { kind: "timed", startsAt: "2026-01-19T12:00:00.000Z", endsAt: "2026-01-19T15:00:00.000Z" },
    } as const;
    world.editOccurrence({ key: third, says });
    await world.settle(minute(10));
    expect((await world.appointment())?.recurrence).toEqual({
      rule: "FREQ=WEEKLY;COUNT=4",
      exceptions: [
        { key: second, says: null },
        { key: third, says },
      ],
    });
    const [moved] = await database()
      .select()
      .from(appointmentOccurrences)
      .where(sql`appointment_id = ${id} and occurrence_key = ${third}`);
    expect(moved).toMatchObject({ title: "Longer", startsAt: at("12:00", "2026-01-19") });
    expect((await world.details()).map(({ outcome }) => outcome)).toEqual(["followed", "followed"]);
    expect(world.writes()).toBe(1);
    for (const minutes of [20, 40]) await world.settle(minute(minutes));
    expect(world.writes()).toBe(1);
  });

  test("has another rule, and another end", async () => {
    const world = await makeMirrored(now, weekly);
    world.edit({ recurrence: { rule: "FREQ=DAILY;COUNT=3", exceptions: [] } });
    await world.settle(minute(5));
    expect(await world.appointment()).toMatchObject({ lastEndsAt: at("11:00", "2026-01-07") });
    world.edit({ recurrence: { rule: "FREQ=DAILY", exceptions: [] } });
    await world.settle(minute(6));
    expect(await world.appointment()).toMatchObject({ lastEndsAt: null });
  });

  test("is counted in the zone the calendar names, and on the host's clock where it names none", async () => {
    const world = await makeMirrored(now, weekly);
    world.edit({ timeZone: "America/New_York" });
    await world.settle(minute(5));
    expect(await world.appointment()).toMatchObject({ timeZone: "America/New_York" });
    const writes = world.writes();
    world.edit({ timeZone: null, title: "On my clock" });
    await world.settle(minute(6));
    expect(await world.appointment()).toMatchObject({ timeZone: "UTC", title: "On my clock" });
    await world.settle(minute(7));
    expect(world.writes() - writes).toBe(0);
  });

  test("takes place once, and repeats again", async () => {
    const world = await makeMirrored(now, weekly);
    world.edit({ recurrence: null });
    await world.settle(minute(5));
    const single = await world.appointment();
    expect(single).toMatchObject({ recurrence: null, lastEndsAt: at("11:00"), expandedUntil: null });
    expect(await occurrencesOf(single?.id ?? "")).toEqual([]);
    world.edit({ recurrence: { rule: "FREQ=WEEKLY;COUNT=2", exceptions: [] } });
    await world.settle(minute(6));
    expect(await occurrencesOf(single?.id ?? "")).toEqual(keys(5, 12));
  });

  test("of days has occurrences of days", async () => {
    const world = await makeMirrored(now, {
      ...meeting,
      startDay: "2026-01-05",
      endDay: "2026-01-06",
      recurrence: { rule: "FREQ=WEEKLY;COUNT=3", exceptions: [] },
      lastEndsAt: at("00:00", "2026-01-20"),
    });
    world.editOccurrence({ key: "2026-01-12", says: null });
    await world.settle(minute(5));
    const row = await world.appointment();
    expect(await occurrencesOf(row?.id ?? "")).toEqual(["2026-01-05", "2026-01-19"]);
    await world.settle(minute(6));
    expect(world.writes()).toBe(1);
  });

  test.each([
    ["rule", { recurrence: { rule: "FREQ=DAILY;BYHOUR=10,15", exceptions: [] } }],
    ["rule", { recurrence: { rule: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", exceptions: [] } }],
  ])("that nobody can work out is put back: %s %j", async (because, change) => {
    const world = await makeMirrored(now, weekly);
    world.edit(change);
    await world.settle(minute(5));
    expect((await world.appointment())?.recurrence).toEqual(weekly.recurrence);
    expect((await world.copy())?.recurrence).toEqual(weekly.recurrence);
    expect(await world.details()).toMatchObject([
      { outcome: "put_back", because, lost: { says: { recurrence: change.recurrence } } },
    ]);
  });

  test("that repeats in a way that no rule says is put back", async () => {
    const world = await makeMirrored(now, weekly);
    const first = { key: "", title: "Odd", status: "confirmed", transparency: "opaque" } as const;
    const times = [timed("10:00", "11:00"), timed("13:00", "14:00", "2026-01-09")];
    world.account.save(world.remoteId, {
      uid: world.uid,
      occurrences: times.map((time, n) => ({ ...first, time, key: String(n) })),
    });
    await world.settle(minute(5));
    expect(await world.details()).toMatchObject([{ outcome: "put_back", because: "repeats" }]);
    expect((await world.copy())?.recurrence).toEqual(weekly.recurrence);
    await world.settle(minute(6));
    expect(await world.details()).toHaveLength(1);
  });

  test("of which every occurrence was deleted is gone, and so is what is left of its copy", async () => {
    const world = await makeMirrored(now, weekly);
    const exceptions = keys(5, 12, 19, 26).map((key) => ({ key, says: null }));
    world.edit({ recurrence: { rule: "FREQ=WEEKLY;COUNT=4", exceptions } });
    await world.settle(minute(5));
    expect([await world.appointment(), world.account.events(world.remoteId)]).toEqual([undefined, []]);
    expect(await world.details()).toMatchObject([
      { outcome: "cancelled", lost: { says: { title: "Hearing", recurrence: weekly.recurrence } } },
    ]);
  });

  test("that never ends is never over", async () => {
    const endless = { ...weekly, recurrence: { rule: "FREQ=WEEKLY", exceptions: [] }, lastEndsAt: null };
    const world = await makeMirrored(now, endless);
    world.edit({ title: "Still going" });
    await world.settle(at("12:00", "2026-06-01"));
    expect((await world.appointment())?.title).toBe("Still going");
  });
});
