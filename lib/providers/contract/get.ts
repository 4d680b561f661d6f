import { describe, expect, it } from "vitest";
import { draft, foreign, pull, type Scene, window } from "./scene";

export function describeGet(scene: Scene): void {
  describe("getEvent", () => {
    const get = (calendar: string, id: string) => scene.provider.getEvent(calendar, id, window.timeZone);

    it("reads what was put", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      const { uid, title, description, location, time } = draft;
      const copy = await get(calendar, ref.id);
      expect(copy).toMatchObject({ ...ref, uid, title, description, location, time, isRecurring: false });
      expect(copy?.updatedAt === null || copy?.updatedAt instanceof Date).toBe(true);
    });

    it("reads days, and nothing where nothing was said", async () => {
      const calendar = await scene.makeCalendar();
      const time = { kind: "allDay", startDay: "2026-10-24", endDay: "2026-10-26" } as const;
      const ref = await scene.provider.putEvent(calendar, {
        ...draft,
        time,
        description: null,
        location: null,
      });
      expect(await get(calendar, ref.id)).toMatchObject({ time, description: null, location: null });
    });

    it("reads what somebody made of it, under the ETag it is listed with", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      const moved = foreign(draft.uid, "moved by the host");
      await scene.harness.save(calendar, moved);
      const copy = await get(calendar, ref.id);
      expect(copy).toMatchObject({ id: ref.id, uid: draft.uid, title: moved.title });
      expect(copy?.time).toEqual({ kind: "timed", startsAt: moved.startsAt, endsAt: moved.endsAt });
      expect(copy?.etag).not.toBe(ref.etag);
      const { upserts } = await pull(scene.provider, calendar, null);
      expect(upserts.map(({ etag }) => etag)).toEqual([copy?.etag]);
    });

    it("reads nothing of what is gone", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      await scene.harness.remove(calendar, draft.uid);
      expect(await get(calendar, ref.id)).toBeNull();
    });

    it("says what it cannot understand", async () => {
      const calendar = await scene.makeCalendar();
      await scene.harness.save(calendar, foreign("odd"));
      const { upserts } = await pull(scene.provider, calendar, null);
      await scene.harness.garble(calendar, "odd");
      await expect(get(calendar, upserts[0]?.id ?? "")).rejects.toMatchObject({ code: "invalid" });
    });

    it("says when the calendar is gone", async () => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, draft);
      await scene.harness.deleteCalendar(calendar);
      await expect(get(calendar, ref.id)).rejects.toMatchObject({ code: "not_found" });
    });
  });
}
