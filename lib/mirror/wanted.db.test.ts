import { and, eq, inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { expect, test } from "vitest";
import { database, type Transaction } from "@/db/client";
import { makeCalendar } from "@/db/factories/booking-page";
import { makeHost } from "@/db/factories/users";
import { appointmentTargets, eventTypes } from "@/db/schema";
import { wantedIn } from "./oracle";
import { type Firm, type Host, history, newFirm, play, type Step } from "./random-mirrors";

const hosts = await Promise.all([1, 2, 3].map(makeMirrorHost));
const boss = await makeHost();

test("whatever happens, each calendar is to hold what the oracle says, and nothing that was tried is forgotten", async () => {
  await fc.assert(
    fc.asyncProperty(history, ({ opening, steps }) =>
      undone(async (tx) => {
        const firm = newFirm(hosts, boss.user.id);
        const tried = new Set<string>();
        for (const step of opening) await play(tx, firm, step);
        await aimAll(tx, firm);
        for (const [n, step] of steps.entries()) {
          if (n % 4 === 0) await write(tx, tried);
          await rest(tx);
          await play(tx, firm, step);
          await expectDue(tx, firm, step);
          await aimWhereAsked(tx, step);
          await expectAimed(tx, firm, tried);
        }
      }),
    ),
    { numRuns: 12, ...(process.env.MIRROR_SEED && { seed: Number(process.env.MIRROR_SEED) }) },
  );
}, 120_000);

async function makeMirrorHost(): Promise<Host> {
  const { user } = await makeHost();
  const [eventType] = await database().select().from(eventTypes).where(eq(eventTypes.hostId, user.id));
  const destination = await makeCalendar(user.id, { isDestination: true });
  const other = await makeCalendar(user.id);
  return { id: user.id, eventTypeId: eventType?.id ?? "", calendars: [destination.id, other.id] };
}

/** Whatever is changed about an appointment is to be written to each of its copies. */
async function expectDue(tx: Transaction, { appointments }: Firm, one: Step): Promise<void> {
  if (one.do !== "edit") return;
  const changed = [...appointments.keys()][one.appointment % Math.max(appointments.size, 1)];
  const isLeft = sql`push_due_at is distinct from 'epoch' and removed_at is null`;
  const isOfIt = eq(appointmentTargets.appointmentId, changed ?? "");
  if (changed) expect(await tx.$count(appointmentTargets, and(isOfIt, isLeft))).toBe(0);
}

/** What is due was asked for; a push of what was asked for begins with aiming it. */
async function aimWhereAsked(tx: Transaction, one: Step): Promise<void> {
  const asked = await tx.execute<{ id: string }>(sql`
    select distinct data::jsonb ->> 'calendarId' as id from inngest_events where name = 'calendar/push.requested'`);
  const ids = asked.map(({ id }) => id);
  const due = await tx
    .select({ id: appointmentTargets.calendarId })
    .from(appointmentTargets)
    .where(sql`push_due_at = 'epoch'`);
  // The run of a booking pushes it itself.
  if (one.do !== "cancel" && one.do !== "book")
    expect(ids).toEqual(expect.arrayContaining(due.map(({ id }) => id)));
  for (const id of ids) await tx.execute(sql`select aim_targets(${id}, null)`);
}

/** Everything was pushed, and nobody asks any more. */
async function rest(tx: Transaction): Promise<void> {
  await tx.update(appointmentTargets).set({ pushDueAt: null });
  await tx.execute(sql`delete from inngest_events`);
}

async function expectAimed(tx: Transaction, firm: Firm, tried: Set<string>): Promise<void> {
  const targets = await targetsOf(tx);
  const kept = targets.filter(({ removedAt }) => !removedAt);
  expect(sorted(kept.map(placeOf))).toEqual(sorted(expected(firm)));
  // One appointment never has the same UID twice.
  const uids = kept.map(({ appointmentId, uid }) => `${appointmentId} ${uid}`);
  expect(new Set(uids).size).toBe(uids.length);
  const removed = targets.filter(({ removedAt }) => removedAt);
  for (const { id } of removed) expect(tried, "removed, though nobody tried it").toContain(id);
  const known = new Set(targets.map(({ id }) => id));
  for (const id of tried) expect(known, "forgotten, though somebody tried it").toContain(id);
  await aimAll(tx, firm);
  expect(await targetsOf(tx)).toEqual(targets);
}

type Row = Awaited<ReturnType<typeof targetsOf>>[number];

/** With what PostgreSQL says of when each row was written: aiming again is to write none. */
function targetsOf(tx: Transaction) {
  const { calendarId, id } = appointmentTargets;
  return tx
    .select({
      id,
      calendarId,
      appointmentId: appointmentTargets.appointmentId,
      bindingId: appointmentTargets.bindingId,
      uid: appointmentTargets.uid,
      removedAt: appointmentTargets.removedAt,
      version: sql<string>`concat_ws(' ', ${appointmentTargets}.ctid, ${appointmentTargets}.cmin)`,
    })
    .from(appointmentTargets)
    .where(inArray(calendarId, calendarsOf(hosts)))
    .orderBy(id);
}

const calendarsOf = (all: Host[]) => all.flatMap(({ calendars }) => calendars);
const placeOf = ({ calendarId, appointmentId, bindingId }: Row) =>
  `${calendarId} ${appointmentId} ${bindingId}`;
const sorted = (all: string[]) => all.toSorted();

/** What is wanted, and the copies of bookings that their hosts' destinations got, wanted or not. */
function expected(firm: Firm): string[] {
  const wanted = wantedIn(firm);
  const bound = [...wanted].flatMap(([calendarId, there]) =>
    [...there].map(([appointmentId, bindingId]) => `${calendarId} ${appointmentId} ${bindingId}`),
  );
  const unbound = [...firm.destinations].filter(([id, calendarId]) => !wanted.get(calendarId)?.has(id));
  return [...bound, ...unbound.map(([id, calendarId]) => `${calendarId} ${id} null`)];
}

async function aimAll(tx: Transaction, firm: Firm): Promise<void> {
  for (const id of calendarsOf(hosts)) await tx.execute(sql`select aim_targets(${id}, null)`);
  for (const id of firm.appointments.keys()) await tx.execute(sql`select aim_targets(null, ${id})`);
}

/** A push tried every other copy; one in four of them got no answer. */
async function write(tx: Transaction, tried: Set<string>): Promise<void> {
  const written = await tx.execute<{ id: string }>(sql`
    with chosen as (select id, row_number() over (order by id) as n from appointment_targets where removed_at is null)
    update appointment_targets t set pushed_hash = ' hash', remote_id = case when n % 8 > 0 then t.id::text end
    from chosen where chosen.id = t.id and n % 2 = 0 returning t.id`);
  for (const { id } of written) tried.add(id);
}

async function undone(work: (tx: Transaction) => Promise<void>): Promise<void> {
  let isDone = false;
  await database()
    .transaction(async (tx) => {
      await work(tx);
      isDone = true;
      tx.rollback();
    })
    .catch((error) => {
      if (!isDone) throw error;
    });
}
