import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOf, type Meaning } from "@/lib/mirror/meaning";
import { planReconcile, type Situation } from "./reconcile-plan";

const at = (clock: string) => new Date(`2026-01-05T${clock}:00Z`);
const timed = (from: string, to: string) => ({ kind: "timed", startsAt: at(from), endsAt: at(to) }) as const;
const meeting = { title: "Meeting", description: "Vera", location: null, time: timed("10:00", "10:30") };
const moved = { ...meeting, time: timed("14:00", "14:30") };
const renamed = { ...meeting, title: "Meeting at last" };
const copyOf = (meaning: Meaning, updatedAt: Date | null = null) => ({
  ...meaning,
  isRecurring: false,
  updatedAt,
});

/** Pushed at six, noticed at seven; nobody changed anything. */
const base: Situation = {
  ours: meeting,
  oursChangedAt: at("05:00"),
  isBooking: true,
  pushed: { certain: hashOf(meeting), possible: [hashOf(meeting)], at: at("06:00") },
  copy: copyOf(meeting),
  wasThere: true,
  seenAt: at("07:00"),
  now: at("07:00"),
};
const plan = (values: Partial<Situation>) => planReconcile({ ...base, ...values });

describe("a copy that changed", () => {
  test("in nothing but its version means nothing, nor do line ends and white space", () => {
    expect(plan({})).toEqual({ kind: "adopt" });
    const odd = { ...meeting, title: " Meeting ", description: "Vera\r\n", location: " " };
    expect(plan({ copy: copyOf(odd) })).toEqual({ kind: "adopt" });
  });

  test("is followed while ours is what was pushed", () => {
    expect(plan({ copy: copyOf(moved) })).toEqual({ kind: "apply", loser: null });
    expect(plan({ copy: copyOf(renamed) })).toEqual({ kind: "apply", loser: null });
    expect(plan({ copy: null })).toEqual({ kind: "cancel" });
  });

  test("is written over where only its version changed and ours says something new", () => {
    expect(plan({ ours: moved, oursChangedAt: at("06:30") })).toEqual({ kind: "deliver" });
  });

  test("of which an answer was lost is known for ours", () => {
    const pushed = { certain: null, possible: [hashOf(meeting)], at: null };
    expect(plan({ ours: moved, oursChangedAt: at("05:30"), pushed, wasThere: false })).toEqual({
      kind: "deliver",
    });
    expect(plan({ copy: null, pushed, wasThere: false })).toEqual({ kind: "deliver" });
  });

  test.each([
    ["theirs is later", "06:40", "06:50", { kind: "apply", loser: "ours" }],
    ["ours is later", "06:50", "06:40", { kind: "keep", loser: "theirs" }],
    ["it does not say when", "06:50", null, { kind: "apply", loser: "ours" }],
    ["its clock is ahead", "06:50", "23:00", { kind: "apply", loser: "ours" }],
    ["its clock is behind, or it kept our stamp", "06:50", "05:00", { kind: "apply", loser: "ours" }],
    ["we changed after we noticed", "07:30", null, { kind: "keep", loser: "theirs" }],
  ] as const)("on both sides: %s", (_what, ours, theirs, decision) => {
    const copy = copyOf(renamed, theirs && at(theirs));
    expect(plan({ ours: moved, oursChangedAt: at(ours), copy, now: at("08:00") })).toEqual(decision);
  });

  test("and went while ours changed is put back", () => {
    expect(plan({ ours: moved, oursChangedAt: at("06:30"), copy: null })).toEqual({
      kind: "keep",
      loser: "theirs",
    });
  });

  test.each([
    ["past", { ...meeting, time: timed("06:00", "06:30") }],
    ["no_length", { ...meeting, time: timed("14:00", "14:00") }],
    [
      "no_length",
      { ...meeting, time: { ...timed("14:00", "14:00"), endsAt: new Date("2026-01-05T14:00:00.900Z") } },
    ],
    [
      "all_day",
      { ...meeting, time: { kind: "allDay", startDay: "2026-01-06", endDay: "2026-01-07" } as const },
    ],
  ] as const)("to something that cannot be is refused: %s", (because, theirs) => {
    expect(plan({ copy: copyOf(theirs) })).toEqual({ kind: "refuse", because, loser: "theirs" });
  });

  test("into a series is refused, also where its first occurrence is ours", () => {
    const copy = { ...copyOf(meeting), isRecurring: true };
    expect(plan({ copy })).toEqual({ kind: "refuse", because: "repeats", loser: "theirs" });
  });

  test("while the meeting runs may become longer, or move ahead of now", () => {
    const now = at("10:10");
    const longer = { ...meeting, time: timed("10:00", "11:00") };
    expect(plan({ copy: copyOf(longer), now })).toEqual({ kind: "apply", loser: null });
    expect(plan({ copy: copyOf({ ...meeting, time: timed("10:05", "11:00") }), now })).toMatchObject({
      because: "past",
    });
  });

  test("after the meeting means nothing", () => {
    for (const copy of [copyOf(moved), copyOf(renamed), null])
      expect(plan({ copy, now: at("10:30") })).toEqual({ kind: "leave" });
  });
});

