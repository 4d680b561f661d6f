import { describe, expect, it } from "vitest";
import type { EventDraft } from "../provider";
import { makeReader } from "./reader";
import { draft, foreign, type Scene } from "./scene";
import { expectCopy, mondays, moved, off, onMondays, rowsAt, timed, weekly } from "./series-drafts";

/** What repeats by one rule with exceptions, counted on the wall clock of its zone. */
export function describeSeries(scene: Scene): void {
  describe("a series", () => {
    const put = async (event: EventDraft) => {
      const calendar = await scene.makeCalendar();
      const ref = await scene.provider.putEvent(calendar, event);
      return { calendar, ref, read: makeReader(scene, calendar) };
    };

    it("stays at its hour when the clocks change", async () => {
      const { calendar, ref, read } = await put(weekly());
      expect(await read()).toEqual(rowsAt(onMondays));
      await expectCopy(scene, calendar, ref, weekly());
    });

    it("keeps one occurrence off, and one that says something else", async () => {
      const exceptions = [off("2026-03-23T09:00:00Z"), moved("2026-04-06T08:00:00Z", "2026-04-07T12:00:00Z")];
      const { calendar, ref, read } = await put(weekly(exceptions));
      const [first, , third, , fifth, sixth] = rowsAt(onMondays);
      const other = { title: "Jour fixe, with Grace", time: timed("2026-04-07T12:00:00Z", 90) };
      expect(await read()).toEqual([first, third, other, fifth, sixth]);
      await expectCopy(scene, calendar, ref, weekly(exceptions));
    });

    it("may have its first occurrence off, or moved", async () => {
      for (const exception of [
        off("2026-03-16T09:00:00Z"),
        moved("2026-03-16T09:00:00Z", "2026-03-15T12:00:00Z"),
      ]) {
        const { calendar, ref, read } = await put(weekly([exception]));
        expect((await read()).slice(-5)).toEqual(rowsAt(onMondays.slice(1)));
        await expectCopy(scene, calendar, ref, weekly([exception]));
      }
    });

    it("may have an occurrence that changed places with another", async () => {
      const exceptions = [
        moved("2026-03-30T08:00:00Z", "2026-04-06T08:00:00Z", "Third, as the fourth"),
        moved("2026-04-06T08:00:00Z", "2026-03-30T08:00:00Z", "Fourth, as the third"),
      ];
      const { calendar, ref, read } = await put(weekly(exceptions));
      const titles = (await read()).map(({ title }) => title);
      const usual = "Jour fixe";
      expect(titles).toEqual([usual, usual, "Fourth, as the third", "Third, as the fourth", usual, usual]);
      await expectCopy(scene, calendar, ref, weekly(exceptions));
    });

    it("of days keeps days, off and moved ones too", async () => {
      const days = (startDay: string, endDay: string) => ({ kind: "allDay", startDay, endDay }) as const;
      const exceptions = [
        { key: "2026-10-26", says: null },
        {
          key: "2026-11-02",
          says: {
            title: "Offsite",
            description: null,
            location: null,
            time: days("2026-11-03", "2026-11-05"),
          },
        },
      ];
      const event: EventDraft = {
        ...draft,
        time: days("2026-10-19", "2026-10-20"),
        recurrence: { rule: "FREQ=WEEKLY;COUNT=4", exceptions },
      };
      const { calendar, ref, read } = await put(event);
      expect(await read()).toEqual([
        { title: draft.title, time: days("2026-10-19", "2026-10-20") },
        { title: "Offsite", time: days("2026-11-03", "2026-11-05") },
        { title: draft.title, time: days("2026-11-09", "2026-11-10") },
      ]);
      await expectCopy(scene, calendar, ref, event);
    });

    it.each([
      ["ends at an instant", "FREQ=WEEKLY;UNTIL=20260413T080000Z", onMondays.slice(0, 5)],
      [
        "names its weekdays",
        "FREQ=WEEKLY;COUNT=3;BYDAY=MO,WE",
        [onMondays[0], "2026-03-18T09:00:00Z", onMondays[1]],
      ],
      ["leaves weeks out", "FREQ=WEEKLY;INTERVAL=2;COUNT=2", [onMondays[0], onMondays[2]]],
      [
        "counts from the end of the month",
        "FREQ=MONTHLY;BYDAY=3MO;COUNT=3",
        [onMondays[0], onMondays[5], "2026-05-18T08:00:00Z"],
      ],
      [
        "picks from a set",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=11;COUNT=2",
        [onMondays[0], "2026-04-15T08:00:00Z"],
      ],
      ["comes once a year", "FREQ=YEARLY", [onMondays[0]]],
    ])("that %s is read by the same rule", async (_what, rule, starts) => {
      const { calendar, ref, read } = await put(weekly([], rule));
      expect(await read()).toEqual(rowsAt(starts as string[]));
      await expectCopy(scene, calendar, ref, weekly([], rule));
    });

    it("without an end has all its occurrences in the window, and no others", async () => {
      const { calendar, ref, read } = await put(weekly([], "FREQ=WEEKLY"));
      const rows = await read();
      expect(rows).toHaveLength(42);
      expect(rows.at(-1)?.time).toEqual(timed("2026-12-28T09:00:00Z"));
      await expectCopy(scene, calendar, ref, weekly([], "FREQ=WEEKLY"));
    });

    it.each([
      ["America/New_York", "2026-03-02T23:00:00Z", ["2026-03-02T23:00:00Z", "2026-03-09T22:00:00Z"]],
      ["Australia/Sydney", "2026-03-30T21:30:00Z", ["2026-03-30T21:30:00Z", "2026-04-06T22:30:00Z"]],
      ["Asia/Kathmandu", "2026-03-24T04:15:00Z", ["2026-03-24T04:15:00Z", "2026-03-31T04:15:00Z"]],
      ["UTC", "2026-03-24T04:15:00Z", ["2026-03-24T04:15:00Z", "2026-03-31T04:15:00Z"]],
    ])("is counted on the clock of %s", async (timeZone, first, starts) => {
      const event = { ...weekly([], "FREQ=WEEKLY;COUNT=2"), timeZone, time: timed(first) };
      const { calendar, ref, read } = await put(event);
      expect(await read()).toEqual(rowsAt(starts));
      await expectCopy(scene, calendar, ref, event);
    });

    it("is one when it is put again", async () => {
      const event = weekly([
        off("2026-03-23T09:00:00Z"),
        moved("2026-04-06T08:00:00Z", "2026-04-07T12:00:00Z"),
      ]);
      const { calendar, ref, read } = await put(event);
      expect(await scene.provider.putEvent(calendar, event)).toEqual(ref);
      expect(await read()).toHaveLength(5);
    });

    it("is not put over what somebody changed", async () => {
      const { calendar, ref } = await put(weekly());
      await scene.harness.save(calendar, foreign(draft.uid, "moved by the host"));
      const again = weekly([], `${mondays};INTERVAL=2`);
      await expect(scene.provider.putEvent(calendar, again, ref)).rejects.toMatchObject({ code: "conflict" });
      await expect(scene.provider.putEvent(calendar, weekly())).rejects.toMatchObject({ code: "conflict" });
      await expect(scene.provider.deleteEvent(calendar, ref)).rejects.toMatchObject({ code: "conflict" });
    });

    it("goes with all its occurrences", async () => {
      const { calendar, ref, read } = await put(
        weekly([moved("2026-04-06T08:00:00Z", "2026-04-07T12:00:00Z")]),
      );
      expect(await read()).toHaveLength(6);
      await scene.provider.deleteEvent(calendar, ref);
      expect(await read()).toEqual([]);
      expect(await scene.provider.getEvent(calendar, ref.id, "Europe/Berlin")).toBeNull();
      await scene.provider.deleteEvent(calendar, ref);
    });
  });
}
