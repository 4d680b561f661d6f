import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { lockCalendar } from "@/lib/sync/lock";

/** Makes the targets of a calendar those that are wanted there (db/functions/mirror.sql). A reading may mark them, too. */
export async function aimCalendar(calendarId: string): Promise<void> {
  await database().transaction(async (tx) => {
    await lockCalendar(tx, calendarId);
    await tx.execute(sql`select aim_targets(${calendarId}::uuid, null)`);
  });
}

/**
 * Why an account is not even asked: it has refused us, and some servers count wrong passwords. The readings try it now
 * and then; when it lets them in, what waited is pushed at once (lib/mirror/sweep).
 */
export async function findRefusal(calendarId: string): Promise<AppError | null> {
  const [row] = await database()
    .select({ status: calendarConnections.status, lastError: calendarConnections.lastError })
    .from(calendars)
    .innerJoin(calendarConnections, eq(calendarConnections.id, calendars.connectionId))
    .where(eq(calendars.id, calendarId));
  if (row?.status !== "reconnect") return null;
  return new AppError("reconnect", row.lastError ?? "This account wants to be connected again.");
}

/**
 * What a push came to, on each binding of its calendar: in step when nothing of it is left to do; else the error of what
 * failed most often.
 * @param failed ids of those for whose sake something failed in this push
 */
export async function noteBindings(calendarId: string, failed: string[], now: Date): Promise<void> {
  const hasFailed = sql`b.id = any(${sql.param(failed)}::uuid[])`;
  await database().execute(sql`
    with state as (
      select b.id, left_to_do.any as is_due, worst.last_error, case
          when worst.last_error is null then 0 when ${hasFailed} then b.error_count + 1 else b.error_count
        end as error_count
      from calendar_bindings b
      cross join lateral (
        select exists (select from appointment_targets where ${isLeftToDo}) as any
      ) left_to_do
      left join lateral (
        select last_error from appointment_targets
        where ${isLeftToDo} and attempts > 0
        order by attempts desc limit 1
      ) worst on true
      where b.calendar_id = ${calendarId}::uuid and b.is_enabled
    )
    update calendar_bindings b set last_error = state.last_error, error_count = state.error_count,
      last_synced_at = case when state.is_due then b.last_synced_at else ${now.toISOString()}::timestamptz end
    from state where b.id = state.id`);
}

// By calendar, as the index of what is due has it.
const isLeftToDo = sql`calendar_id = b.calendar_id and push_due_at is not null and binding_id = b.id`;

/** A calendar is read as long as something is bound to it, or copies that were lie there. */
export async function noteMirrored(calendarId: string): Promise<void> {
  await database().execute(sql`
    update calendars c set is_mirrored = not is_mirrored
    where id = ${calendarId}::uuid and is_mirrored <> (
      exists (select from calendar_bindings b where b.calendar_id = c.id and b.is_enabled)
      or exists (
        select from appointment_targets t
        where t.calendar_id = c.id and (t.removed_at is not null or not t.is_destination)))`);
}
