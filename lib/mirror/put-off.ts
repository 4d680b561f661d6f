import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointmentTargets } from "@/db/schema";
import type { AppError } from "@/lib/errors";
import { sentenceOf } from "@/lib/sync/log";
import type { Target } from "./copy";
import { takenUntil } from "./take";
import { askedMs, longestMs, minuteMs, waitAfter } from "./wait";

const settlingMs = 15 * minuteMs;

/** One that we have has failed. Where its appointment changed meanwhile it stays due at once. */
export async function putOff(target: Target, error: unknown, now: Date): Promise<void> {
  const attempts = target.attempts + 1;
  const due = new Date(now.getTime() + waitAfter(attempts, error));
  const { pushDueAt } = appointmentTargets;
  const isOurs = sql`${pushDueAt} = ${at(takenUntil(now))}`;
  await database()
    .update(appointmentTargets)
    .set({
      lastError: sentenceOf(error),
      attempts: sql`case when ${isOurs} then ${attempts} else ${appointmentTargets.attempts} end`,
      pushDueAt: sql`case when ${isOurs} then ${at(due)} else ${pushDueAt} end`,
    })
    .where(eq(appointmentTargets.id, target.id));
}

/**
 * What failed concerns the whole calendar: all that is due in it waits, but what somebody is just changing.
 * @returns how many that are, for each binding
 */
export async function putOffCalendar(calendarId: string, error: AppError, now: Date) {
  const wait = sql`greatest(least(${longestMs}, ${minuteMs} * power(2, least(attempts, 20))), ${askedMs(error)})`;
  return database().execute<{ bindingId: string | null; count: number }>(sql`
    with put_off as (
      update appointment_targets set attempts = attempts + 1, last_error = ${sentenceOf(error)},
        push_due_at = ${at(now)} + ${wait} * interval '1 millisecond'
      where id in (
        select id from appointment_targets
        where calendar_id = ${calendarId}::uuid and push_due_at <= ${at(now)}
          and (taken_until is null or taken_until <= ${at(now)})
        for no key update skip locked)
      returning binding_id
    )
    select binding_id as "bindingId", count(*)::int as count from put_off group by binding_id`);
}

/** Whoever settles it writes it, too; we look again in case nobody did. */
export const leaveToReconcile = (target: Target, now: Date): Promise<void> =>
  conclude(target, { pushDueAt: new Date(now.getTime() + settlingMs) }, now);

export const markDone = (target: Target, now: Date): Promise<void> =>
  conclude(target, { pushDueAt: null, attempts: 0, lastError: null }, now);

/** Unless it was made due anew meanwhile. */
async function conclude(
  { id }: Target,
  values: Partial<typeof appointmentTargets.$inferInsert>,
  now: Date,
): Promise<void> {
  await database()
    .update(appointmentTargets)
    .set(values)
    .where(
      sql`${appointmentTargets.id} = ${id} and ${appointmentTargets.pushDueAt} = ${at(takenUntil(now))}`,
    );
}

const at = (instant: Date) => sql`${instant.toISOString()}::timestamptz`;
