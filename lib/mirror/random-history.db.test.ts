import { and, eq, inArray, isNotNull } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import {
  copiesIn,
  countReturns,
  expectForeignUntouched,
  makeCrashSwitch,
  makeReadable,
  makeRemote,
  playRemote,
  type Remote,
  type RemoteEvent,
  remoteEvent,
} from "@/db/factories/random-remote";
import { makeHost } from "@/db/factories/users";
import { appointments, appointmentTargets } from "@/db/schema";
import { pullCalendar } from "@/lib/sync/pull";
import { reconcileTarget } from "@/lib/sync/reconcile";
import { draftOf } from "./copy";
import { hashOf } from "./meaning";
import { wantedIn } from "./oracle";
import { pushCalendar } from "./push-calendar";
import { type Firm, newFirm, opening, play, type Step, step } from "./random-mirrors";

// `MIRROR_SEED=7 MIRROR_RUNS=100 npx vitest run --project db lib/mirror/random-history` plays others.
const seed = process.env.MIRROR_SEED;
const numRuns = Number(process.env.MIRROR_RUNS ?? 6);

const minuteMs = 60_000;
const beginning = Date.parse("2026-12-01T08:00:00Z");
const crashing = await makeCrashSwitch();
const returnsTo = await countReturns();
const boss = (await makeHost()).user.id;

const works = ["pull", "settle", "push"] as const;
const bindAll = { do: "bind", node: 0, includePersonal: false, isEnabled: true } as const;
const work = fc.record({
  do: fc.constant("work" as const),
  calendar: fc.nat(1000),
  what: fc.constantFrom(...works, "all" as const),
  crashesAfter: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(12) }),
});
/** Somebody saves something while a run is under way. */
const race = fc.record({ do: fc.constant("race" as const), work, step: saving() });
const happening = fc.oneof(
  { weight: 4, arbitrary: saving().map((step) => ({ do: "local" as const, step })) },
  { weight: 6, arbitrary: remoteEvent.map((event) => ({ do: "remote" as const, event })) },
  { weight: 7, arbitrary: work },
  { weight: 1, arbitrary: race },
);
const histories = fc.record({
  // So that every calendar holds something, whatever else is bound to it.
  opening: opening.map((steps): Step[] => [
    ...steps.filter(isMirrored),
    { ...bindAll, host: 0, calendar: 0, scope: "all_visible" },
    { ...bindAll, host: 0, calendar: 1, scope: "personal_only" },
    { ...bindAll, host: 1, calendar: 0, scope: "all_visible" },
  ]),
  happenings: fc.array(happening, { minLength: 30, maxLength: 80, size: "max" }),
});

/** Bookings have a push of their own. */
function isMirrored(one: Step): boolean {
  return one.do !== "book" && one.do !== "cancel";
}
function saving() {
  return step.filter(isMirrored);
}

test("whatever happens on either side, each calendar comes to hold its scope, and nothing else was touched", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async ({ opening, happenings }) => {
      const world = await makeWorld();
      for (const one of opening) await world.local(one);
      await world.workAll();
      for (const one of happenings) {
        world.pass(5);
        if (one.do === "local") await world.local(one.step);
        else if (one.do === "remote") world.remote(one.event);
        else if (one.do === "work") await world.work(one);
        else await Promise.all([world.work({ ...one.work, crashesAfter: null }), world.local(one.step)]);
        for (const remote of world.remotes) copiesIn(remote);
      }
      await world.quieten();
      await world.expectSettled();
    }),
    // What came before matters, so that hardly anything can be left out: shrinking would take hours.
    { numRuns, endOnFailure: true, ...(seed && { seed: Number(seed) }) },
  );
}, 300_000);

type Work = { what: (typeof works)[number] | "all"; calendar: number; crashesAfter: number | null };

