import { and, eq, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { noteCalendarFailure } from "@/lib/notices/calendar";
import { noteFeedFailure } from "@/lib/notices/feed";
import { planAfterFailure } from "@/lib/subscriptions/plan-refresh";
import { sentenceOf } from "./log";
import type { Read } from "./still";

type Calendar = typeof calendars.$inferSelect;
type Failure = { code?: AppError["code"]; retryAfterSeconds?: number | undefined };

const pollEveryMs = 4.5 * 60_000;
// No run takes as long; a reading from further ahead is the mark of a clock that was wrong.
const longestRunMs = 15 * 60_000;

/**
 * What a failed reading means for a calendar: its error, when it is tried again, and what its host is told.
 * @param read what the reading set out from, if it got so far
 */
export async function noteFailure(
  calendarId: string,
  now: Date,
  error: unknown,
  read: Read | null = null,
): Promise<void> {
  if (await noteFailedRefresh(calendarId, now, error, read)) return;
  await notePullFailure(calendarId, now, error);
  await noteCalendarFailure(calendarId, now);
}

/** A refused account is asked again ever more rarely, up to once an hour: some servers count wrong passwords. */
async function notePullFailure(calendarId: string, now: Date, error: unknown): Promise<void> {
  const { code, retryAfterSeconds = 0 } = failureOf(error);
  const patience = code === "reconnect" ? sql`least(power(2, ${calendars.errorCount}), 12)` : sql`1`;
  const asked = new Date(now.getTime() + retryAfterSeconds * 1000).toISOString();
  await database()
    .update(calendars)
    .set({
      lastError: sentenceOf(error),
      errorCount: sql`${calendars.errorCount} + 1`,
      failingSince: sql`coalesce(${calendars.failingSince}, ${now.toISOString()}::timestamptz)`,
      nextSyncAt: sql`greatest(${asked}::timestamptz,
        ${now.toISOString()}::timestamptz + ${pollEveryMs} * ${patience} * interval '1 millisecond')`,
    })
    .where(eq(calendars.id, calendarId));
}

/** @returns whether the calendar is the feed of a subscription; those are tried ever more rarely, and given up in the end */
async function noteFailedRefresh(
  calendarId: string,
  now: Date,
  error: unknown,
  read: Read | null,
): Promise<boolean> {
  return database().transaction(async (tx) => {
    const [feed] = await tx
      .select({ calendar: calendars, intervalMinutes: sql<number>`get_refresh_minutes(${calendars.id})` })
      .from(calendars)
      .where(and(eq(calendars.id, calendarId), calendars.isSubscribed))
      .for("no key update");
    if (!feed) return false;
    if (!isNews(feed.calendar, now) || (read && !(await isFirstToSay(tx, feed.calendar, read)))) return true;
    const failures = feed.calendar.errorCount + 1;
    const { code, retryAfterSeconds } = failureOf(error);
    const maxFailures = env().SUBSCRIPTION_MAX_FAILURES;
    const { intervalMinutes } = feed;
    const failed = { failures, maxFailures, intervalMinutes, code, retryAfterSeconds };
    const [noted] = await tx
      .update(calendars)
      .set({
        ...planAfterFailure(failed, now, Math.random()),
        lastError: sentenceOf(error),
        errorCount: failures,
        failingSince: feed.calendar.failingSince ?? now,
      })
      .where(eq(calendars.id, calendarId))
      .returning();
    if (noted) await noteFeedFailure(tx, noted, now);
    return true;
  });
}

/** A refresh that another has overtaken, or that was under way when the feed was given up, says nothing any more. */
function isNews({ isEnabled, lastSyncedAt }: Calendar, now: Date): boolean {
  const ahead = lastSyncedAt ? lastSyncedAt.getTime() - now.getTime() : 0;
  return isEnabled && !(ahead > 0 && ahead < longestRunMs);
}

/**
 * Not where the feed has another address since, or another reading has noted meanwhile how it is: bookings that come
 * together all read it, and one accident counts once.
 */
async function isFirstToSay(tx: Transaction, { connectionId, errorCount }: Calendar, read: Read) {
  const [connection] = await tx
    .select({ account: calendarConnections.account })
    .from(calendarConnections)
    .where(eq(calendarConnections.id, connectionId));
  return connection?.account === read.account && errorCount === read.calendar.errorCount;
}

const failureOf = (error: unknown): Failure => (error instanceof AppError ? error : {});
