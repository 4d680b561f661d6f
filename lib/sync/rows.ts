import { type SQL, sql } from "drizzle-orm";
import { textArray } from "@/db/array";
import type { Transaction } from "@/db/client";
import type { Occurrence, RemoteEvent } from "@/lib/providers/provider";
import { listIds } from "./list-ids";
import type { Counts } from "./log";
import { type ChangePlan, type EventRow, occurrencesOf, rowOf } from "./plan";
import { idsAtOnce, slicesOf } from "./slices";

type Calendar = { id: string; hostId: string };

/** Whole events with all their occurrences. */
type Group = { ids: string[]; parts: { event: RemoteEvent; occurrence: Occurrence }[] };

// Made and sent in one turn of the event loop; more would keep others waiting.
const rowsPerStatement = 1000;

/**
 * Writes the rows of changed events: only those that are new or differ, so that cost and counts follow the change, not
 * the calendar. The occurrences these events no longer have go.
 */
export async function writeChanged(
  tx: Transaction,
  calendar: Calendar,
  { changed }: ChangePlan,
): Promise<Pick<Counts, "created" | "updated" | "deleted">> {
  const counts = { created: 0, updated: 0, deleted: 0 };
  for (const group of groupsOf(changed.values())) {
    for (let at = 0; at < group.parts.length; at += rowsPerStatement) {
      const rows = group.parts
        .slice(at, at + rowsPerStatement)
        .map((part) => rowOf(part.event, part.occurrence));
      const written = await upsert(tx, calendar, rows);
      counts.created += written.created;
      counts.updated += written.updated;
    }
    counts.deleted += await removeStale(tx, calendar.id, group);
  }
  return counts;
}

/** About as many as go into a statement; a lone event may have more. */
function* groupsOf(events: Iterable<RemoteEvent>): Generator<Group> {
  let group: Group = { ids: [], parts: [] };
  for (const event of events) {
    group.ids.push(event.id);
    for (const occurrence of occurrencesOf(event)) group.parts.push({ event, occurrence });
    if (Math.max(group.ids.length, group.parts.length) < rowsPerStatement) continue;
    yield group;
    group = { ids: [], parts: [] };
  }
  if (group.ids.length > 0) yield group;
}

async function upsert(tx: Transaction, calendar: Calendar, rows: EventRow[]) {
  const column = (key: keyof EventRow) => textArray(rows.map((row) => row[key]));
  const [written] = await tx.execute<{ created: number; updated: number }>(sql`
    with written as (
      insert into synced_events as old (calendar_id, host_id, provider_event_id, occurrence_key, uid, series_id,
        etag, title, starts_at, ends_at, start_day, end_day, status, transparency)
      select ${calendar.id}::uuid, ${calendar.hostId}::uuid, id, key, uid, series_id, etag, title,
        starts_at::timestamptz, ends_at::timestamptz, start_day::date, end_day::date,
        status::event_status, transparency::event_transparency
      from unnest(${column("providerEventId")}, ${column("occurrenceKey")}, ${column("uid")},
        ${column("seriesId")}, ${column("etag")}, ${column("title")}, ${column("startsAt")}, ${column("endsAt")},
        ${column("startDay")}, ${column("endDay")}, ${column("status")}, ${column("transparency")})
        as row(id, key, uid, series_id, etag, title, starts_at, ends_at, start_day, end_day, status, transparency)
      on conflict (calendar_id, provider_event_id, occurrence_key) do update set
        uid = excluded.uid, series_id = excluded.series_id, etag = excluded.etag, title = excluded.title,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at,
        start_day = excluded.start_day, end_day = excluded.end_day,
        status = excluded.status, transparency = excluded.transparency
      where (old.uid, old.series_id, old.etag, old.title, old.starts_at, old.ends_at, old.start_day, old.end_day,
          old.status, old.transparency)
        is distinct from (excluded.uid, excluded.series_id, excluded.etag, excluded.title, excluded.starts_at,
          excluded.ends_at, excluded.start_day, excluded.end_day, excluded.status, excluded.transparency)
      returning old.xmax = 0 as is_new
    )
    select count(*) filter (where is_new)::int as created, count(*) filter (where not is_new)::int as updated
    from written`);
  return written ?? { created: 0, updated: 0 };
}

// Here and below "not in", which PostgreSQL hashes whatever it thinks of the list's length.
async function removeStale(tx: Transaction, calendarId: string, { ids, parts }: Group): Promise<number> {
  const result = await tx.execute(sql`
    delete from synced_events
    where calendar_id = ${calendarId}::uuid and provider_event_id = any(${textArray(ids)})
      and (provider_event_id, occurrence_key) not in (
        select id, key from unnest(${textArray(parts.map(({ event }) => event.id))},
          ${textArray(parts.map(({ occurrence }) => occurrence.key))}) as kept(id, key))`);
  return result.count;
}

/** Of our own copies nothing is kept that was read before we wrote them. Nobody deleted that, so it does not count. */
export async function forgetKnown(tx: Transaction, calendarId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    delete from synced_events e using unnest(${textArray(ids)}) as known(id)
    where e.calendar_id = ${calendarId}::uuid and e.provider_event_id = known.id`);
}

/**
 * Removes what is gone, once the changed events are written: after a reset all that the provider did not list, but what
 * it listed and nobody understood stays.
 */
export function removeGone(tx: Transaction, calendarId: string, plan: ChangePlan): Promise<number> {
  return plan.isWhole ? sweep(tx, calendarId, plan) : removeDeleted(tx, calendarId, plan);
}

async function sweep(tx: Transaction, calendarId: string, plan: ChangePlan): Promise<number> {
  const { changed, unreadable } = plan;
  const after = (id: string) => sql`
    select distinct provider_event_id as id from synced_events
    where calendar_id = ${calendarId}::uuid and provider_event_id > ${id}`;
  let count = 0;
  for await (const ids of listIds(tx, after)) {
    const gone = ids.filter((id) => !changed.has(id) && !Object.hasOwn(unreadable, id));
    count += await remove(tx, calendarId, sql`provider_event_id`, gone);
  }
  return count;
}

/** Deleted events and all of deleted series, but for occurrences that came back. */
async function removeDeleted(tx: Transaction, calendarId: string, plan: ChangePlan): Promise<number> {
  const { changed, deletedIds } = plan;
  const deleted = new Set(deletedIds);
  const back = [...changed.values()].filter(
    ({ seriesId }) => seriesId !== undefined && deleted.has(seriesId),
  );
  let count = 0;
  for (const ids of slicesOf(deletedIds, idsAtOnce)) {
    // One after the other, so that each takes its own index.
    count += await remove(tx, calendarId, sql`provider_event_id`, ids);
    count += await remove(tx, calendarId, sql`series_id`, ids, back);
  }
  return count;
}

async function remove(
  tx: Transaction,
  calendarId: string,
  column: SQL,
  ids: string[],
  kept: RemoteEvent[] = [],
): Promise<number> {
  if (ids.length === 0) return 0;
  const result = await tx.execute(sql`
    delete from synced_events
    where calendar_id = ${calendarId}::uuid and ${column} = any(${textArray(ids)})
      and provider_event_id not in (select unnest(${textArray(kept.map(({ id }) => id))}))`);
  return result.count;
}
