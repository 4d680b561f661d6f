import { and, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { database } from "@/db/client";
import { makeBound } from "@/db/factories/bound";
import { syncLogs } from "@/db/schema";
import { AppError } from "@/lib/errors";

const now = new Date("2026-01-01T00:00:00Z");
const minute = (count: number) => new Date(now.getTime() + count * 60_000);
const away = new AppError("unavailable", "The server is away.");

describe("a copy that is to go", () => {
  test("is put anew when it is wanted again while it is deleted", async () => {
    const bound = await makeBound(["Anna"]);
    await bound.push();
    await bound.unbind();
    bound.account.calls.length = 0;
    await bound.pushWhile(async () => {
      await bound.bind();
      await bound.aim();
    }, minute(1));
    expect([bound.titles(), bound.account.calls]).toEqual([["Anna"], ["delete", "put"]]);
    expect(await bound.targets()).toMatchObject([{ removedAt: null, divergedAt: null, pushDueAt: null }]);
  });

  test("stays, and is looked at, when it is wanted again before anybody deleted it", async () => {
    const bound = await makeBound(["Anna"]);
    await bound.push();
    await bound.unbind();
    await bound.aim();
    await bound.bind();
    await bound.push(minute(1));
    expect([bound.titles(), bound.account.calls]).toEqual([["Anna"], ["put", "put"]]);
  });

  test("goes although the host changed it, and what they wrote is kept", async () => {
    const bound = await makeBound(["Anna", "Ben"]);
    await bound.push();
    const copy = bound.account.events(bound.remoteId).find(({ draft }) => draft?.title === "Anna");
    bound.account.save(bound.remoteId, {
      uid: copy?.uid ?? "",
      description: "Bring the deed.",
      occurrences: copy?.occurrences ?? [],
    });
    await bound.unbind();
    await bound.push(minute(1));
    expect([bound.titles(), await bound.targets()]).toEqual([[], []]);
    const kept = await database()
      .select({ detail: syncLogs.detail })
      .from(syncLogs)
      .where(and(eq(syncLogs.calendarId, bound.calendar.id), eq(syncLogs.operation, "reconcile")));
    expect(kept).toMatchObject([
      { detail: { outcome: "removed", lost: { says: { title: "Anna", description: "Bring the deed." } } } },
    ]);
  });

  test.each(["2025-06-01", "2029-01-01"])(
    "goes although its answer was lost, and no reading has %s",
    async (day) => {
      const bound = await makeBound(["Anna"]);
      await bound.reschedule("Anna", new Date(`${day}T09:00:00Z`));
      bound.account.loseNextAnswer("put", away);
      await bound.push();
      expect([bound.titles(), await bound.targets()]).toMatchObject([["Anna"], [{ remoteId: null }]]);
      await bound.unbind();
      await bound.push(minute(10));
      expect([bound.titles(), await bound.targets()]).toEqual([[], []]);
    },
  );

  test("goes although its appointment is gone, its answer was lost, or the host deleted it", async () => {
    const bound = await makeBound(["Anna", "Ben", "Carl"]);
    bound.account.loseNextAnswer("put", away);
    await bound.push();
    expect(bound.titles()).toHaveLength(3);
    const known = (await bound.targets()).find(({ remoteId }) => remoteId !== null);
    bound.account.remove(bound.remoteId, known?.uid ?? "");
    for (const title of ["Anna", "Ben", "Carl"]) await bound.cancel(title);
    await bound.push(minute(5));
    expect([bound.titles(), await bound.targets()]).toEqual([[], []]);
  });

  test("is tried again when the answer was lost, or the server was away", async () => {
    const bound = await makeBound(["Anna", "Ben"]);
    await bound.push();
    await bound.unbind();
    bound.account.loseNextAnswer("delete", away);
    bound.account.failNext("delete", away);
    await bound.push(minute(1));
    expect(bound.titles()).toHaveLength(1);
    expect((await bound.targets()).map(({ pushDueAt }) => pushDueAt)).toEqual([minute(2), minute(2)]);
    expect((await bound.runs()).at(-1)).toMatchObject({ status: "error", bindingId: null, processed: 2 });
    await bound.push(minute(2));
    expect([bound.titles(), await bound.targets()]).toEqual([[], []]);
  });

  test("is let go with its calendar when that is gone", async () => {
    const bound = await makeBound(["Anna", "Ben"]);
    await bound.push();
    bound.account.calendars.delete(bound.remoteId);
    await bound.cancel("Anna");
    await bound.rename("Ben", "B");
    for (const minutes of [1, 60]) await bound.push(minute(minutes));
    expect((await bound.targets()).map(({ appointmentId }) => appointmentId)).toEqual([
      (await bound.target("Ben"))?.appointmentId,
    ]);
  });
});
