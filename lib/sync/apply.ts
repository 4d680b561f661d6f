import { eq, type SQL, sql } from "drizzle-orm";
import { textArray } from "@/db/array";
import { database, type Transaction } from "@/db/client";
import { calendars } from "@/db/schema";
import { noteCalendarRecovery } from "@/lib/notices/calendar";
import { markDiverged } from "./diverged";
import { lockCalendar } from "./lock";
import type { Counts } from "./log";
import type { ChangePlan, EventRow } from "./plan";

type Calendar = typeof calendars.$inferSelect;
type Outcome = Pick<typeof calendars.$inferInsert, "windowStart" | "windowEnd" | "baselineDueAt"> & {
  lastSyncedAt: Date;
  nextSyncAt: SQL;
};

const rowsPerStatement = 5000;

/**
 * Applies a plan in one transaction, cursor and rows together (DESIGN 10). Returns null and changes nothing
 * when the plan is out of date: another pull has moved the cursor since `calendar` was read, or a new time zone of
 * the host asked for a fresh baseline.
 */
export async function applyChanges(
  calendar: Calendar,
  plan: ChangePlan,
  outcome: Outcome,
): Promise<Counts | null> {
  return database().transaction(async (tx) => {
    await lockCalendar(tx, calendar.id);
    const [current] = await tx
      .select({
        cursor: calendars.cursor,
        baselineDueAt: calendars.baselineDueAt,
        failingSince: calendars.failingSince,
      })
      .from(calendars)
      .where(eq(calendars.id, calendar.id))
      .for("no key update");
    const isCurrent =
      current?.cursor === calendar.cursor &&
      current.baselineDueAt?.getTime() === calendar.baselineDueAt?.getTime();
    if (!isCurrent) return null;

    const counts = {
      processed: plan.changed.length + plan.deletedIds.length,
      created: 0,
      updated: 0,
      deleted: 0,
    };
    for (let at = 0; at < plan.rows.length; at += rowsPerStatement) {
      const written = await upsert(tx, calendar, plan.rows.slice(at, at + rowsPerStatement));
      counts.created += written.created;
      counts.updated += written.updated;
    }
    await markDiverged(tx, calendar.id, {
      ...plan,
      begunAt: outcome.lastSyncedAt,
      windowEnd: outcome.windowEnd ?? calendar.windowEnd,
    });
    await forgetKnown(tx, calendar.id, plan.unchangedIds);
    counts.deleted = await (plan.existingIds ? sweep : removeGone)(tx, calendar.id, plan);
    await tx
      .update(calendars)
      .set({
        ...outcome,
        lastSyncedAt: laterOf(outcome.lastSyncedAt),
        cursor: plan.cursor,
        unreadable: plan.unreadable,
        lastError: null,
        errorCount: 0,
        failingSince: null,
      })
      .where(eq(calendars.id, calendar.id));
    await noteCalendarRecovery(tx, { ...calendar, failingSince: current.failingSince }, outcome.lastSyncedAt);
    return counts;
  });
}

/** A slow pull must not make the copy look older than a quicker one left it; a wrong clock must not make it look new. */
function laterOf(readAt: Date) {
  const instant = sql`${readAt.toISOString()}::timestamptz`;
  const isLater = sql`${calendars.lastSyncedAt} between ${instant} and ${instant} + interval '5 minutes'`;
  return sql`case when ${isLater} then ${calendars.lastSyncedAt} else ${instant} end`;
}

/** Writes only rows that are new or differ, so that cost and counts follow the change, not the calendar. */
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

/** Of our own copies nothing is kept that was read before we wrote them. Nobody deleted that, so it does not count. */
async function forgetKnown(tx: Transaction, calendarId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.execute(sql`
    delete from synced_events e using unnest(${textArray(ids)}) as known(id)
    where e.calendar_id = ${calendarId}::uuid and e.provider_event_id = known.id`);
}

/** Removes deleted events, all of deleted series, and the occurrences a changed event no longer has. */
async function removeGone(tx: Transaction, calendarId: string, plan: ChangePlan): Promise<number> {
  const touched = [...plan.deletedIds, ...plan.changed.map(({ id }) => id)];
  // One after the other, so that each takes its own index.
  const remove = async (column: SQL, ids: string[]) => {
    if (ids.length === 0) return 0;
    const result = await tx.execute(sql`
      delete from synced_events e
      where e.calendar_id = ${calendarId}::uuid and ${column} = any(${textArray(ids)}) and not ${isPlanned(plan)}`);
    return result.count;
  };
  const events = await remove(sql`e.provider_event_id`, touched);
  return events + (await remove(sql`e.series_id`, plan.deletedIds));
}

/** After a reset, what the provider did not list is gone; what it listed and nobody understood stays. */
async function sweep(tx: Transaction, calendarId: string, plan: ChangePlan): Promise<number> {
  const result = await tx.execute(sql`
    delete from synced_events e
    where e.calendar_id = ${calendarId}::uuid and not ${isPlanned(plan)}
      and e.provider_event_id <> all(${textArray(Object.keys(plan.unreadable))})`);
  return result.count;
}

const isPlanned = ({ rows }: ChangePlan) => sql`exists (
  select from unnest(${textArray(rows.map((row) => row.providerEventId))},
    ${textArray(rows.map((row) => row.occurrenceKey))}) as planned(id, key)
  where planned.id = e.provider_event_id and planned.key = e.occurrence_key
)`;
