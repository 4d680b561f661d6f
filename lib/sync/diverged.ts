import { and, eq, gt, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { textArray } from "@/db/array";
import { database, type Transaction } from "@/db/client";
import { appointments, appointmentTargets } from "@/db/schema";
import type { RemoteEvent } from "@/lib/providers/provider";
import type { ChangePlan } from "./plan";

export type Seen = Pick<ChangePlan, "deletedIds"> & {
  changed: Pick<RemoteEvent, "id" | "seriesId" | "etag">[];
  /** After a reset: the copies that were listed; the others are gone. Null for an incremental pull. */
  existingIds: string[] | null;
  /** Where the pull began, and up to when it reads. */
  begunAt: Date;
  windowEnd: Date | null | undefined;
};

// Fewer may well be called off by hand between two readings.
const bulk = 5;

/**
 * Marks the copies that a pull found to be other than what was pushed, or gone, and asks for each to be settled. Our
 * own writing has the ETag the write returned. After a reset, a copy within the window that was not listed is gone,
 * unless it was written since. To be asked before what is gone is forgotten. A calendar that loses most of its copies
 * at once has lost them; nobody called them off.
 */
export async function markDiverged(tx: Transaction, calendarId: string, seen: Seen): Promise<void> {
  const { changed, deletedIds, existingIds, begunAt } = seen;
  if (changed.length > 0) await mark(tx, changedThere(calendarId, changed), begunAt);
  if (deletedIds.length === 0 && !existingIds) return;
  await mark(tx, lessThere(calendarId, deletedIds), begunAt);
  const gone = await tx.execute<{ id: string }>(
    sql`select t.id from ${expectedOf(calendarId)} where ${isGone(seen)}`,
  );
  if (gone.length === 0) return;
  const ids = sql`select unnest(${textArray(gone.map(({ id }) => id))}::uuid[])`;
  await mark(tx, ids, begunAt, await isLost(tx, calendarId, seen));
}

function changedThere(calendarId: string, changed: Seen["changed"]): SQL {
  // A copy that somebody made repeat comes back as the occurrences of a series that has its id.
  const seen = changed.flatMap(({ id, seriesId, etag }) => [
    { id, etag },
    ...(seriesId === undefined ? [] : [{ id: seriesId, etag: null }]),
  ]);
  return sql`
    select t.id from unnest(${textArray(seen.map(({ id }) => id))}, ${textArray(seen.map(({ etag }) => etag))})
      as seen(id, etag) join appointment_targets t on t.remote_id = seen.id
    where t.calendar_id = ${calendarId}::uuid and (seen.etag is null or t.etag is distinct from seen.etag)`;
}

/** An occurrence went of what our copy became, or always was. */
const lessThere = (calendarId: string, deletedIds: string[]) => sql`
  select t.id from synced_events e
  join appointment_targets t on t.calendar_id = e.calendar_id and t.remote_id = e.series_id
  where e.calendar_id = ${calendarId}::uuid and e.provider_event_id = any(${textArray(deletedIds)})`;

const expectedOf = (calendarId: string) => sql`appointment_targets t
  join appointments a on a.id = t.appointment_id and t.calendar_id = ${calendarId}::uuid
    and t.remote_id is not null and t.removed_at is null`;

const isGone = (seen: Seen) => {
  const isDeleted = sql`t.remote_id in (select unnest(${textArray(seen.deletedIds)}))`;
  if (!seen.existingIds) return isDeleted;
  return sql`(${isDeleted} or ${isToBeListed(seen)} and not exists (
    select from unnest(${textArray(seen.existingIds)}) as listed(id) where listed.id = t.remote_id))`;
};

/** It takes place within what was read, by any zone's day; of what repeats, some occurrence does. */
function isToBeListed({ begunAt, windowEnd }: Seen): SQL {
  const begun = instant(begunAt);
  const end = sql`${windowEnd?.toISOString() ?? null}::timestamptz - interval '2 days'`;
  return sql`(t.pushed_at < ${begun} and case
    when a.recurrence is null then a.last_ends_at > ${begun} and a.starts_at < ${end}
    else exists (
      select from appointment_occurrences o where o.appointment_id = a.id
        and coalesce(o.starts_at, o.start_day::timestamptz) between ${begun} + interval '2 days' and ${end})
    end)`;
}

/**
 * Five or more of the copies known went in one reading, and more than half. What went like that before and is not put
 * back yet counts, too. After a reset only what was to be listed is compared.
 */
async function isLost(tx: Transaction, calendarId: string, seen: Seen): Promise<boolean> {
  const isCompared = seen.existingIds ? sql`(${isToBeListed(seen)} or ${isGone(seen)})` : sql`true`;
  const [found] = await tx.execute<{ isLost: boolean }>(sql`
    select count(*) filter (where is_gone) >= ${bulk} and 2 * count(*) filter (where is_gone) > count(*) as "isLost"
    from (
      select ${isGone(seen)} or t.vanished_in_bulk as is_gone from ${expectedOf(calendarId)} where ${isCompared}
    ) compared`);
  return found?.isLost ?? false;
}

/** A push was refused because the copy is no longer what it knew, or found so when it was done. */
export const markTargetDiverged = (tx: Transaction, targetId: string, now: Date): Promise<void> =>
  mark(tx, sql`select ${targetId}::uuid`, now);

async function mark(tx: Transaction, ids: SQL, now: Date, isBulk = false): Promise<void> {
  await tx.execute(sql`
    with marked as (
      update appointment_targets
      set diverged_at = ${instant(now)}, vanished_in_bulk = vanished_in_bulk or ${isBulk}::boolean
      where id in (${ids}) and removed_at is null returning id
    )
    select inngest_send_event('target/diverged', json_build_object('targetId', id)::text) from marked`);
}

const instant = (date: Date) => sql`${date.toISOString()}::timestamptz`;

// A run that settles a copy, with its retries, takes minutes.
const graceMs = 15 * 60_000;

/**
 * Ids of the targets that should have been settled by now, until a day after their meeting: then it is of no use, unless
 * a push waits for it.
 */
export async function listDiverged(now: Date): Promise<string[]> {
  const { lastEndsAt } = appointments;
  const { pushDueAt } = appointmentTargets;
  const rows = await database()
    .select({ id: appointmentTargets.id })
    .from(appointmentTargets)
    .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .where(
      and(
        or(
          isNull(lastEndsAt),
          gt(lastEndsAt, new Date(now.getTime() - 24 * 3_600_000)),
          isNotNull(pushDueAt),
        ),
        isNotNull(appointmentTargets.divergedAt),
        lte(appointmentTargets.divergedAt, new Date(now.getTime() - graceMs)),
      ),
    );
  return rows.map(({ id }) => id);
}
