import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { findStaleCalendar } from "./closed";
import type { Rules } from "./reasons";

/** What is asked about: an event type of the viewer's, one of its lengths, and the moment of asking. */
export type Subject = {
  eventTypeId: string;
  hostId: string;
  scheduleId: string;
  durationMinutes: number;
  rules: Rules;
  now: Date;
};

type Asked = {
  viewer: Viewer;
  eventTypeId: string;
  durationMinutes: number | undefined;
  now: Date;
};

/** @throws AppError not_found without such an event type, invalid for a length it does not have */
export async function getSubject(
  tx: Transaction,
  { viewer, eventTypeId, durationMinutes, now }: Asked,
): Promise<Subject> {
  const [row] = await tx.execute<{
    schedule_id: string;
    duration_minutes: number;
    is_offered: boolean;
    rules: Omit<Rules, "stale">;
  }>(sql`
    select t.schedule_id, coalesce(${durationMinutes ?? null}::integer, t.duration_minutes) as duration_minutes,
      coalesce(${durationMinutes ?? null}::integer = any (t.duration_minutes || t.other_durations), true) as is_offered,
      json_build_object(
        'slotIntervalMinutes', t.slot_interval_minutes, 'minimumNoticeMinutes', t.minimum_notice_minutes,
        'bufferBeforeMinutes', t.buffer_before_minutes, 'bufferAfterMinutes', t.buffer_after_minutes,
        'dailyLimit', t.daily_limit, 'weeklyLimit', t.weekly_limit, 'dailyMinutesLimit', t.daily_minutes_limit,
        'firstDay', bookable.first_day, 'lastDay', bookable.last_day, 'timeZone', local.zone
      ) as rules
    from event_types t
    join schedules s on s.id = t.schedule_id
    join users u on u.id = t.host_id
    cross join lateral (select coalesce(s.time_zone, u.time_zone) as zone) local
    cross join lateral get_booking_window(t, (${now.toISOString()}::timestamptz at time zone local.zone)::date) bookable
    where t.id = ${eventTypeId}::uuid and t.host_id = ${viewer.userId}::uuid`);
  if (!row) throw new AppError("not_found", "This event type does not exist.");
  if (!row.is_offered)
    throw new AppError("invalid", "This length is not offered.", { field: "durationMinutes" });
  const stale = await findStaleCalendar(tx, viewer.userId, now);
  return {
    eventTypeId,
    hostId: viewer.userId,
    scheduleId: row.schedule_id,
    durationMinutes: row.duration_minutes,
    rules: { ...row.rules, stale: stale && { calendar: stale.name, lastSyncedAt: stale.lastSyncedAt } },
    now,
  };
}
