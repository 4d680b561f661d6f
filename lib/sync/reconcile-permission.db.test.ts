import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeAppointment } from "@/db/factories/appointments";
import { makeFakeCalendar } from "@/db/factories/fake-calendar";
import { at, meeting, minute, now, timed } from "@/db/factories/january";
import { type Mirrored, makeMirrored, makeMirroredProject } from "@/db/factories/mirrored";
import { appointments, appointmentTargets, calendarBindings, projectMembers, projects } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

describe("a copy on a project", () => {
  test("that an editor changes changes it for everybody", async () => {
    const world = await makeMirroredProject(now, "editor", meeting);
    world.edit({ title: "Moved by an editor" });
    await world.settle(minute(5));
    expect((await world.appointment())?.title).toBe("Moved by an editor");
    await world.remove();
    await world.settle(minute(6));
    expect(await world.appointment()).toBeUndefined();
    expect(await world.details()).toMatchObject([
      { outcome: "followed" },
      { outcome: "cancelled", projectId: world.projectId, lost: { says: { description: "Bring the file" } } },
    ]);
  });

  test("that a viewer changes or deletes is put back; the log keeps theirs", async () => {
    const world = await makeMirroredProject(now, "viewer", meeting);
    world.edit({ title: "Mine now", time: timed("14:00", "15:00") });
    await world.settle(minute(5));
    expect(await world.appointment()).toMatchObject({ title: "Hearing", startsAt: at("10:00"), revision: 1 });
    expect((await world.copy())?.occurrences).toMatchObject([
      { title: "Hearing", time: timed("10:00", "11:00") },
    ]);
    await world.remove();
    await world.settle(minute(6));
    expect((await world.copy())?.occurrences).toMatchObject([{ title: "Hearing" }]);
    expect(await world.details()).toMatchObject([
      {
        outcome: "put_back",
        because: "not_allowed",
        isDeleted: false,
        lost: { says: { title: "Mine now" } },
      },
      { outcome: "put_back", because: "not_allowed", isDeleted: true, lost: { says: null } },
    ]);
    await world.settle(minute(7));
    expect(await world.target()).toMatchObject({ divergedAt: null, etag: (await world.copy())?.etag });
  });

  test("is put back while the project is archived, and followed when it is not any more", async () => {
    const world = await makeMirroredProject(now, "manager", meeting);
    const archive = (archivedAt: Date | null) =>
      database().update(projects).set({ archivedAt }).where(eq(projects.id, world.projectId));
    await archive(now);
    world.edit({ title: "Too late" });
    await world.settle(minute(5));
    expect((await world.appointment())?.title).toBe("Hearing");
    await archive(null);
    world.edit({ title: "In time" });
    await world.settle(minute(6));
    expect((await world.appointment())?.title).toBe("In time");
  });

  test("of somebody who lost sight of it is nobody's word any more, and goes", async () => {
    const world = await makeMirroredProject(now, "editor", meeting);
    await world.remove();
    await database().delete(projectMembers).where(eq(projectMembers.userId, world.hostId));
    await world.pull(minute(5));
    // The push that takes its copies away has not begun.
    await reconcileTarget(world.targetId, minute(5));
    expect(await world.appointment()).toMatchObject({ title: "Hearing" });
    await world.push(minute(6));
    expect([await world.target(), world.account.events(world.remoteId)]).toEqual([undefined, []]);
  });
});

