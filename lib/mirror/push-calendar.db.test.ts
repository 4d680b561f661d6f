import { eq, inArray, sql } from "drizzle-orm";
import { afterEach, describe, expect, test, vi } from "vitest";
import { database } from "@/db/client";
import { makeAppointment } from "@/db/factories/appointments";
import { makeBound } from "@/db/factories/bound";
import { appointmentTargets, calendarConnections, calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { markDone } from "./put-off";
import { listCalendarsToPush } from "./sweep";
import { letGo, takeDue } from "./take";

const now = new Date("2026-01-01T00:00:00Z");
const minute = (count: number) => new Date(now.getTime() + count * 60_000);
const away = new AppError("unavailable", "The server is away.");
const tooLarge = new AppError("invalid", "The server has no room for this.");

afterEach(() => {
  vi.restoreAllMocks();
});

describe("pushCalendar", () => {
  test("writes what belongs there once, says so in one row, and asks nothing when all is there", async () => {
    const bound = await makeBound(["Anna", "Ben", "Carl"]);
    expect(await bound.push()).toMatchObject({ created: 3 });
    expect(bound.titles()).toEqual(["Anna", "Ben", "Carl"]);
    const { bindingId } = bound;
    expect(await bound.runs()).toMatchObject([
      { bindingId, status: "ok", processed: 3, created: 3, updated: 0, deleted: 0, startedAt: now },
    ]);
    expect(await bound.binding()).toMatchObject({ lastSyncedAt: now, lastError: null, errorCount: 0 });
    const calls = bound.account.calls.length;
    await bound.push(minute(60));
    expect([bound.account.calls.length, (await bound.runs()).length]).toEqual([calls, 1]);
    expect(await bound.binding()).toMatchObject({ lastSyncedAt: minute(60) });
  });

  test("writes one copy for one change, and takes away that of one that is gone", async () => {
    const bound = await makeBound(["Anna", "Ben"]);
    await bound.push();
    bound.account.calls.length = 0;
    await bound.rename("Anna", "Anna Karenina");
    await bound.push(minute(1));
    expect(bound.account.calls).toEqual(["put"]);
    await bound.cancel("Ben");
    await bound.push(minute(2));
    expect(bound.account.calls).toEqual(["put", "delete"]);
    expect(bound.titles()).toEqual(["Anna Karenina"]);
    expect(await bound.runs()).toMatchObject([
      { created: 2 },
      { updated: 1, bindingId: bound.bindingId },
      { deleted: 1, bindingId: bound.bindingId },
    ]);
  });

  test("writes days and what repeats as such", async () => {
    const bound = await makeBound([]);
    const series = {
      rule: "FREQ=WEEKLY;COUNT=3",
      exceptions: [{ key: "2027-01-11T09:00:00.000Z", says: null }],
    };
    await makeAppointment({ ownerId: bound.hostId, title: "Series", recurrence: series });
    const days = { startDay: "2027-01-04", endDay: "2027-01-06" };
    await makeAppointment({ ownerId: bound.hostId, title: "Days", ...days });
    await bound.push();
    const drafts = bound.account.events(bound.remoteId).flatMap(({ draft }) => draft ?? []);
    expect(drafts.find(({ title }) => title === "Days")?.time).toEqual({ kind: "allDay", ...days });
    expect(drafts.find(({ title }) => title === "Series")).toMatchObject({
      recurrence: series,
      timeZone: "Europe/Berlin",
    });
    const calls = bound.account.calls.length;
    await database().execute(sql`
      update appointment_targets set push_due_at = 'epoch' where calendar_id = ${bound.calendar.id}::uuid`);
    await bound.push();
    expect(bound.account.calls).toHaveLength(calls);
  });

  test("writes what changed last first", async () => {
    const bound = await makeBound(["Old"]);
    const soon = minute(600_000);
    await makeAppointment({ ownerId: bound.hostId, title: "New", updatedAt: soon });
    bound.account.failNext("put", new AppError("rate_limited", "Slow down.", { retryAfterSeconds: 60 }));
    await bound.push();
    expect((await bound.target("Old"))?.attempts).toBe(1);
    const failed = (await bound.targets()).map(({ pushedHash }) => pushedHash !== null);
    expect(failed.filter(Boolean)).toHaveLength(1);
    expect((await bound.target("Old"))?.pushedHash).toBeNull();
  });

  test("goes on after a copy that is refused, which waits ever longer", async () => {
    const bound = await makeBound(["Anna", "Ben", "Carl"]);
    bound.account.failNext("put", tooLarge);
    await bound.push();
    expect(bound.titles()).toHaveLength(2);
    const { bindingId } = bound;
    expect(await bound.runs()).toMatchObject([
      { bindingId, status: "error", processed: 3, created: 2, error: tooLarge.message },
    ]);
    expect(await bound.binding()).toMatchObject({
      lastSyncedAt: null,
      lastError: tooLarge.message,
      errorCount: 1,
    });
    const due = async () => (await bound.targets()).flatMap(({ pushDueAt }) => pushDueAt ?? []);
    expect(await due()).toEqual([minute(1)]);
    const calls = bound.account.calls.length;
    await bound.push(new Date(minute(1).getTime() - 1));
    expect(bound.account.calls).toHaveLength(calls);
    bound.account.failNext("put", tooLarge);
    await bound.push(minute(1));
    expect([await due(), (await bound.binding())?.errorCount]).toEqual([[minute(3)], 2]);
    await bound.push(minute(3));
    expect(bound.titles()).toEqual(["Anna", "Ben", "Carl"]);
    expect(await bound.binding()).toMatchObject({ lastSyncedAt: minute(3), lastError: null, errorCount: 0 });
    expect(await bound.targets()).toMatchObject(
      Array.from({ length: 3 }, () => ({ attempts: 0, lastError: null, pushDueAt: null, takenUntil: null })),
    );
  });

  test("is not kept for ever from the rest by those that are refused", async () => {
    const bound = await makeBound(["Anna", "Ben", "Carl"]);
    const soon = minute(600_000);
    for (const title of ["Bad", "Worse"])
      await makeAppointment({ ownerId: bound.hostId, title, updatedAt: soon });
    const no = new AppError("forbidden", "Not this one.");
    bound.account.refuses = ({ title }) => (title === "Bad" || title === "Worse" ? no : null);
    for (let day = 0; day < 40 && bound.titles().length < 3; day += 1) await bound.push(minute(day * 1_440));
    expect(bound.titles()).toEqual(["Anna", "Ben", "Carl"]);
    expect(await bound.binding()).toMatchObject({ lastSyncedAt: null, lastError: no.message });
  });

  test("tries at once again what was changed after it failed", async () => {
    const bound = await makeBound(["Anna"]);
    bound.account.failNext("put", tooLarge);
    await bound.push();
    await bound.rename("Anna", "A");
    await bound.push(now);
    expect(bound.titles()).toEqual(["A"]);
  });

  test("and what changed while it failed", async () => {
    const bound = await makeBound(["Anna"]);
    bound.account.failNext("put", tooLarge);
    await bound.pushWhile(() => bound.rename("Anna", "A").execute());
    expect([bound.titles(), bound.account.calls]).toEqual([["A"], ["put", "put"]]);
  });

  test.each([
    ["asks us to slow down", new AppError("rate_limited", "Slow down.", { retryAfterSeconds: 1_800 }), 1, 30],
    ["does not know the calendar", new AppError("not_found", "It is gone."), 1, 1],
    ["says when it is back", new AppError("unavailable", "Busy.", { retryAfterSeconds: 600 }), 1, 10],
    ["is away twice in a row", away, 2, 1],
    ["allows nothing twice in a row", new AppError("forbidden", "It is read-only."), 2, 1],
  ])("ends when the server %s, and leaves the rest for later", async (_, error, tries, minutes) => {
    const bound = await makeBound(["Anna", "Ben", "Carl", "Dora"]);
    for (let n = 0; n < tries; n += 1) bound.account.failNext("put", error);
    await bound.push();
    expect(bound.account.calls).toEqual(Array.from({ length: tries }, () => "put"));
    expect(await bound.runs()).toMatchObject([
      { status: "error", bindingId: bound.bindingId, processed: 4, error: `${error.message} (and 3 more)` },
    ]);
    expect(await bound.binding()).toMatchObject({ lastError: error.message, errorCount: 1 });
    for (const target of await bound.targets())
      expect(target).toMatchObject({ pushDueAt: minute(minutes), attempts: 1, takenUntil: null });
    await bound.push(minute(minutes));
    expect(bound.titles()).toEqual(["Anna", "Ben", "Carl", "Dora"]);
  });

  test("tries no password again that was refused, until the account lets us in", async () => {
    const bound = await makeBound(["Anna", "Ben"]);
    bound.account.failNext("put", new AppError("reconnect", "The password was refused."));
    await bound.push();
    for (const minutes of [1, 5, 60]) await bound.push(minute(minutes));
    expect(bound.account.calls).toEqual(["put"]);
    expect(await bound.binding()).toMatchObject({ lastError: "The password was refused.", errorCount: 4 });
    await database()
      .update(calendarConnections)
      .set({ status: "connected", statusSince: minute(61) })
      .where(eq(calendarConnections.id, bound.calendar.connectionId));
    expect(await listCalendarsToPush(minute(62))).toContain(bound.calendar.id);
    await bound.push(minute(62));
    expect(bound.titles()).toEqual(["Anna", "Ben"]);
  });

  test("asks for itself again when its time is over, and everything arrives", async () => {
    const bound = await makeBound(["Anna", "Ben", "Carl"]);
    const before = await bound.asked();
    const clock = vi.spyOn(performance, "now");
    clock.mockImplementation(() => (bound.account.calls.length < 2 ? 0 : 60_000));
    await bound.push();
    vi.restoreAllMocks();
    expect([bound.titles().length, await bound.asked()]).toEqual([2, before + 1]);
    const left = (await bound.targets()).filter(({ remoteId }) => remoteId === null);
    expect(left).toMatchObject([{ takenUntil: null, pushDueAt: new Date(0), attempts: 0 }]);
    await bound.push();
    expect([bound.titles(), await bound.asked()]).toEqual([["Anna", "Ben", "Carl"], before + 1]);
  });
});

describe("a copy is written once", () => {
  test("when several pushes work at it", async () => {
    const bound = await makeBound(["Anna", "Ben", "Carl"]);
    bound.account.delayMs = 10;
    await Promise.all([bound.push(), bound.push(), bound.push(minute(1))]);
    expect(bound.account.calls).toEqual(["put", "put", "put"]);
    expect(bound.titles()).toEqual(["Anna", "Ben", "Carl"]);
  });

  test("when the answer was lost", async () => {
    const bound = await makeBound(["Anna"]);
    bound.account.loseNextAnswer("put", away);
    await bound.push();
    await bound.push(minute(1));
    expect(bound.titles()).toEqual(["Anna"]);
    const [copy] = bound.account.events(bound.remoteId).slice(1);
    expect(await bound.target("Anna")).toMatchObject({
      remoteId: copy?.id,
      etag: copy?.etag,
      pushDueAt: null,
    });
  });

  test("when who wrote it died before noting so", async () => {
    const bound = await makeBound(["Anna", "Ben"]);
    await bound.push();
    const died = { remoteId: null, etag: null, pushedAt: null, takenUntil: minute(2), pushDueAt: minute(2) };
    await database()
      .update(appointmentTargets)
      .set({ ...died, pushedHash: sql`' ' || pushed_hash` })
      .where(eq(appointmentTargets.calendarId, bound.calendar.id));
    const calls = bound.account.calls.length;
    await bound.push(minute(1));
    expect(bound.account.calls).toHaveLength(calls);
    await bound.push(minute(2));
    expect(bound.titles()).toEqual(["Anna", "Ben"]);
    expect(await bound.target("Anna")).toMatchObject({ pushDueAt: null, takenUntil: null });
  });

  test("for each version when it changes while it is written", async () => {
    const bound = await makeBound(["Anna"]);
    await bound.pushWhile(async () => {
      await bound.rename("Anna", "Anna K.");
      // Another one has nothing to do: the copy is taken, due or not.
      await bound.push();
      expect(bound.account.calls).toEqual(["put"]);
    });
    expect([bound.titles(), bound.account.calls]).toEqual([["Anna K."], ["put", "put"]]);
    expect(await bound.target("Anna")).toMatchObject({ pushDueAt: null, divergedAt: null });
  });

  test("and not at all once it is to go", async () => {
    const bound = await makeBound(["Anna", "Ben"]);
    await bound.push();
    await bound.rename("Anna", "A");
    await bound.rename("Ben", "B");
    bound.account.calls.length = 0;
    await bound.pushWhile(async () => {
      await bound.unbind();
      await bound.aim();
    });
    expect(bound.account.calls).toEqual(["put", "delete", "delete"]);
    expect(bound.titles()).toEqual([]);
  });

  test("and is due still when it changed before anybody noted that nothing was to do", async () => {
    const bound = await makeBound(["Anna"]);
    await bound.push();
    await database()
      .update(appointmentTargets)
      .set({ pushDueAt: new Date(0) })
      .where(eq(appointmentTargets.calendarId, bound.calendar.id));
    const taken = await takeDue(bound.calendar.id, now, 10);
    await bound.rename("Anna", "A");
    const before = await bound.asked();
    for (const { target } of taken) await markDone(target, now);
    await letGo(taken, now);
    expect(await bound.targets()).toMatchObject([{ pushDueAt: new Date(0), takenUntil: null }]);
    expect(await bound.asked()).toBe(before + 1);
  });

  test("and goes when it is unbound while it is written", async () => {
    const bound = await makeBound(["Anna"]);
    await bound.pushWhile(async () => {
      await bound.unbind();
      await bound.aim();
    });
    expect([bound.titles(), await bound.targets()]).toEqual([[], []]);
  });
});

test("a copy that somebody changed is not written over, but settled", async () => {
  const bound = await makeBound(["Anna"]);
  await bound.push();
  const [copy] = bound.account.events(bound.remoteId).slice(1);
  bound.account.save(bound.remoteId, { uid: copy?.uid ?? "", occurrences: copy?.occurrences ?? [] });
  await bound.rename("Anna", "A");
  await bound.push(minute(1));
  expect(await bound.target("Anna")).toMatchObject({
    divergedAt: minute(1),
    pushDueAt: minute(16),
    attempts: 0,
  });
  const { id = "" } = (await bound.target("Anna")) ?? {};
  const [asked] = await database().execute<{ times: number }>(sql`
    select count(*)::int as times from inngest_events
    where name = 'target/diverged' and data::jsonb ->> 'targetId' = ${id}`);
  expect(asked?.times).toBe(1);
  expect((await bound.binding())?.lastSyncedAt).toEqual(now);
  const calls = bound.account.calls.length;
  await bound.push(minute(16));
  expect(bound.account.calls).toHaveLength(calls);
});

test("a calendar is read from the first binding until the last copy is gone", async () => {
  const bound = await makeBound(["Anna"]);
  const isMirrored = async () => {
    const [row] = await database()
      .select({ isMirrored: calendars.isMirrored })
      .from(calendars)
      .where(inArray(calendars.id, [bound.calendar.id]));
    return row?.isMirrored;
  };
  expect(await isMirrored()).toBe(true);
  await bound.push();
  await bound.unbind();
  bound.account.failNext("delete", away);
  await bound.push(minute(1));
  expect(await isMirrored()).toBe(true);
  await bound.push(minute(2));
  expect(await isMirrored()).toBe(false);
});
