import { and, eq, gt, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { textArray } from "@/db/array";
import { database, type Transaction } from "@/db/client";
import { appointments, appointmentTargets } from "@/db/schema";
import type { ChangePlan } from "./plan";

type Seen = Pick<ChangePlan, "changed" | "deletedIds" | "existingIds"> & {
  /** Where the pull began, and up to when it reads. */
  begunAt: Date;
  windowEnd: Date | null | undefined;
};

/**
 * Marks the copies that a pull found to be other than what was pushed, or gone, and asks for each to be settled. Our
 * own writing has the ETag the write returned. After a reset, a copy within the window that was not listed is gone,
 * unless it was written since.
 */
export async function markDiverged(
  tx: Transaction,
  calendarId: string,
  { changed, deletedIds, existingIds, begunAt, windowEnd }: Seen,
): Promise<void> {
  if (changed.length === 0 && deletedIds.length === 0 && !existingIds) return;
  // A copy that somebody made repeat comes back as the occurrences of a series that has its id.
  const seen = changed.flatMap(({ id, seriesId, etag }) => [
    { id, etag },
    ...(seriesId === undefined ? [] : [{ id: seriesId, etag: null }]),
  ]);
  const isHere = sql`t.calendar_id = ${calendarId}::uuid`;
  const changedThere = sql`
    select t.id from unnest(${textArray(seen.map(({ id }) => id))}, ${textArray(seen.map(({ etag }) => etag))})
      as seen(id, etag) join appointment_targets t on t.remote_id = seen.id
    where ${isHere} and (seen.etag is null or t.etag is distinct from seen.etag)`;
  const deletedThere = sql`
    select t.id from appointment_targets t where ${isHere} and t.remote_id = any(${textArray(deletedIds)})`;
  const begun = sql`${begunAt.toISOString()}::timestamptz`;
  const notListed = sql`
    select t.id from appointment_targets t join appointments a on a.id = t.appointment_id
    where ${isHere} and t.remote_id is not null and t.pushed_at < ${begun} and a.ends_at > ${begun}
      and a.starts_at < ${windowEnd?.toISOString() ?? null}::timestamptz
      and not exists (
        select from unnest(${textArray(existingIds ?? [])}) as listed(id) where listed.id = t.remote_id)`;
  const parts = [changedThere, deletedThere, ...(existingIds ? [notListed] : [])];
  await mark(tx, sql.join(parts, sql` union `), begunAt);
}

/** A push was refused because the copy is no longer what it knew, or found so when it was done. */
export const markTargetDiverged = (tx: Transaction, targetId: string, now: Date): Promise<void> =>
  mark(tx, sql`select ${targetId}::uuid`, now);

async function mark(tx: Transaction, ids: SQL, now: Date): Promise<void> {
  await tx.execute(sql`
    with marked as (
      update appointment_targets set diverged_at = ${now.toISOString()}::timestamptz
      where id in (${ids}) and removed_at is null returning id
    )
    select inngest_send_event('target/diverged', json_build_object('targetId', id)::text) from marked`);
}

// A run that settles a copy, with its retries, takes minutes.
const graceMs = 15 * 60_000;

/** Ids of the targets that should have been settled by now, until a day after their meeting: then it is of no use. */
export async function listDiverged(now: Date): Promise<string[]> {
  const { lastEndsAt } = appointments;
  const rows = await database()
    .select({ id: appointmentTargets.id })
    .from(appointmentTargets)
    .innerJoin(appointments, eq(appointments.id, appointmentTargets.appointmentId))
    .where(
      and(
        or(isNull(lastEndsAt), gt(lastEndsAt, new Date(now.getTime() - 24 * 3_600_000))),
        isNotNull(appointmentTargets.divergedAt),
        lte(appointmentTargets.divergedAt, new Date(now.getTime() - graceMs)),
      ),
    );
  return rows.map(({ id }) => id);
}
