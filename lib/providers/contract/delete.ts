import { describe, expect, it } from "vitest";
import { draft, foreign, pull, type Scene, titlesOf } from "./scene";

export function describeDelete(scene: Scene): void {
  describe("deleteEvent", () => {
    it("deletes, and is content when there is nothing left to delete", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      const { cursor } = await pull(scene.provider, calendar, null);
      await scene.provider.deleteEvent(calendar, ref);
      await scene.provider.deleteEvent(calendar, ref);
      expect(await pull(scene.provider, calendar, cursor)).toMatchObject({
        upserts: [],
        deletions: [ref.id],
      });
    });

    it("does not delete what somebody changed", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      await scene.harness.save(calendar, foreign(draft.uid, "moved by the host"));
      await expect(scene.provider.deleteEvent(calendar, ref)).rejects.toMatchObject({ code: "conflict" });
      expect(titlesOf(await pull(scene.provider, calendar, null))).toEqual(["moved by the host"]);
    });
  });
}