describe("whatever the situation", () => {
  const text = fc.constantFrom("Meeting", "Call", " Call\r\n", "");
  const instant = fc
    .integer({ min: 0, max: 48 })
    .map((half) => new Date(Date.UTC(2026, 0, 5) + half * 1800_000));
  const time = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(instant, fc.integer({ min: 0, max: 4 })).map(([startsAt, halves]) => ({
        kind: "timed" as const,
        startsAt,
        endsAt: new Date(startsAt.getTime() + halves * 1800_000),
      })),
    },
    fc.constant({ kind: "allDay" as const, startDay: "2026-01-05", endDay: "2026-01-06" }),
  );
  const meaning = fc.record({ title: text, description: fc.option(text), location: fc.option(text), time });
  const ours = meaning.filter((one) => one.time.kind === "timed" && one.time.startsAt < one.time.endsAt);
  const situation: fc.Arbitrary<Situation> = fc
    .record({
      ours,
      pushedOnce: fc.option(ours),
      tried: fc.array(ours, { maxLength: 2 }),
      oursChangedAt: instant,
      isBooking: fc.boolean(),
      pushedAt: instant,
      copy: fc.option(
        meaning.chain((one) =>
          fc
            .record({ isRecurring: fc.boolean(), updatedAt: fc.option(instant) })
            .map((more) => ({ ...one, ...more })),
        ),
      ),
      wasThere: fc.boolean(),
      seenAt: instant,
      now: instant,
    })
    .map(({ pushedOnce, tried, pushedAt, ours, ...rest }) => {
      const certain = pushedOnce && hashOf(pushedOnce);
      const possible = [...(certain ? [certain] : []), ...tried.map(hashOf)];
      const pushed = { certain, possible, at: certain ? pushedAt : null };
      return { ...rest, ours: ours as Situation["ours"], pushed };
    });

  test("what is applied can be: a time with a length, once, not moved into the past", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const decision = planReconcile(one);
        if (decision.kind !== "apply") return;
        const { copy, ours, now } = one;
        if (copy?.time.kind !== "timed") throw new Error("applied a day, or nothing");
        expect(copy.isRecurring).toBe(false);
        expect(copy.time.startsAt < copy.time.endsAt).toBe(true);
        const isMoved = copy.time.startsAt.getTime() !== ours.time.startsAt.getTime();
        if (one.isBooking && isMoved) expect(copy.time.startsAt > now).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("nothing is called off but what was there, is gone, lies ahead, and we did not change", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const isOff = planReconcile(one).kind === "cancel";
        const { copy, wasThere, ours, pushed, now } = one;
        const mayBe = !copy && wasThere && hashOf(ours) === pushed.certain && ours.time.endsAt > now;
        expect(isOff).toBe(mayBe);
      }),
      { numRuns: 2000 },
    );
  });

  test("both sides come to rest: what was applied, or written, is adopted when it is read again", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const decision = planReconcile(one);
        if (decision.kind === "leave" || decision.kind === "cancel") return;
        const stands = decision.kind === "apply" && one.copy?.time.kind === "timed" ? one.copy : one.ours;
        const hash = hashOf(stands);
        const again = planReconcile({
          ...one,
          ours: stands as Situation["ours"],
          copy: { ...stands, isRecurring: false, updatedAt: null },
          pushed: { certain: hash, possible: [hash], at: one.now },
        });
        expect(again).toEqual({ kind: "adopt" });
      }),
      { numRuns: 2000 },
    );
  });

  test("the log keeps a version exactly when one was overruled", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const decision = planReconcile(one);
        const isOursNew = hashOf(one.ours) !== one.pushed.certain;
        if (decision.kind === "apply") expect(decision.loser).toBe(isOursNew ? "ours" : null);
        if (decision.kind === "keep") expect(isOursNew).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