/** Two hosts: one with two calendars, one with one. */
async function makeWorld() {
  const users = await Promise.all([1, 2].map(async () => (await makeHost()).user.id));
  const [first = "", second = ""] = users;
  const remotes: [Remote, Remote, Remote] = [
    await makeRemote(first),
    await makeRemote(first),
    await makeRemote(second),
  ];
  const [one, two, three] = remotes;
  const firm = newFirm(
    [
      { id: first, eventTypeId: "", calendars: [one.calendarId, two.calendarId] },
      { id: second, eventTypeId: "", calendars: [three.calendarId] },
    ],
    boss,
  );
  let now = new Date(beginning);
  const known = new Set<string>();
  const deletedHere = new Set<string>();
  const run = async (what: Work["what"], calendarId: string) => {
    for (const each of what === "all" ? works : [what]) await runs[each](calendarId, now);
  };
  const workAll = async (failed?: () => void) => {
    for (const { calendarId } of remotes)
      for (const what of works) await (failed ? run(what, calendarId).catch(failed) : run(what, calendarId));
  };
  return {
    firm,
    remotes,
    pass: (minutes: number) => {
      now = new Date(now.getTime() + minutes * minuteMs);
    },
    local: async (one: Step) => {
      await follow(firm);
      const before = [...firm.appointments.keys()];
      await database().transaction((tx) => play(tx, firm, one));
      for (const id of firm.appointments.keys()) known.add(id);
      for (const id of before) if (!firm.appointments.has(id)) deletedHere.add(id);
    },
    remote: (one: RemoteEvent) => {
      firm.clock += 3_600_000;
      playRemote(remotes, one, firm.clock);
    },
    work: async ({ what, calendar, crashesAfter }: Work) => {
      const { calendarId } = remotes[calendar % remotes.length] ?? one;
      const doing = () => run(what, calendarId);
      // What a run dies of, the next one makes good.
      await (crashesAfter === null ? doing() : crashing(crashesAfter, doing)).catch(() => {});
    },
    workAll,
    /** Nobody changes anything any more, and what waits has its turn. */
    quieten: async () => {
      for (const remote of remotes) makeReadable(remote);
      for (let round = 0; round < 8; round += 1) {
        now = new Date(now.getTime() + 7 * 60 * minuteMs);
        // What was to fail still does, once each.
        await workAll(() => {});
      }
    },
    expectSettled: async () => {
      await follow(firm);
      const calls = () =>
        remotes.flatMap(({ account }) => account.calls).filter((call) => call !== "pull").length;
      const before = calls();
      for (const remote of remotes) await expectSettled(remote, firm);
      await workAll();
      expect(calls(), "written once more").toBe(before);
      for (const remote of remotes)
        expect(remote.record.needless).toBeLessThanOrEqual(await returnsTo(remote));
      // Only what somebody took away, here or there, is gone.
      const removed = new Set(
        remotes.flatMap((remote) => [...remote.removed]).map((uid) => uid.slice(0, 36)),
      );
      for (const id of known)
        if (!firm.appointments.has(id)) expect(deletedHere.has(id) || removed.has(id), id).toBe(true);
    },
  };
}

const runs = {
  pull: (calendarId: string, now: Date) => pullCalendar(calendarId, now),
  push: (calendarId: string, now: Date) => pushCalendar(calendarId, now),
  settle: async (calendarId: string, now: Date) => {
    const { id, divergedAt } = appointmentTargets;
    const isHere = eq(appointmentTargets.calendarId, calendarId);
    const marked = await database()
      .select({ id })
      .from(appointmentTargets)
      .where(and(isHere, isNotNull(divergedAt)));
    for (const target of marked) await reconcileTarget(target.id, now);
  },
} satisfies Record<(typeof works)[number], (calendarId: string, now: Date) => Promise<unknown>>;

/** What was deleted in a calendar is gone here, too. */
async function follow(firm: Firm): Promise<void> {
  const rows = await database()
    .select({ id: appointments.id })
    .from(appointments)
    .where(
      inArray(
        appointments.ownerId,
        firm.hosts.map(({ id }) => id),
      ),
    );
  const left = new Set(rows.map(({ id }) => id));
  for (const id of firm.appointments.keys()) if (!left.has(id)) firm.appointments.delete(id);
}

async function expectSettled(remote: Remote, firm: Firm): Promise<void> {
  expectForeignUntouched(remote);
  const wanted = [...(wantedIn(firm).get(remote.calendarId)?.keys() ?? [])].sort();
  const rows = await database()
    .select({ target: appointmentTargets, appointment: appointments })
    .from(appointmentTargets)
    .leftJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .where(eq(appointmentTargets.calendarId, remote.calendarId));
  expect(rows.map(({ appointment }) => appointment?.id).sort()).toEqual(wanted);
  for (const { target } of rows)
    expect(target).toMatchObject({ removedAt: null, divergedAt: null, pushDueAt: null });
  const said = copiesIn(remote).map(({ uid, occurrences: [first], description, location }) => {
    if (!first) throw new Error(`The copy ${uid} says nothing.`);
    return [uid, hashOf({ title: first.title, time: first.time, description, location })];
  });
  const ours = rows.flatMap(({ target, appointment }) =>
    appointment ? [[target.uid, hashOf(draftOf(appointment, target))]] : [],
  );
  expect(said.toSorted()).toEqual(ours.toSorted());
}
