import { sql } from "drizzle-orm";
import { textArray } from "@/db/array";
import type { Transaction } from "@/db/client";
import type { RemoteEvent } from "@/lib/providers/provider";
import { listIds } from "./list-ids";
import { type ChangePlan, clean } from "./plan";
import { idsAtOnce, slicesOf } from "./slices";

type Calendar = { id: string; hostId: string };
type CalendarObject = { id: string; uid: string; etag: string; object: string };

// As much as is made and sent in one turn of the event loop without keeping others waiting.
const objectsPerStatement = 1000;
const charactersPerStatement = 500_000;

/**
 * Keeps the events of a feed whole, for calendar apps. What means the same as before is not written again, even where
 * everything was read. With an event that is another one goes what its host changed about it, unless that is to stay.
 */
export async function writeObjects(tx: Transaction, calendar: Calendar, plan: ChangePlan): Promise<void> {
  for (const events of slicesOf([...plan.changed.values()], objectsPerStatement)) {
    const changed = await findChanged(tx, calendar.id, events.flatMap(objectOf));
    for (const group of groupsOf(changed)) await upsert(tx, calendar, group);
  }
  await removeObjects(tx, calendar.id, plan);
}

function objectOf({ id, uid, etag, object }: RemoteEvent): CalendarObject[] {
  return object === undefined ? [] : [{ id, uid, etag: etag ?? "", object }];
}

/** Which of these events are kept. */
export async function findObjects(tx: Transaction, calendarId: string, ids: string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of slicesOf(ids, idsAtOnce)) {
    const rows = await tx.execute<{ id: string }>(sql`
      select id from calendar_objects where calendar_id = ${calendarId}::uuid and id = any(${textArray(some)})`);
    for (const { id } of rows) found.add(id);
  }
  return found;
}

/** Those that are new or have another ETag. */
async function findChanged(
  tx: Transaction,
  calendarId: string,
  objects: CalendarObject[],
): Promise<CalendarObject[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select known.id from unnest(${textArray(objects.map(({ id }) => id))}, ${textArray(objects.map(({ etag }) => etag))})
      as known(id, etag)
    join calendar_objects o on o.calendar_id = ${calendarId}::uuid and o.id = known.id and o.etag = known.etag`);
  const same = new Set(rows.map(({ id }) => id));
  return objects.filter(({ id }) => !same.has(id));
}

async function upsert(tx: Transaction, calendar: Calendar, objects: CalendarObject[]): Promise<void> {
  await tx.execute(sql`
    with written as (
      insert into calendar_objects as old (calendar_id, host_id, id, uid, etag, data)
      select ${calendar.id}::uuid, ${calendar.hostId}::uuid, id, uid, etag, data
      from unnest(${textArray(objects.map(({ id }) => id))}, ${textArray(objects.map(({ uid }) => clean(uid)))},
        ${textArray(objects.map(({ etag }) => etag))}, ${textArray(objects.map(({ object }) => clean(object)))})
        as object(id, uid, etag, data)
      on conflict (calendar_id, id) do update set uid = excluded.uid, etag = excluded.etag, data = excluded.data
      returning id, old.xmax = 0 as is_new
    )
    delete from local_changes l using written, calendar_subscriptions s
    where l.calendar_id = ${calendar.id}::uuid and l.provider_event_id = written.id and not written.is_new
      and s.calendar_id = l.calendar_id and not s.keeps_local_changes`);
}

/** After a reset what the feed did not list is gone; what it listed and nobody understood stays. */
async function removeObjects(tx: Transaction, calendarId: string, plan: ChangePlan): Promise<void> {
  const { changed, deletedIds, unreadable, isWhole } = plan;
  const after = (id: string) => sql`
    select id from calendar_objects where calendar_id = ${calendarId}::uuid and id > ${id}`;
  const lists = isWhole ? listIds(tx, after) : slicesOf(deletedIds, idsAtOnce);
  for await (const ids of lists)
    await remove(
      tx,
      calendarId,
      ids.filter((id) => !changed.has(id) && !Object.hasOwn(unreadable, id)),
    );
}

async function remove(tx: Transaction, calendarId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    with gone as (
      delete from calendar_objects where calendar_id = ${calendarId}::uuid and id = any(${textArray(ids)}) returning id
    )
    delete from local_changes l using gone, calendar_subscriptions s
    where l.calendar_id = ${calendarId}::uuid and l.provider_event_id = gone.id
      and s.calendar_id = l.calendar_id and not s.keeps_local_changes`);
}

/** Bounded by their length; a lone one may be longer. */
function* groupsOf(objects: CalendarObject[]): Generator<CalendarObject[]> {
  let group: CalendarObject[] = [];
  let characters = 0;
  for (const object of objects) {
    if (group.length > 0 && characters + object.object.length > charactersPerStatement) {
      yield group;
      group = [];
      characters = 0;
    }
    group.push(object);
    characters += object.object.length;
  }
  if (group.length > 0) yield group;
}
