import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashOf, type Meaning } from "@/lib/mirror/meaning";
import type { StoredRecurrence } from "@/lib/providers/recurrence";
import { planReconcile, type Situation } from "./reconcile-plan";

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
  const recurrence = fc.constantFrom<StoredRecurrence[]>(
    { rule: "FREQ=WEEKLY", exceptions: [] },
    { rule: "FREQ=WEEKLY", exceptions: [{ key: "2026-01-12T10:00:00.000Z", says: null }] },
  );
  const meaning = fc
    .record({
      title: text,
      description: fc.option(text),
      location: fc.option(text),
      time,
      recurrence: fc.option(recurrence),
      timeZone: fc.constantFrom("Europe/Berlin", "UTC"),
    })
    .map((one): Meaning => one);
  const hasLength = ({ time }: Meaning) => time.kind === "allDay" || time.startsAt < time.endsAt;
  const bookable = ({ time, recurrence }: Meaning) => time.kind === "timed" && !recurrence;
  const situation: fc.Arbitrary<Situation> = fc
    .boolean()
    .chain((isBooking) => {
      const ours = meaning.filter((one) => hasLength(one) && (!isBooking || bookable(one)));
      return fc.record({
        ours,
        pushedOnce: fc.option(ours),
        tried: fc.array(ours, { maxLength: 2 }),
        oursChangedAt: instant,
        isBooking: fc.constant(isBooking),
        mayEdit: isBooking ? fc.constant(true) : fc.boolean(),
        pushedAt: instant,
        copy: fc.option(
          meaning.chain((one) =>
            fc.record({ isOdd: fc.boolean(), updatedAt: fc.option(instant) }).map(({ isOdd, updatedAt }) => ({
              ...one,
              isRecurring: isOdd || Boolean(one.recurrence),
              recurrence: isOdd ? null : (one.recurrence ?? null),
              updatedAt,
            })),
          ),
        ),
        isAstray: fc.boolean(),
        wasThere: fc.boolean(),
        vanishedInBulk: fc.boolean(),
        seenAt: instant,
        now: instant,
      });
    })
    .map(({ pushedOnce, tried, pushedAt, ours, isAstray, ...rest }) => {
      const certain = pushedOnce && hashOf(pushedOnce);
      const possible = [...(certain ? [certain] : []), ...tried.map(hashOf)];
      const pushed = { certain, possible, at: certain ? pushedAt : null };
      const oursEndsAt = ours.time.kind === "timed" && !ours.recurrence ? ours.time.endsAt : null;
      return { ...rest, ours, oursEndsAt, pushed, isAstray: isAstray && rest.copy !== null };
    });

  test("what is applied can be: it has a length, and we have words for it; a booking once, not moved into the past", () => {
    fc.assert(
      fc.property(situation, (one) => {
        if (planReconcile(one).kind !== "apply") return;
        const { copy, ours, now } = one;
        if (!copy) throw new Error("applied nothing");
        expect([hasLength(copy), copy.isRecurring === Boolean(copy.recurrence)]).toEqual([true, true]);
        if (!one.isBooking) return;
        if (copy.time.kind !== "timed" || ours.time.kind !== "timed") throw new Error("a booking is a time");
        expect(copy.isRecurring).toBe(false);
        const isMoved = copy.time.startsAt.getTime() !== ours.time.startsAt.getTime();
        if (isMoved) expect(copy.time.startsAt > now).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("nobody changes or deletes what they may not, and nothing that lies elsewhere is followed", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const { kind } = planReconcile(one);
        if (one.isAstray) expect(["refuse", "leave"]).toContain(kind);
        if (!one.mayEdit) expect(["apply", "cancel"]).not.toContain(kind);
      }),
      { numRuns: 2000 },
    );
  });

  test("nothing is called off but what was there, is gone alone, lies ahead, and we did not change", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const isOff = planReconcile(one).kind === "cancel";
        const { copy, wasThere, ours, pushed, mayEdit, vanishedInBulk, oursEndsAt, now } = one;
        const isAhead = oursEndsAt === null || oursEndsAt > now;
        const isAsPushed = hashOf(ours) === pushed.certain;
        expect(isOff).toBe(!copy && wasThere && isAsPushed && isAhead && mayEdit && !vanishedInBulk);
      }),
      { numRuns: 2000 },
    );
  });

  test("both sides come to rest: what was applied, or written, is adopted when it is read again", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const decision = planReconcile(one);
        if (decision.kind === "leave" || decision.kind === "cancel") return;
        const stands = decision.kind === "apply" && one.copy ? one.copy : one.ours;
        const hash = hashOf(stands);
        const again = planReconcile({
          ...one,
          ours: stands,
          copy: { ...stands, isRecurring: Boolean(stands.recurrence), updatedAt: null },
          pushed: { certain: hash, possible: [hash], at: one.now },
          isAstray: false,
          vanishedInBulk: false,
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
