import { inArray, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { database } from "@/db/client";
import {
  addEvent,
  check,
  drawVisitor,
  type Host,
  makeBusyHost,
  tick,
  type Visited,
  visit,
} from "@/db/factories/crowd";
import { bookings } from "@/db/schema";
import { makeDice } from "@/lib/availability/oracle/dice";
import { pushBooking } from "@/lib/mirror/push";
import { sweepPending } from "./sweep";

const submits = 1000;
const atOnce = 100;
const afterAll = new Date("2026-01-19T00:00:00Z");

/**
 * The promise itself, under a crowd: 1,000 submits at once on few times, with cancellations, moves and answers of both
 * sides among them, checks that run twice, and events that appear in the calendar meanwhile.
 */
test("in a crowd nobody is double-booked, nothing is lost, nothing leaks, everybody is told once", async () => {
  const dice = makeDice("crowd");
  const hosts = await Promise.all([makeBusyHost(), makeBusyHost(), makeBusyHost()]);
  const visitors = Array.from({ length: submits }, () => drawVisitor(dice, hosts));
  const events = dice.times(20, 20, () => dice.pick(hosts));
  const visited: Visited[] = [];
  // Some are still asking while others have changed their minds.
  const queue = visitors.values();
  const arrive = async () => {
    for (const visitor of queue) {
      const came = await visit(visitor);
      if (came) visited.push(came);
    }
  };
  const meanwhile = async () => {
    for (const host of events) addEvent(host, dice);
  };
  await Promise.all([...Array.from({ length: atOnce }, arrive), meanwhile()]);
  expect(await listOverlaps(hosts)).toEqual([]);

  await Promise.all((await listUnchecked(hosts)).map(check));
  expect(await listUnchecked(hosts)).toEqual([]);
  expect(await listOverlaps(hosts)).toEqual([]);
  await sweepPending(afterAll);

  const rows = await listBookings(hosts);
  expect(rows).toHaveLength(visited.length);
  expect(rows.filter((row) => row.status === "pending" || row.movesToStart || row.waitsFor)).toEqual([]);
  expect(await listOverlaps(hosts)).toEqual([]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const each of visited) expectKept(each, byId.get(each.id));
  expect(await listOverLimit(hosts)).toEqual([]);
  expect(await listMailFaults(hosts)).toEqual([]);
  expect(await countHappened(hosts)).toEqual({ confirmed: true, moved: true, cancelled: true });
  await Promise.all(rows.map(({ id }) => pushBooking(id, tick())));
  for (const host of hosts) expect(copiesOf(host)).toEqual(placesOf(host, rows));
}, 180_000);

type Row = typeof bookings.$inferSelect & { wasConfirmed: boolean };

async function listBookings(hosts: Host[]): Promise<Row[]> {
  const ids = hosts.map(({ hostId }) => hostId);
  const rows = await database().select().from(bookings).where(inArray(bookings.hostId, ids));
  const confirmed = await database().execute<{ id: string }>(sql`
    select data::json ->> 'bookingId' as id from inngest_events where name = 'booking/confirmed'`);
  const confirmedIds = new Set(confirmed.map(({ id }) => id));
  return rows.map((row) => ({ ...row, wasConfirmed: confirmedIds.has(row.id) }));
}

/** A booking is off only because somebody called it off, and stands only where somebody wanted it. */
function expectKept({ id, starts, isCancelled }: Visited, row: Row | undefined): void {
  if (!row) throw new Error(`The booking ${id} is gone.`);
  expect(row.status === "cancelled").toBe(isCancelled);
  expect(row.wasConfirmed && !isCancelled).toBe(row.status === "confirmed");
  expect(starts).toContainEqual(row.startsAt);
}

const idsOf = (hosts: Host[]) => sql`${sql.param(hosts.map(({ hostId }) => hostId))}::uuid[]`;

/** Pairs of active bookings of one host that overlap with their buffers, from the times alone. */
async function listOverlaps(hosts: Host[]) {
  return [
    ...(await database().execute(sql`
      with places as (
        select b.id, b.host_id, tstzrange(
          place.starts_at - b.buffer_before_minutes * interval '1 minute',
          place.ends_at + b.buffer_after_minutes * interval '1 minute') as during
        from bookings b
        cross join lateral (values (b.starts_at, b.ends_at), (b.moves_to_start, b.moves_to_end))
          as place(starts_at, ends_at)
        where b.status in ('pending', 'confirmed') and place.starts_at is not null and b.host_id = any(${idsOf(hosts)})
      )
      select one.id, other.id as with from places one
      join places other on other.host_id = one.host_id and other.id > one.id and other.during && one.during`)),
  ];
}

/** Holds and moves that neither a check nor the host has to decide any more, and yet are there. */
async function listUnchecked(hosts: Host[]): Promise<string[]> {
  const rows = await database().execute<{ id: string }>(sql`
    select id from bookings where host_id = any(${idsOf(hosts)}) and waits_for is null
      and (status = 'pending' or moves_to_start is not null)`);
  return rows.map(({ id }) => id);
}

async function listOverLimit(hosts: Host[]) {
  return [
    ...(await database().execute(sql`
      select b.event_type_id, b.starts_at::date, count(*) from bookings b
      join event_types t on t.id = b.event_type_id
      where b.host_id = any(${idsOf(hosts)}) and b.status = 'confirmed'
      group by b.event_type_id, b.starts_at::date, t.daily_limit having count(*) > t.daily_limit`)),
  ];
}

/**
 * Bookings whose mails are not one to each side for each thing that happened, and mails nobody sends or that are sent
 * twice. What happened is told by the events and the row, not by the mails.
 */
async function listMailFaults(hosts: Host[]) {
  return [
    ...(await database().execute(sql`
      with sent as (
        select data::json ->> 'bookingId' as booking_id, name, count(*)::int as times
        from inngest_events where name in ('booking/confirmed', 'booking/moved', 'booking/cancelled') group by 1, 2
      ), happened as (
        select b.id, kind, coalesce(case when kind = 'declined' then (b.status = 'declined')::int else sent.times end, 0)
          as times
        from bookings b
        cross join unnest(array['confirmed', 'moved', 'cancelled', 'declined']) as kind
        left join sent on sent.booking_id = b.id::text and sent.name = 'booking/' || kind
        where b.host_id = any(${idsOf(hosts)})
      ), told as (
        select booking_id, kind, count(*) filter (where key like '%:visitor')::int as visitor,
          count(*) filter (where key like '%:host')::int as host
        from mail_outbox group by 1, 2
      )
      select h.*, coalesce(t.visitor, 0) as visitor, coalesce(t.host, 0) as host
      from happened h left join told t on t.booking_id = h.id and t.kind = h.kind
      where h.times <> coalesce(t.visitor, 0) or h.times <> coalesce(t.host, 0)`)),
    ...(await database().execute(sql`
      select m.id, m.kind, count(e.id)::int as sent from mail_outbox m
      join bookings b on b.id = m.booking_id and b.host_id = any(${idsOf(hosts)})
      left join inngest_events e on e.name = 'mail/queued' and e.data::json ->> 'mailId' = m.id::text
      group by m.id having count(e.id) <> 1`)),
  ];
}

/** Whether the crowd was one: each of these came about often enough to have crossed another. */
async function countHappened(hosts: Host[]) {
  const rows = await database().execute<{ kind: string; times: number }>(sql`
    select m.kind, count(distinct m.booking_id)::int as times from mail_outbox m
    join bookings b on b.id = m.booking_id and b.host_id = any(${idsOf(hosts)})
    where m.kind in ('confirmed', 'moved', 'cancelled') group by 1`);
  return Object.fromEntries(rows.map(({ kind, times }) => [kind, times >= 10]));
}

/** What lies in the host's calendar because of us. */
function copiesOf({ account, remoteId }: Host) {
  const copies = account.events(remoteId).filter(({ draft }) => draft !== null);
  return copies
    .map(({ uid, draft }) => `${uid} ${draft?.time.kind === "timed" && draft.time.startsAt.toISOString()}`)
    .sort();
}

function placesOf({ hostId }: Host, rows: Row[]) {
  const confirmed = rows.filter((row) => row.hostId === hostId && row.status === "confirmed");
  return confirmed.map(({ id, startsAt }) => `${id}@calends ${startsAt.toISOString()}`).sort();
}
