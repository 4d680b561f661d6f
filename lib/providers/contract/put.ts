import { describe, expect, it } from "vitest";
import { draft, foreign, pull, type Scene, titlesOf } from "./scene";

export function describePut(scene: Scene): void {
  describe("putEvent", () => {
    it("creates what pullChanges then shows under the same reference", async () => {
      const calendar = await scene.makeCalendar();
      const { cursor } = await pull(scene.provider, calendar, null);
      const ref = await scene.provider.putEvent(calendar, draft);
      const { upserts } = await pull(scene.provider, calendar, cursor);
      expect(upserts).toMatchObject([{ ...ref, uid: draft.uid }]);
      expect(upserts[0]?.occurrences).toEqual([
        { key: "", title: draft.title, time: draft.time, status: "confirmed", transparency: "opaque" },
      ]);
    });

    it("keeps days days", async () => {
      const calendar = await scene.makeCalendar();
      const time = { kind: "allDay", startDay: "2026-10-24", endDay: "2026-10-26" } as const;
      await scene.provider.putEvent(calendar, { ...draft, time });
      const { upserts } = await pull(scene.provider, calendar, null);
      expect(upserts[0]?.occurrences[0]?.time).toEqual(time);
    });

    it.each(["a,b;c\\n:d", "“Grüße” – 日本 👩🏽‍💻", "long ".repeat(60).trim(), "2024", "&amp; <b>]]>"])(
      "keeps the title %s",
      async (title) => {
        const calendar = await scene.makeCalendar();
        await scene.provider.putEvent(calendar, { ...draft, title });
        const kept = scene.harness.kept?.(title) ?? title;
        expect(titlesOf(await pull(scene.provider, calendar, null))).toEqual([kept]);
      },
    );

    it("makes one event when it is repeated", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      expect(await scene.provider.putEvent(calendar, draft)).toEqual(ref);
      expect((await pull(scene.provider, calendar, null)).upserts).toHaveLength(1);
    });

    it("does not create over what somebody changed", async () => {
      const calendar = await scene.makeCalendar();
      await scene.provider.putEvent(calendar, draft);
      await scene.harness.save(calendar, foreign(draft.uid, "moved by the host"));
      await expect(scene.provider.putEvent(calendar, draft)).rejects.toMatchObject({ code: "conflict" });
      expect(titlesOf(await pull(scene.provider, calendar, null))).toEqual(["moved by the host"]);
    });

    it("replaces its own event, also when it is repeated", async () => {
      const calendar = await scene.makeCalendar();
      const first = await scene.provider.putEvent(calendar, draft);
      const newer = { ...draft, title: "Intro call, moved", sequence: 1 };
      const second = await scene.provider.putEvent(calendar, newer, first);
      expect(second.id).toBe(first.id);
      expect(await scene.provider.putEvent(calendar, newer, first)).toEqual(second);
      expect(titlesOf(await pull(scene.provider, calendar, null))).toEqual(["Intro call, moved"]);
    });

    it("says where it left a new one, also after that was deleted once", async () => {
      const calendar = await scene.makeCalendar();
      const first = await scene.provider.putEvent(calendar, draft);
      expect(await scene.provider.findNewId(calendar, draft.uid)).toBe(first.id);
      await scene.harness.remove(calendar, draft.uid);
      const second = await scene.provider.putEvent(calendar, draft);
      expect(await scene.provider.findNewId(calendar, draft.uid)).toBe(second.id);
    });

    it("does not replace what somebody changed", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      await scene.harness.save(calendar, foreign(draft.uid, "moved by the host"));
      const put = scene.provider.putEvent(calendar, { ...draft, title: "ours" }, ref);
      await expect(put).rejects.toMatchObject({ code: "conflict" });
      expect(titlesOf(await pull(scene.provider, calendar, null))).toEqual(["moved by the host"]);
    });

    it("does not bring back what somebody deleted", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      await scene.harness.remove(calendar, draft.uid);
      const put = scene.provider.putEvent(calendar, { ...draft, title: "ours" }, ref);
      await expect(put).rejects.toMatchObject({ code: "conflict" });
      expect((await pull(scene.provider, calendar, null)).upserts).toEqual([]);
    });

    it("says when the calendar is gone", async () => {
      const calendar = await scene.makeCalendar();
      await scene.harness.deleteCalendar(calendar);
      await expect(scene.provider.putEvent(calendar, draft)).rejects.toMatchObject({ code: "not_found" });
    });
  });
}
