import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars, users } from "@/db/schema";
import { failureKey } from "./calendar";
import { isTold, isToldOften, queueNotice } from "./queue";

type Calendar = typeof calendars.$inferSelect;

/**
 * Tells the host that a feed was given up; and before that, once per row of failures, that it will close his booking
 * pages before it is even tried again. A feed that is away for a while is no mail otherwise.
 * @param calendar as it is once the failure was noted
 */
export async function noteFeedFailure(tx: Transaction, calendar: Calendar, now: Date): Promise<void> {
  if (!calendar.isEnabled) return tell(tx, calendar, "subscription_disabled", givenUpKey(calendar), now);
  if (!(await closesBeforeNextTry(tx, calendar))) return;
  if (await isTold(tx, [failureKey(calendar)])) return;
  if (await isToldOften(tx, `calendar:${calendar.id}:failing:`, now)) return;
  await tell(tx, calendar, "calendar_failing", failureKey(calendar), now);
}

/** Where it blocks bookings; by what find_stale_calendar goes by, too. */
async function closesBeforeNextTry(tx: Transaction, calendar: Calendar): Promise<boolean> {
  const { id, checksConflicts, lastSyncedAt, nextSyncAt } = calendar;
  if (!checksConflicts) return false;
  if (!lastSyncedAt) return true;
  const [row] = await tx
    .select({ minutes: sql<number>`get_patience_minutes(calendars, ${users.maxStalenessMinutes})` })
    .from(calendars)
    .innerJoin(users, eq(users.id, calendars.hostId))
    .where(eq(calendars.id, id));
  return row !== undefined && nextSyncAt.getTime() > lastSyncedAt.getTime() + row.minutes * 60_000;
}

async function tell(
  tx: Transaction,
  { id, connectionId, failingSince, lastError }: Calendar,
  kind: "subscription_disabled" | "calendar_failing",
  key: string,
  now: Date,
): Promise<void> {
  const change = { kind, reason: lastError };
  const since = failingSince ?? now;
  await queueNotice(tx, { key, change, since, connectionId, calendarIds: [id], link: "/subscriptions" }, now);
}

const givenUpKey = ({ id, failingSince }: Calendar) =>
  `calendar:${id}:given-up:${failingSince?.toISOString()}`;
