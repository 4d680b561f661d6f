import { describe, expect, it } from "vitest";
import { hasMeaningOf } from "../meaning";
import type { EventDraft, OccurrenceTime } from "../provider";
import { makeReader } from "./reader";
import { draft, type Scene, window } from "./scene";

/** Dates without a zone, with an exclusive end. */
export function describeDays(scene: Scene): void {
  describe("days", () => {
    const days = (startDay: string, endDay: string): OccurrenceTime => ({ kind: "allDay", startDay, endDay });
    const put = (
      calendar: string,
      changes: Partial<EventDraft>,
      previous?: { id: string; etag: string | null },
    ) => scene.provider.putEvent(calendar, { ...draft, ...changes }, previous);

    it.each([
      ["one", "2026-06-01", "2026-06-02"],
      ["a week in which the clocks change", "2026-03-27", "2026-04-03"],
      ["the last of the year", "2026-12-31", "2027-01-01"],
    ])("are days again: %s", async (_what, startDay, endDay) => {
      const calendar = await scene.makeCalendar();
      const time = days(startDay, endDay);
      const ref = await put(calendar, { time });
      expect(await makeReader(scene, calendar)()).toEqual([{ title: draft.title, time }]);
      const copy = (await scene.provider.getEvent(calendar, ref.id, window.timeZone)) ?? expect.fail();
      expect(copy).toMatchObject({ ...ref, time, isRecurring: false });
      expect(hasMeaningOf(copy, { ...draft, time })).toBe(true);
    });

    it("are the same days wherever the host lives", async () => {
      const calendar = await scene.makeCalendar();
      const time = days("2026-06-01", "2026-06-02");
      const ref = await put(calendar, { time, timeZone: "Pacific/Auckland" });
      for (const zone of ["Pacific/Auckland", "America/Los_Angeles"])
        expect((await scene.provider.getEvent(calendar, ref.id, zone))?.time).toEqual(time);
    });

    it("become a time, and days again", async () => {
      const calendar = await scene.makeCalendar();
      const read = makeReader(scene, calendar);
      const time = days("2026-06-05", "2026-06-07");
      const first = await put(calendar, { time });
      expect(await read()).toMatchObject([{ time }]);
      const second = await put(calendar, { sequence: 1 }, first);
      expect(await read()).toMatchObject([{ time: draft.time }]);
      await put(calendar, { time, sequence: 2 }, second);
      expect(await read()).toMatchObject([{ time }]);
    });
  });
}
