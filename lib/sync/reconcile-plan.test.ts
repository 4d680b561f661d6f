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

/** A booking that was pushed at six, and looked at at seven; nobody changed anything. */
const base: Situation = {
  ours: meeting,
  oursChangedAt: at("05:00"),
  oursEndsAt: at("10:30"),
  isBooking: true,
  mayEdit: true,
  pushed: { certain: hashOf(meeting), possible: [hashOf(meeting)], at: at("06:00") },
  copy: copyOf(meeting),
  isAstray: false,
  wasThere: true,
  vanishedInBulk: false,
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
    expect(plan({ copy: null })).toEqual({ kind: "cancel", loser: "ours" });
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

describe("a copy of an appointment that changed", () => {
  const appointment = (values: Partial<Situation>) => plan({ isBooking: false, ...values });
  const followed = { kind: "apply", loser: null };
  const day = { ...meeting, time: { kind: "allDay", startDay: "2026-01-06", endDay: "2026-01-07" } as const };
  const weekly = {
    ...meeting,
    timeZone: "Europe/Berlin",
    recurrence: { rule: "FREQ=WEEKLY", exceptions: [] },
  };
  const series = { ...copyOf(weekly), isRecurring: true };
  const pushedAs = (meaning: Meaning) => ({
    ours: meaning,
    pushed: { certain: hashOf(meaning), possible: [hashOf(meaning)], at: at("06:00") },
  });

  test.each([
    ["days", copyOf(day)],
    ["a series", series],
    ["the past", copyOf({ ...meeting, time: timed("06:00", "06:30") })],
    ["other words", copyOf(renamed)],
  ])("is followed: to %s", (_what, copy) => {
    expect(appointment({ copy })).toEqual(followed);
  });

  test.each([
    ["back from days", day, copyOf(meeting)],
    ["to fewer days", day, copyOf({ ...day, time: { ...day.time, endDay: "2026-01-08" } })],
    ["to taking place once", weekly, copyOf(meeting)],
    [
      "in one occurrence",
      weekly,
      {
        ...series,
        recurrence: {
          rule: "FREQ=WEEKLY",
          exceptions: [{ key: "2026-01-12T10:00:00.000Z", says: null }],
        },
      },
    ],
    ["in its zone", weekly, { ...series, timeZone: "Europe/London" }],
  ])("is followed: %s", (_what, ours, copy) => {
    expect(appointment({ ...pushedAs(ours), oursEndsAt: null, copy })).toEqual(followed);
  });

  test("that repeats as we say means nothing, in whatever spelling", () => {
    const recurrence = { rule: "interval=1;freq=weekly", exceptions: [] };
    expect(appointment({ ...pushedAs(weekly), oursEndsAt: null, copy: { ...series, recurrence } })).toEqual({
      kind: "adopt",
    });
  });

  test.each([
    ["repeats", { ...copyOf(meeting), isRecurring: true, recurrence: null }],
    ["no_length", copyOf({ ...meeting, time: timed("14:00", "14:00") })],
    ["no_length", copyOf({ ...day, time: { ...day.time, endDay: "2026-01-06" } })],
  ])("to what nobody can say is put back: %s", (because, copy) => {
    expect(appointment({ copy })).toEqual({ kind: "refuse", because, loser: "theirs" });
  });

  test("by one who may not is put back, also where it was deleted", () => {
    const refused = { kind: "refuse", because: "not_allowed", loser: "theirs" };
    for (const copy of [copyOf(renamed), copyOf(moved), null])
      expect(appointment({ mayEdit: false, copy })).toEqual(refused);
    expect(appointment({ mayEdit: false })).toEqual({ kind: "adopt" });
    const mine = { ours: moved, oursChangedAt: at("06:30"), mayEdit: false };
    expect(appointment(mine)).toEqual({ kind: "deliver" });
  });

  test("and vanished with most others is put back; changed, it is followed", () => {
    const refused = { kind: "refuse", because: "bulk", loser: "theirs" };
    for (const isBooking of [true, false]) {
      expect(plan({ isBooking, vanishedInBulk: true, copy: null })).toEqual(refused);
      expect(plan({ isBooking, vanishedInBulk: true, copy: copyOf(renamed) })).toEqual(followed);
    }
  });

  test("and lies elsewhere is put back, whatever it says there", () => {
    for (const copy of [copyOf(meeting), copyOf(moved)])
      expect(appointment({ isAstray: true, copy })).toEqual({
        kind: "refuse",
        because: "astray",
        loser: "theirs",
      });
  });

  test("after it was over means something only where it is not over there", () => {
    const now = at("12:00");
    expect(appointment({ copy: copyOf(moved), now })).toEqual(followed);
    for (const copy of [copyOf(renamed), null]) expect(appointment({ copy, now })).toEqual({ kind: "leave" });
    expect(plan({ copy: copyOf(moved), now })).toEqual({ kind: "leave" });
    expect(appointment({ isAstray: true, copy: copyOf(moved), now })).toEqual({ kind: "leave" });
  });

  test("after it was over is put there where nobody else can have taken it away", () => {
    const [now, copy] = [at("11:00"), null];
    expect(plan({ copy, now })).toEqual({ kind: "leave" });
    expect(plan({ copy, now, pushed: { ...base.pushed, certain: null } })).toEqual({ kind: "deliver" });
    expect(plan({ copy, now, wasThere: false })).toEqual({ kind: "deliver" });
  });

  test("of a series that never ends is never over", () => {
    const later = new Date("2036-01-05T12:00:00Z");
    expect(appointment({ ...pushedAs(weekly), oursEndsAt: null, copy: null, now: later })).toEqual({
      kind: "cancel",
      loser: "ours",
    });
  });
});
