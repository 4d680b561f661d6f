import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Action, type KnownCopy, planTarget } from "./plan";

type Copy = { id: string; uid: string; says: string; version: number };
/** A calendar with optimistic locking, as every provider is. */
type Calendar = Map<string, Copy>;
type Target = KnownCopy & { uid: string; ours: string | null };

const at = new Date("2026-01-01T00:00:00Z");
const nothing = { remoteId: null, etag: null, pushedHash: null, divergedAt: null, removedAt: null };

/** How far a copy has come, and what became of it since. */
const history = fc.record({
  state: fc.constantFrom("untried", "lost", "never arrived", "written", "changed there", "deleted there"),
  said: fc.constantFrom("a", "b"),
  ours: fc.constantFrom("a", "b"),
  isWanted: fc.boolean(),
  isAppointmentGone: fc.boolean(),
  isNoticed: fc.boolean(),
});
type History = typeof history extends fc.Arbitrary<infer Each> ? Each : never;

function build(histories: History[], foreign: number) {
  const calendar: Calendar = new Map();
  for (let n = 0; n < foreign; n += 1)
    calendar.set(`foreign${n}`, { id: `foreign${n}`, uid: `theirs${n}`, says: "theirs", version: 1 });
  const targets = histories.map((each, n) => targetOf(each, n, calendar));
  return { calendar, targets };
}

function targetOf(each: History, n: number, calendar: Calendar): Target {
  const { state, said, isWanted, isNoticed, isAppointmentGone } = each;
  const [id, uid] = [`copy${n}`, `uid${n}`];
  const isKnown = state === "written" || state === "changed there" || state === "deleted there";
  if (state !== "untried" && state !== "never arrived" && state !== "deleted there")
    calendar.set(id, {
      id,
      uid,
      says: state === "changed there" ? "edited" : said,
      version: state === "changed there" ? 2 : 1,
    });
  const pushedHash = state === "untried" ? null : isKnown ? said : ` ${said}`;
  const isOther = state === "changed there" || state === "deleted there";
  return {
    ...nothing,
    uid,
    ours: !isWanted && isAppointmentGone ? null : each.ours,
    remoteId: isKnown ? id : null,
    etag: isKnown ? "1" : null,
    pushedHash,
    divergedAt: isOther && isNoticed ? at : null,
    removedAt: isWanted ? null : at,
  };
}

/** What the pipeline does with an action; a target that is gone afterwards is null. */
function apply(calendar: Calendar, target: Target, action: Action): Target | null {
  switch (action.kind) {
    case "create":
    case "update": {
      const says = target.ours ?? "";
      const id = action.kind === "update" ? action.previous.id : target.uid.replace("uid", "copy");
      const there = calendar.get(id);
      const isExpected =
        action.kind === "update" ? String(there?.version) === action.previous.etag : there === undefined;
      if (!isExpected && there?.says !== says) return { ...target, divergedAt: at };
      const version = isExpected ? (there?.version ?? 0) + 1 : (there?.version ?? 0);
      calendar.set(id, { id, uid: target.uid, says, version });
      return { ...target, remoteId: id, etag: String(version), pushedHash: says };
    }
    case "delete":
      for (const copy of [...calendar.values()]) if (copy.uid === target.uid) calendar.delete(copy.id);
      return null;
    case "forget":
      return null;
    default:
      return target;
  }
}

function isUnnoticed({ uid }: Target, histories: History[]): boolean {
  const { state, isNoticed, said, ours } = histories[Number(uid.slice(3))] ?? {};
  return (state === "changed there" || state === "deleted there") && !isNoticed && said === ours;
}

const run = (calendar: Calendar, targets: Target[]) =>
  targets.flatMap((target) => apply(calendar, target, planTarget(target, target.ours)) ?? []);
const of = (calendar: Calendar, prefix: string) =>
  [...calendar.values()].filter(({ uid }) => uid.startsWith(prefix));

describe("planTarget", () => {
  const worlds = [fc.array(history, { maxLength: 12 }), fc.nat(5)] as const;

  test("applied to a calendar leaves exactly what is wanted there, and what others put there", () => {
    fc.assert(
      fc.property(...worlds, (histories, foreign) => {
        const { calendar, targets } = build(histories, foreign);
        const theirs = structuredClone(of(calendar, "theirs"));
        const left = run(calendar, targets);
        expect(of(calendar, "theirs")).toEqual(theirs);
        const wanted = targets.filter(({ removedAt, ours }) => !removedAt && ours !== null);
        expect(left.map(({ uid }) => uid)).toEqual(wanted.map(({ uid }) => uid));
        // What is marked, or what no pull has noticed yet, is the business of lib/sync.
        const isSettled = ({ uid }: { uid: string }) =>
          left.some((target) => target.uid === uid && !target.divergedAt && !isUnnoticed(target, histories));
        const ours = of(calendar, "uid").filter(
          (copy) => isSettled(copy) || !left.some(({ uid }) => uid === copy.uid),
        );
        expect(ours.map(({ uid, says }) => `${uid} ${says}`).sort()).toEqual(
          wanted
            .filter(isSettled)
            .map(({ uid, ours: says }) => `${uid} ${says}`)
            .sort(),
        );
      }),
    );
  });

  test("never writes over what somebody changed there", () => {
    fc.assert(
      fc.property(...worlds, (histories, foreign) => {
        const { calendar, targets } = build(histories, foreign);
        run(calendar, targets);
        histories.forEach(({ state, isWanted }, n) => {
          if (state === "changed there" && isWanted) expect(calendar.get(`copy${n}`)?.says).toBe("edited");
        });
      }),
    );
  });

  test("has nothing more to do the second time", () => {
    fc.assert(
      fc.property(...worlds, (histories, foreign) => {
        const { calendar, targets } = build(histories, foreign);
        const again = run(calendar, targets).map((target) => planTarget(target, target.ours).kind);
        expect(again.filter((kind) => kind !== "nothing" && kind !== "leave")).toEqual([]);
      }),
    );
  });

  test.each<[string, Partial<KnownCopy>, string | null, Action["kind"]]>([
    ["wanted, none there", {}, "a", "create"],
    ["wanted, says what ours says", { remoteId: "1", pushedHash: "a" }, "a", "nothing"],
    ["wanted, says something older", { remoteId: "1", pushedHash: "b" }, "a", "update"],
    ["wanted, and what ours says was tried", { remoteId: "1", pushedHash: "b a" }, "a", "update"],
    ["wanted again, and perhaps deleted already", { remoteId: "1", pushedHash: " a" }, "a", "update"],
    ["wanted, somebody changed it", { remoteId: "1", pushedHash: "a", divergedAt: at }, "b", "leave"],
    ["to go, none was ever tried", { removedAt: at }, "a", "forget"],
    ["to go, an answer was lost", { removedAt: at, pushedHash: " a" }, "a", "delete"],
    ["to go, somebody changed it", { removedAt: at, remoteId: "1", divergedAt: at }, null, "delete"],
    ["its appointment is gone", { remoteId: "1", pushedHash: "a" }, null, "delete"],
  ])("%s", (_, known, ours, kind) => {
    expect(planTarget({ ...nothing, ...known }, ours).kind).toBe(kind);
  });
});
