import { and, asc, eq, not, type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendars } from "@/db/schema";
import { isHealthy, isRead } from "@/lib/channels/health";
import { isPullAsked } from "./request";

/** As the index calendars_next_sync_at finds it. What is due in more than a day was put there by a wrong clock. */
export const isDue = (now: Date): SQL<boolean> => sql<boolean>`(
  ${isRead} and not ${calendars.isSubscribed}
  and (next_sync_at <= ${instant(now)} or next_sync_at > ${instant(now)} + interval '1 day')
  and not ${isPullAsked(now)})`;

/**
 * The same for feeds, by the same index. They may wait for a week, and a wish to read one is waited for longer: so few are
 * read at once that they may stand in a queue.
 */
export const isFeedDue = (now: Date): SQL<boolean> => sql<boolean>`(
  ${isRead} and ${calendars.isSubscribed}
  and (next_sync_at <= ${instant(now)} or next_sync_at > ${instant(now)} + interval '8 days')
  and not coalesce(${calendars.syncRequestedAt} between ${instant(now)} - interval '1 hour'
    and ${instant(now)} + interval '1 minute', false))`;

/** A refused account is asked ever more rarely, up to once an hour: some servers count wrong passwords. */
const patience = sql`case calendar_connections.status
  when 'reconnect' then least(power(2, ${calendars.errorCount}), 12) else 1 end`;

// All of them are asked for in one request, and an Inngest server bounds what it takes in one.
const batch = 2000;

/**
 * Takes the calendars that are read and due for a poll (SPEC B5), at most a batch, the longest overdue first. Each is
 * due again after its interval, so that polls of a slow one do not pile up; one that waits for a pull anyway is left to
 * that.
 */
export const takeDueCalendars = (now: Date): Promise<string[]> =>
  take(isDue(now), nextPullAt(now, patience), now);

/** The same for the feeds that are due for a refresh (SPEC D3). */
export const takeDueFeeds = (now: Date): Promise<string[]> => take(isFeedDue(now), nextRefreshAt(now), now);

async function take(isTaken: SQL, next: SQL, now: Date): Promise<string[]> {
  const rows = await database().execute<{ id: string }>(sql`
    with due as (
      select id from calendars where ${isTaken} order by next_sync_at limit ${batch} for no key update skip locked)
    update calendars set next_sync_at = ${next}, sync_requested_at = ${instant(now)}
    from due, calendar_connections
    where calendars.id = due.id and calendar_connections.id = calendars.connection_id
      and calendar_connections.status <> 'disconnecting'
    returning calendars.id`);
  return rows.map((row) => row.id);
}

/** When the calendar of the row at hand is to be read next, after it was read. */
export const nextPollAt = (now: Date): SQL<Date> => sql<Date>`(
  case when ${calendars.isSubscribed} then ${nextRefreshAt(now)} else ${nextPullAt(now)} end)`;

/**
 * In 5 minutes times `patience`; in 30 while notifications can be relied on, or half the time its host lets it go
 * unread if that is less. Each time up to a quarter sooner, so that calendars which were connected together do not stay
 * together.
 */
const nextPullAt = (now: Date, patience: SQL = sql`1`): SQL<Date> => sql<Date>`(
  select ${instant(now)} + (1 - random() / 4) * interval '1 minute' * greatest(5 * ${patience},
    case when exists (select from sync_channels where calendar_id = ${calendars.id} and ${isHealthy(now)})
      then least(30, max_staleness_minutes / 2.0) end)
  from users where users.id = ${calendars.hostId})`;

/** After the interval of the feed, or up to a tenth sooner. */
const nextRefreshAt = (now: Date): SQL<Date> => sql<Date>`(
  ${instant(now)} + (1 - random() / 10) * interval '1 minute' * get_refresh_minutes(${calendars.id}))`;

/** Ids of the calendars that block a booking's host, whatever their state: an unreadable one must fail the run. */
export async function listConflictCalendars(hostId: string): Promise<string[]> {
  const rows = await database()
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(isBlocking(hostId), not(calendars.isSubscribed)))
    .orderBy(asc(calendars.id));
  return rows.map((row) => row.id);
}

// A visitor waits while they are read.
const mostFeeds = 20;

/** Ids of the feeds that block a booking's host, work, and were not read within five minutes; the oldest reading first. */
export async function listFeedsToRead(hostId: string, now: Date): Promise<string[]> {
  const { id, isSubscribed, isEnabled, errorCount, lastSyncedAt } = calendars;
  const works = and(isSubscribed, isEnabled, eq(errorCount, 0));
  const isOld = sql`not coalesce(${lastSyncedAt} between ${instant(now)} - interval '5 minutes'
    and ${instant(now)} + interval '5 minutes', false)`;
  const rows = await database()
    .select({ id })
    .from(calendars)
    .where(and(isBlocking(hostId), works, isOld))
    .orderBy(sql`${lastSyncedAt} nulls first`)
    .limit(mostFeeds);
  return rows.map((row) => row.id);
}

const isBlocking = (hostId: string) => and(eq(calendars.hostId, hostId), calendars.checksConflicts);

const instant = (now: Date) => sql`${now.toISOString()}::timestamptz`;
