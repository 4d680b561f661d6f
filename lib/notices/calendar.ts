import { and, eq, isNotNull, lte, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import { isTold, isToldOften, queueNotice } from "./queue";

type Calendar = typeof calendars.$inferSelect;

// Runs are tried again within a minute, so failures cannot be counted; a short outage is nobody's business.
const patienceMs = 15 * 60_000;

/**
 * Tells the host that a calendar has failed for fifteen minutes, once per row of failures. Call it after each failure was noted on the
 * calendar. Calendars of an account that fail alike are one mail; those of an account that is to be reconnected get
 * theirs from that.
 */
export async function noteCalendarFailure(calendarId: string, now: Date): Promise<void> {
  await database().transaction(async (tx) => {
    const calendar = await findKeepsFailing(tx, calendarId, now);
    if (!calendar?.failingSince) return;
    const alike = await listFailingAlike(tx, calendar);
    if (await isTold(tx, alike.map(failureKey))) return;
    if (await isToldOften(tx, `calendar:${calendar.id}:failing:`, now)) return;
    await queueNotice(
      tx,
      {
        key: failureKey(calendar),
        change: { kind: "calendar_failing", reason: calendar.lastError },
        since: calendar.failingSince,
        connectionId: calendar.connectionId,
        calendarIds: alike.map(({ id }) => id),
        link: "/connections",
      },
      now,
    );
  });
}

/** Tells the host that a calendar is read again, if its failure was told. `before`: as it was while it failed. */
export async function noteCalendarRecovery(
  tx: Transaction,
  before: Pick<Calendar, "id" | "connectionId" | "failingSince" | "isSubscribed">,
  now: Date,
): Promise<void> {
  const { id, connectionId, failingSince, isSubscribed } = before;
  if (!failingSince || !(await isTold(tx, [failureKey(before)]))) return;
  await queueNotice(
    tx,
    {
      key: `calendar:${id}:working:${failingSince.toISOString()}`,
      change: { kind: "calendar_working" },
      since: failingSince,
      connectionId,
      calendarIds: [id],
      link: isSubscribed ? "/subscriptions" : "/connections",
    },
    now,
  );
}

/** Null while it may still be a passing trouble. Locks the account, so that of two calendars failing alike one tells. */
async function findKeepsFailing(tx: Transaction, calendarId: string, now: Date): Promise<Calendar | null> {
  const [row] = await tx
    .select({ calendar: calendars })
    .from(calendars)
    .innerJoin(calendarConnections, eq(calendarConnections.id, calendars.connectionId))
    .where(
      and(
        eq(calendars.id, calendarId),
        eq(calendarConnections.status, "connected"),
        isUsed,
        lte(calendars.failingSince, new Date(now.getTime() - patienceMs)),
      ),
    )
    .for("no key update", { of: calendarConnections });
  return row?.calendar ?? null;
}

/** The calendar itself, and those of its account in the same trouble. */
async function listFailingAlike(tx: Transaction, { connectionId, lastError }: Calendar) {
  return tx
    .select({ id: calendars.id, failingSince: calendars.failingSince })
    .from(calendars)
    .where(
      and(
        eq(calendars.connectionId, connectionId),
        isNotNull(calendars.failingSince),
        sql`${calendars.lastError} is not distinct from ${lastError}`,
        isUsed,
      ),
    );
}

const isUsed = sql`(${calendars.checksConflicts} or ${calendars.isDestination})`;

/** Names one row of failures. */
export const failureKey = ({ id, failingSince }: Pick<Calendar, "id" | "failingSince">) =>
  `calendar:${id}:failing:${failingSince?.toISOString()}`;
