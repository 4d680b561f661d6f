import { and, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import { type Mirrored, makeBoundCalendar, makeMirroredProject } from "@/db/factories/mirrored";
import { appointments, appointmentTargets, projectMembers } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { expandRecurrence } from "@/lib/ical/expand-recurrence";
import { draftOf } from "@/lib/mirror/copy";
import { pushCalendar } from "@/lib/mirror/push-calendar";
import { hasMeaningOf } from "@/lib/providers/meaning";
import type { OccurrenceTime } from "@/lib/providers/provider";
import { pullCalendar } from "./pull";
import { reconcileTarget } from "./reconcile";

// One appointment on a project, in the calendars of a manager, an editor and a viewer, and whatever they do to it there
// and here, with outages: in the end all say the same, and nobody writes any more.

const runs = Number(process.env.RECONCILE_RUNS ?? 8);
const now = new Date("2026-01-01T00:00:00Z");
const startsAt = new Date("2026-03-16T09:00:00Z");
const hour = 3_600_000;
const window = { start: now, end: new Date("2026-07-01T00:00:00Z"), timeZone: "UTC" };

const who = fc.nat({ max: 2 });
const time: fc.Arbitrary<OccurrenceTime> = fc.oneof(
  fc.integer({ min: 0, max: 200 }).map((hours) => {
    const start = new Date(startsAt.getTime() + hours * hour);
    return { kind: "timed" as const, startsAt: start, endsAt: new Date(start.getTime() + hour) };
  }),
  fc.constantFrom("2026-03-17", "2026-03-28").map((startDay) => ({
    kind: "allDay" as const,
    startDay,
    endDay: "2026-03-30",
  })),
);
const rule = fc.constantFrom(
  "FREQ=DAILY;COUNT=5",
  "FREQ=WEEKLY;COUNT=3",
  "FREQ=WEEKLY",
  "FREQ=HOURLY;COUNT=3",
);
const edit = fc.record({
  do: fc.constant("edit" as const),
  who,
  time: fc.option(time),
  rule: fc.option(rule),
});
const step = fc.oneof(
  { weight: 4, arbitrary: edit },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("except" as const), who, nth: fc.nat(3), isOff: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("remove" as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("change" as const), time: fc.option(time) }) },
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constantFrom("pull" as const, "push" as const, "settle" as const), who }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("fail" as const, "lose" as const),
      who,
      what: fc.constantFrom("put" as const, "delete" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("expire" as const), who }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

type Place = Pick<Mirrored, "account" | "remoteId" | "calendar">;

async function makeWorld() {
  const world = await makeMirroredProject(now, "editor", {
    startsAt,
    endsAt: new Date(startsAt.getTime() + hour),
  });
  const viewer = await makeMirroredProject(now, "viewer");
  await database()
    .insert(projectMembers)
    .values({ projectId: world.projectId, userId: viewer.guest.id, role: "viewer" });
  const id = (await world.appointment())?.id ?? "";
  const manager = await makeBoundCalendar(world.owner.id);
  const places: Place[] = [world, manager, viewer];
  for (const { calendar } of [manager, viewer]) {
    await pullCalendar(calendar.id, now);
    await pushCalendar(calendar.id, now);
  }
  const isIt = eq(appointmentTargets.appointmentId, id);
  return {
    id,
    places,
    appointment: world.appointment,
    targets: () => database().select().from(appointmentTargets).where(isIt),
    targetIn: async ({ calendar }: Place) => {
      const isHere = and(isIt, eq(appointmentTargets.calendarId, calendar.id));
      const [row] = await database().select().from(appointmentTargets).where(isHere);
      return row;
    },
  };
}
type World = Awaited<ReturnType<typeof makeWorld>>;

/** The copy of it in a calendar, if it is there. */
async function copyIn({ targetIn }: World, place: Place) {
  const target = await targetIn(place);
  return target && place.account.find(place.remoteId, target.uid);
}

async function take(world: World, one: Step, when: Date, n: number): Promise<void> {
  if (one.do === "change") return changeHere(world, one.time, when, n);
  const place = world.places[one.who] ?? expect.fail("no such calendar");
  const { account, remoteId, calendar } = place;
  account.clock = when;
  const away = new AppError("unavailable", "The server is away.");
  const copy = await copyIn(world, place);
  switch (one.do) {
    case "edit":
      if (!copy) return;
      account.edit(remoteId, copy.uid, {
        title: `${one.who === 2 ? "viewer" : "said"} ${n}`,
        ...(one.time && { time: one.time }),
        ...(one.rule ? { recurrence: { rule: one.rule, exceptions: [] } } : { recurrence: null }),
      });
      return;
    case "except":
      if (copy?.recurrence) exceptIn(place, copy.uid, one);
      return;
    case "remove":
      if (copy) account.remove(remoteId, copy.uid);
      return;
    case "pull":
      return void (await pullCalendar(calendar.id, when).catch(expected));
    case "push":
      return void (await pushCalendar(calendar.id, when).catch(expected));
    case "settle": {
      const target = await world.targetIn(place);
      return target && reconcileTarget(target.id, when).catch(expected);
    }
    case "fail":
      return account.failNext(one.what, away);
    case "lose":
      return account.loseNextAnswer(one.what, away);
    case "expire":
      return account.expireCursors();
  }
}

