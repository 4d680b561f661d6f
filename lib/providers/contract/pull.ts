import { describe, expect, it } from "vitest";
import { foreign, nothing, pull, type Scene, titlesOf } from "./scene";

export function describePull(scene: Scene): void {
  describe("pullChanges", () => {
    it("reads an empty calendar", async () => {
      const first = await pull(scene.provider, await scene.makeCalendar(), null);
      expect(first).toMatchObject({ isReset: true, upserts: [], unreadable: [] });
    });

    it("reads everything first, then only what changed", async () => {
      const calendar = await scene.makeCalendar();
      for (const uid of ["kept", "edited", "deleted"]) await scene.harness.save(calendar, foreign(uid));
      const first = await pull(scene.provider, calendar, null);
      expect(first.isReset).toBe(true);
      expect(titlesOf(first)).toEqual(["deleted", "edited", "kept"]);
      expect(first.upserts[0]?.occurrences).toEqual([
        {
          key: "",
          title: first.upserts[0]?.uid,
          time: { kind: "timed", startsAt: foreign("").startsAt, endsAt: foreign("").endsAt },
          status: "confirmed",
          transparency: "opaque",
        },
      ]);

      const idOf = (uid: string) => first.upserts.find((event) => event.uid === uid)?.id;
      expect(await pull(scene.provider, calendar, first.cursor)).toMatchObject(nothing);
      await scene.harness.save(calendar, foreign("new"));
      await scene.harness.save(calendar, foreign("edited", "edited again"));
      await scene.harness.remove(calendar, "deleted");
      const second = await pull(scene.provider, calendar, first.cursor);
      expect(titlesOf(second)).toEqual(["edited again", "new"]);
      expect(second.upserts.find(({ uid }) => uid === "edited")?.id).toBe(idOf("edited"));
      expect(second.deletions).toEqual([idOf("deleted")]);
      expect(await pull(scene.provider, calendar, second.cursor)).toMatchObject(nothing);
    });

    it("starts again when the cursor is lost", async () => {
      const calendar = await scene.makeCalendar();
      await scene.harness.save(calendar, foreign("one"));
      await scene.harness.save(calendar, foreign("two"));
      const first = await pull(scene.provider, calendar, null);
      await scene.harness.remove(calendar, "two");
      await scene.harness.save(calendar, foreign("three"));
      const again = await pull(scene.provider, calendar, scene.harness.expire(first.cursor));
      expect(again.isReset).toBe(true);
      expect(titlesOf(again)).toEqual(["one", "three"]);
      expect(await pull(scene.provider, calendar, again.cursor)).toMatchObject(nothing);
    });

    it("starts again with a cursor that is none", async () => {
      const calendar = await scene.makeCalendar();
      await scene.harness.save(calendar, foreign("one"));
      expect(await pull(scene.provider, calendar, '{"version":99}')).toMatchObject({ isReset: true });
    });

    it("reports what it cannot understand, and still reads the rest", async () => {
      const calendar = await scene.makeCalendar();
      await scene.harness.save(calendar, foreign("fine"));
      await scene.harness.save(calendar, foreign("odd"));
      const first = await pull(scene.provider, calendar, null);
      await scene.harness.garble(calendar, "odd");
      const second = await pull(scene.provider, calendar, first.cursor);
      const odd = first.upserts.find(({ uid }) => uid === "odd")?.id;
      expect(second.unreadable).toEqual([{ id: odd, reason: expect.any(String) }]);
      expect(second.deletions).not.toContain(odd);
      const again = await pull(scene.provider, calendar, null);
      expect(titlesOf(again)).toEqual(["fine"]);
      expect(again.unreadable.map(({ id }) => id)).toEqual([odd]);
    });

    it("says when the calendar is gone", async () => {
      const calendar = await scene.makeCalendar();
      const { cursor } = await pull(scene.provider, calendar, null);
      await scene.harness.deleteCalendar(calendar);
      await expect(pull(scene.provider, calendar, cursor)).rejects.toMatchObject({ code: "not_found" });
      await expect(pull(scene.provider, calendar, null)).rejects.toMatchObject({ code: "not_found" });
    });
  });
}
