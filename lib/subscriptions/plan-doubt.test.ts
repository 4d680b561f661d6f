import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planDoubt } from "./plan-doubt";

const count = fc.nat({ max: 300 });

/** Whether a feed that had `before` events is doubted when it comes back with `now`. */
const isDoubted = (before: number, now: number, shrunkTo: number | null = null) =>
  planDoubt({ eventCount: before, shrunkTo }, { eventCount: now }) !== null;

describe("planDoubt", () => {
  test.each([
    [120, 59, true],
    [120, 60, false],
    [5, 2, true],
    [5, 3, false],
    [4, 1, false],
    [4, 0, true],
    [1, 0, true],
    [0, 0, false],
    [120, 400, false],
  ])("of %i events %i are left: doubted, %s", (before, now, isExpected) => {
    expect(isDoubted(before, now)).toBe(isExpected);
  });

  test("has nothing to doubt where nothing was read before, or nothing is new", () => {
    expect(planDoubt(null, { eventCount: 0 })).toBeNull();
    expect(planDoubt({ eventCount: 120, shrunkTo: 3 }, null)).toBeNull();
  });

  test("says what happened, for a person", () => {
    const sentence = (before: number, now: number) =>
      planDoubt({ eventCount: before, shrunkTo: null }, { eventCount: now })?.sentence;
    expect(sentence(120, 3)).toBe(
      "This feed came back with 3 of its 120 events. They stay until the next refresh says the same.",
    );
    expect(sentence(120, 0)).toContain("without any of its 120 events. They stay");
    expect(sentence(1, 0)).toContain("without its one event. It will stay");
  });

  test("keeps what is at least half, whatever was doubted before", () => {
    fc.assert(
      fc.property(count, count, fc.option(count), (before, more, shrunkTo) => {
        const half = Math.ceil(before / 2);
        expect(isDoubted(before, half + more, shrunkTo)).toBe(false);
      }),
    );
  });

  test("believes the same answer the second time, and one that has more of it back", () => {
    fc.assert(
      fc.property(count, count, count, (before, now, back) => {
        const doubt = planDoubt({ eventCount: before, shrunkTo: null }, { eventCount: now });
        fc.pre(doubt !== null);
        expect(isDoubted(before, now + back, doubt?.shrunkTo)).toBe(false);
      }),
    );
  });

  test("is told again of an answer that has even less, and so comes to an end", () => {
    fc.assert(
      fc.property(count, fc.array(count, { maxLength: 400 }), (before, answers) => {
        let shrunkTo: number | null = null;
        for (const now of answers) {
          const doubt = planDoubt({ eventCount: before, shrunkTo }, { eventCount: now });
          if (!doubt) return;
          if (shrunkTo !== null) expect(now).toBeLessThan(shrunkTo);
          expect(doubt.shrunkTo).toBe(now);
          shrunkTo = now;
        }
      }),
    );
  });
});