function expected(error: unknown): void {
  if (!(error instanceof AppError && error.code === "unavailable")) throw error;
}

function exceptIn(
  { account, remoteId }: Place,
  uid: string,
  { nth, isOff }: { nth: number; isOff: boolean },
) {
  const { recurrence, occurrences, timeZone } = account.get(remoteId, uid);
  const first = occurrences[0] ?? expect.fail("no occurrence");
  if (!recurrence) return;
  const found = expandRecurrence({ time: first.time, timeZone: timeZone ?? "UTC", recurrence }, window)[nth];
  if (!found || recurrence.rule.includes("HOURLY")) return;
  const { time } = found;
  const says = {
    title: `only ${found.key}`,
    description: null,
    location: null,
    time:
      time.kind === "allDay"
        ? time
        : {
            kind: time.kind,
            startsAt: new Date(time.startsAt.getTime() + hour).toISOString(),
            endsAt: new Date(time.endsAt.getTime() + 2 * hour).toISOString(),
          },
  };
  account.editOccurrence(remoteId, uid, { key: found.key, says: isOff ? null : says });
}

/** Somebody changes it here; what repeats, in words alone. */
async function changeHere({ id }: World, time: OccurrenceTime | null, when: Date, n: number): Promise<void> {
  const words = { title: `here ${n}`, updatedAt: when };
  await database().update(appointments).set(words).where(eq(appointments.id, id));
  if (time?.kind !== "timed") return;
  const { startsAt, endsAt } = time;
  await database()
    .update(appointments)
    .set({ startsAt, endsAt, startDay: null, endDay: null })
    .where(and(eq(appointments.id, id), sql`recurrence is null`));
}

const writesTo = (places: Place[]) =>
  places.flatMap(({ account }) => account.calls).filter((call) => call === "put" || call === "delete").length;

async function quieten(world: World, when: Date): Promise<void> {
  for (const { calendar, account } of world.places) {
    // What was to fail and did not.
    for (const what of ["put", "delete"] as const)
      for (const isAfterwards of [true, false]) while (account.takeFailure(what, isAfterwards));
    await pullCalendar(calendar.id, when);
  }
  for (const { id } of await world.targets()) await reconcileTarget(id, when);
  for (const { calendar } of world.places) await pushCalendar(calendar.id, when);
}

test(
  "whatever happens on all sides, all come to say the same, and come to rest",
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 20, size: "max" }), async (steps) => {
        const world = await makeWorld();
        let minutes = 0;
        const later = (more: number) => {
          minutes += more;
          return new Date(now.getTime() + minutes * 60_000);
        };
        for (const [n, one] of steps.entries()) await take(world, one, later(3), n);
        // Longer than any wait after a failure.
        for (let round = 0; round < 4; round += 1) await quieten(world, later(8 * 60));
        const writes = writesTo(world.places);
        await quieten(world, later(8 * 60));
        expect(writesTo(world.places)).toBe(writes);

        const appointment = await world.appointment();
        expect(appointment?.title ?? "").not.toMatch(/^viewer/);
        for (const place of world.places) {
          const { account, remoteId } = place;
          const target = await world.targetIn(place);
          if (!appointment) {
            expect([target, account.events(remoteId).filter(({ uid }) => uid.includes(world.id))]).toEqual([
              undefined,
              [],
            ]);
            continue;
          }
          if (!target) return expect.fail("a calendar does not have it");
          expect(target).toMatchObject({ divergedAt: null, pushDueAt: null, lastError: null });
          const copy = account.get(remoteId, target.uid);
          const says = { ...copy, ...(copy.occurrences[0] ?? expect.fail("no occurrence")) };
          const isRecurring = copy.recurrence !== null || copy.occurrences.length > 1;
          expect(says).toSatisfy(() => hasMeaningOf({ ...says, isRecurring }, draftOf(appointment, target)));
        }
      }),
      {
        numRuns: runs,
        seed: Number(process.env.RECONCILE_SEED ?? 20_261_121),
      },
    );
  },
  runs * 15_000,
);