describe("a calendar", () => {
  const listTargets = ({ calendar }: Mirrored) =>
    database().select().from(appointmentTargets).where(eq(appointmentTargets.calendarId, calendar.id));
  const markVanished = (id: string) =>
    database().update(appointmentTargets).set({ vanishedInBulk: true }).where(eq(appointmentTargets.id, id));

  test("whose binding was switched off can be cleared by hand", async () => {
    const world = await makeMirrored(now, meeting);
    await database()
      .update(calendarBindings)
      .set({ isEnabled: false })
      .where(eq(calendarBindings.calendarId, world.calendar.id));
    await world.remove();
    await world.pull(minute(5));
    await reconcileTarget(world.targetId, minute(5));
    expect(await world.appointment()).toBeDefined();
    await world.push(minute(6));
    expect(await world.target()).toBeUndefined();
  });

  test("that lost its copies at once gets them back; one that is deleted alone after that goes", async () => {
    const world = await makeMirrored(now, meeting);
    const { hostId: ownerId, account, remoteId } = world;
    for (const title of ["B", "C", "D", "E"]) await makeAppointment({ ...meeting, title, ownerId });
    await world.push(minute(1));
    await world.pull(minute(2));
    for (const { uid } of account.events(remoteId)) account.remove(remoteId, uid);
    await world.pull(minute(5));
    for (const { id } of await listTargets(world)) await reconcileTarget(id, minute(5));
    const titles = account.events(remoteId).map(({ occurrences }) => occurrences[0]?.title);
    expect(titles.sort()).toEqual(["B", "C", "D", "E", "Hearing"]);
    expect(await listTargets(world)).toMatchObject(
      Array(5).fill({ vanishedInBulk: false, divergedAt: null, removedAt: null }),
    );
    expect(await world.details()).toMatchObject(
      Array(5).fill({ outcome: "put_back", because: "bulk", lost: { side: "calendar", says: null } }),
    );
    await world.pull(minute(6));
    await world.remove();
    await world.settle(minute(7));
    expect(await world.appointment()).toBeUndefined();
    expect(account.events(remoteId)).toHaveLength(4);
  });

  test("whose copies all got other addresses keeps them", async () => {
    const world = await makeMirrored(now, meeting);
    const copy = (await world.copy()) ?? expect.fail("no copy");
    await world.remove();
    world.account.write(world.remoteId, { ...copy, id: "elsewhere" });
    await world.pull(minute(5));
    await markVanished(world.targetId);
    const writes = world.writes();
    await reconcileTarget(world.targetId, minute(5));
    expect(await world.target()).toMatchObject({
      remoteId: "elsewhere",
      uid: world.uid,
      vanishedInBulk: false,
    });
    expect([world.writes() - writes, world.account.events(world.remoteId).length]).toEqual([0, 1]);
  });

  test("from which many copies were deleted by hand is read once for all of them", async () => {
    const world = await makeMirrored(now, meeting);
    const { hostId: ownerId, account, remoteId } = world;
    for (const title of ["Second", "Third"]) await makeAppointment({ ...meeting, title, ownerId });
    await world.push(minute(1));
    await world.pull(minute(2));
    for (const { uid } of account.events(remoteId)) account.remove(remoteId, uid);
    await world.pull(minute(5));
    const pulls = () => account.calls.filter((call) => call === "pull").length;
    const before = pulls();
    const targets = await listTargets(world);
    expect(targets).toHaveLength(3);
    for (const { id } of targets) await reconcileTarget(id, new Date(minute(5).getTime() + 1000));
    expect(pulls() - before).toBe(1);
    expect(await database().select().from(appointments).where(eq(appointments.ownerId, ownerId))).toEqual([]);
  });

  test("gets a copy back that was taken to another one; what lies there is the host's", async () => {
    const world = await makeMirrored(now, meeting);
    const other = await makeFakeCalendar(world.hostId, { checksConflicts: true });
    const copy = await world.copy();
    if (!copy) throw new Error("no copy");
    other.account.write(other.remoteId, { ...copy, draft: null });
    await world.remove();
    await world.settle(minute(5));
    expect((await world.copy())?.occurrences).toMatchObject([{ title: "Hearing" }]);
    // Under a name of its own: some servers refuse one twice in an account.
    expect((await world.copy())?.uid).not.toBe(world.uid);
    expect(await world.target()).toMatchObject({ calendarId: world.calendar.id, divergedAt: null });
    expect(await world.details()).toMatchObject([
      { outcome: "put_back", because: "astray", isElsewhere: true },
    ]);

    await world.pull(minute(6));
    await world.remove();
    await world.settle(minute(7));
    await pullCalendar(other.calendar.id, minute(8));
    expect(await world.appointment()).toBeUndefined();
    expect(other.account.events(other.remoteId)).toMatchObject([{ uid: world.uid }]);
  });

  test("that could not be written when a copy was to be put back gets it later", async () => {
    const world = await makeMirroredProject(now, "viewer", meeting);
    await world.remove();
    world.account.failNext("put", new AppError("unavailable", "The server is away."));
    await expect(world.settle(minute(5))).rejects.toThrow("away");
    expect(await world.target()).toMatchObject({
      divergedAt: expect.any(Date),
      lastError: "The server is away.",
    });
    await reconcileTarget(world.targetId, minute(30));
    expect(await world.target()).toMatchObject({ divergedAt: null, lastError: null });
    expect((await world.copy())?.occurrences).toMatchObject([{ title: "Hearing" }]);
  });
});

test("a target whose appointment is gone is left to the push", async () => {
  const world = await makeMirrored(now, meeting);
  world.edit({ title: "Too late" });
  await world.pull(minute(5));
  await database()
    .delete(appointments)
    .where(eq(appointments.id, (await world.target())?.appointmentId ?? ""));
  await reconcileTarget(world.targetId, minute(5));
  expect(await world.appointment()).toBeUndefined();
  await world.push(minute(6));
  expect(world.account.events(world.remoteId)).toEqual([]);
});
