import { describe, expect, it } from "vitest";
import type { EventDraft } from "../provider";
import { makeReader } from "./reader";
import { draft, type Scene } from "./scene";
import { expectCopy, moved, off, onMondays, rowsAt, timed, weekly } from "./series-drafts";

const exceptions = [off("2026-03-23T09:00:00Z"), moved("2026-04-06T08:00:00Z", "2026-04-07T12:00:00Z")];
const [first, second, third, fourth, fifth, sixth] = rowsAt(onMondays);
const other = { title: "Jour fixe, with Grace", time: timed("2026-04-07T12:00:00Z", 90) };

/** What becomes of a series, written over what was put before. */
export function describeSeriesChanges(scene: Scene): void {
  describe("a series that changes", () => {
    /** One after the other over the same event; each is looked at by pulls from the one before, and asked for. */
    const play = async (drafts: EventDraft[]) => {
      const calendar = await scene.makeCalendar();
      const read = makeReader(scene, calendar);
      let ref = undefined as Awaited<ReturnType<typeof scene.provider.putEvent>> | undefined;
      const seen = [];
      for (const [sequence, event] of drafts.entries()) {
        const previous = ref;
        ref = await scene.provider.putEvent(calendar, { ...event, sequence }, previous);
        expect(await scene.provider.putEvent(calendar, { ...event, sequence }, previous)).toEqual(ref);
        await expectCopy(scene, calendar, ref, event);
        seen.push(await read());
      }
      return seen;
    };

    it("has another rule", async () => {
      const [, now] = await play([weekly(), weekly([], "FREQ=WEEKLY;INTERVAL=2;COUNT=3")]);
      expect(now).toEqual([first, third, fifth]);
    });

    it("becomes longer and shorter", async () => {
      const of = (count: number) => weekly([], `FREQ=WEEKLY;COUNT=${count}`);
      const seen = await play([of(3), of(6), of(2)]);
      expect(seen.map((rows) => rows.length)).toEqual([3, 6, 2]);
    });

    it("has exceptions, others, and none any more", async () => {
      const others = [off("2026-04-13T08:00:00Z")];
      const seen = await play([weekly(), weekly(exceptions), weekly(others), weekly()]);
      expect(seen).toEqual([
        rowsAt(onMondays),
        [first, third, other, fifth, sixth],
        [first, second, third, fourth, sixth],
        rowsAt(onMondays),
      ]);
    });

    it("has an occurrence off that was moved before, and the other way round", async () => {
      const [moved4, off4] = [exceptions.slice(1), [off("2026-04-06T08:00:00Z")]];
      const seen = await play([weekly(moved4), weekly(off4), weekly(moved4)]);
      const [isMoved, isOff] = [
        [first, second, third, other, fifth, sixth],
        [first, second, third, fifth, sixth],
      ];
      expect(seen).toEqual([isMoved, isOff, isMoved]);
    });

    it("has another name, and occurrences that keep their own", async () => {
      const renamed = { ...weekly(exceptions), title: "Stand-up", description: "New agenda" };
      const [, now] = await play([weekly(exceptions), renamed]);
      expect(now?.map(({ title }) => title)).toEqual([
        "Stand-up",
        "Stand-up",
        other.title,
        "Stand-up",
        "Stand-up",
      ]);
    });

    it("has a name that occurrences follow which are no exceptions any more", async () => {
      const renamed = { ...weekly(), title: "Stand-up" };
      const [, , now] = await play([weekly(exceptions), weekly(), renamed]);
      expect(now).toEqual(rowsAt(onMondays, "Stand-up"));
    });

    it("takes its exceptions along to another hour, and back", async () => {
      const later = {
        ...weekly([off("2026-03-23T12:00:00Z"), moved("2026-04-06T11:00:00Z", "2026-04-07T15:00:00Z")]),
        time: timed("2026-03-16T12:00:00Z"),
      };
      const [before, now, again, whole] = await play([
        weekly(exceptions),
        later,
        weekly(exceptions),
        weekly(),
      ]);
      expect(now?.map(({ time }) => time)).toEqual([
        timed("2026-03-16T12:00:00Z"),
        timed("2026-03-30T11:00:00Z"),
        timed("2026-04-07T15:00:00Z", 90),
        timed("2026-04-13T11:00:00Z"),
        timed("2026-04-20T11:00:00Z"),
      ]);
      expect(again).toEqual(before);
      expect(whole).toEqual(rowsAt(onMondays));
    });

    it("is one event, and a series again", async () => {
      const once = { ...weekly(), recurrence: null };
      const seen = await play([once, weekly(exceptions), once, weekly()]);
      expect(seen).toEqual([[first], [first, third, other, fifth, sixth], [first], rowsAt(onMondays)]);
    });

    it("becomes a series of days", async () => {
      const time = { kind: "allDay", startDay: "2026-03-16", endDay: "2026-03-17" } as const;
      const days = { ...draft, time, recurrence: { rule: "FREQ=WEEKLY;COUNT=2", exceptions: [] } };
      const [, now, again] = await play([weekly(exceptions), days, weekly(exceptions)]);
      expect(now).toEqual([
        { title: draft.title, time },
        { title: draft.title, time: { kind: "allDay", startDay: "2026-03-23", endDay: "2026-03-24" } },
      ]);
      expect(again).toHaveLength(5);
    });

    it("follows another clock", async () => {
      const elsewhere = { ...weekly([], "FREQ=WEEKLY;COUNT=3"), timeZone: "America/New_York" };
      const [before, now] = await play([weekly([], "FREQ=WEEKLY;COUNT=3"), elsewhere]);
      expect(before).toEqual([first, second, third]);
      expect(now).toEqual(rowsAt(["2026-03-16T09:00:00Z", "2026-03-23T09:00:00Z", "2026-03-30T09:00:00Z"]));
    });
  });
}
