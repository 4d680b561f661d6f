import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { Day } from "@/lib/time";
import type { BusyItem, Judged } from "./reasons";
import type { Subject } from "./subject";

/** What the SQL functions behind get_available_slots say, one by one: days, hours, busy items and judged starts. */

export type Range = { startsAt: Date; endsAt: Date };
export type OpenHours = Range & { source: "rule" | "override" };

export async function getDay(tx: Transaction, { scheduleId, rules }: Subject, day: Day) {
  const [row] = await tx.execute<{ starts_at: string; ends_at: string; is_overridden: boolean }>(sql`
    select starts_at, ends_at, exists (
      select from schedule_overrides o where o.schedule_id = ${scheduleId}::uuid and o.day = ${day}::date
    ) as is_overridden
    from get_local_days(${rules.timeZone}, ${day}::date, ${day}::date)`);
  if (!row) throw new Error(`The day ${day} was not found.`);
  return { ...rangeOf(row), isOverridden: row.is_overridden };
}

export async function listOpenHours(
  tx: Transaction,
  { scheduleId, rules }: Subject,
  day: Day,
  { startsAt, endsAt }: Range,
): Promise<OpenHours[]> {
  const rows = await tx.execute<RangeRow & { source: OpenHours["source"] }>(sql`
    select starts_at, ends_at, source
    from get_open_hours(${scheduleId}::uuid, ${rules.timeZone}, ${day}::date - 2, ${day}::date + 1)
    where starts_at < ${endsAt.toISOString()}::timestamptz and ends_at > ${startsAt.toISOString()}::timestamptz
    order by starts_at, ends_at`);
  return rows.map((row) => ({ ...rangeOf(row), source: row.source }));
}

export async function listBusy(
  tx: Transaction,
  { hostId, durationMinutes, rules }: Subject,
  { startsAt, endsAt }: Range,
): Promise<BusyItem[]> {
  const from = new Date(startsAt.getTime() - rules.bufferBeforeMinutes * 60_000);
  const to = new Date(endsAt.getTime() + (durationMinutes + rules.bufferAfterMinutes) * 60_000);
  const rows = await tx.execute<BusyRow>(sql`
    select kind, title, calendar, read_at, is_all_day, starts_at, ends_at,
      buffer_before_minutes, buffer_after_minutes
    from get_busy_items(${hostId}::uuid,
      tstzrange(${from.toISOString()}::timestamptz, ${to.toISOString()}::timestamptz))
    order by starts_at, ends_at, title`);
  return rows.map((row) => ({
    ...rangeOf(row),
    kind: row.kind,
    title: row.title,
    calendar: row.calendar,
    readAt: row.read_at ? new Date(row.read_at) : null,
    isAllDay: row.is_all_day,
    bufferBeforeMinutes: row.buffer_before_minutes,
    bufferAfterMinutes: row.buffer_after_minutes,
  }));
}

/** @param at is judged even where it is no start of the grid */
export async function judge(
  tx: Transaction,
  { eventTypeId, durationMinutes, now }: Subject,
  { startsAt, endsAt }: Range,
  at: Date | null = null,
): Promise<Judged[]> {
  const rows = await tx.execute<JudgedRow>(sql`
    select * from get_starts(${eventTypeId}::uuid, ${startsAt.toISOString()}::timestamptz,
      ${endsAt.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz, ${durationMinutes}::integer,
      null, ${at?.toISOString() ?? null}::timestamptz)
    order by starts_at`);
  return rows.map((row) => ({
    ...rangeOf(row),
    isOutsideHours: row.is_outside_hours,
    isOffGrid: row.is_off_grid,
    isStale: row.is_stale,
    isTooSoon: row.is_too_soon,
    isOutsideWindow: row.is_outside_window,
    isDayFull: row.is_day_full,
    isWeekFull: row.is_week_full,
    areMinutesFull: row.are_minutes_full,
  }));
}

type RangeRow = { starts_at: string; ends_at: string };

type BusyRow = RangeRow & {
  kind: BusyItem["kind"];
  title: string;
  calendar: string | null;
  read_at: string | null;
  is_all_day: boolean;
  buffer_before_minutes: number;
  buffer_after_minutes: number;
};

type JudgedRow = RangeRow & {
  is_outside_hours: boolean;
  is_off_grid: boolean;
  is_stale: boolean;
  is_too_soon: boolean;
  is_outside_window: boolean;
  is_day_full: boolean;
  is_week_full: boolean;
  are_minutes_full: boolean;
};

function rangeOf({ starts_at, ends_at }: RangeRow): Range {
  return { startsAt: new Date(starts_at), endsAt: new Date(ends_at) };
}
