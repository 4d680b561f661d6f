import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { noteCalendarFailure } from "@/lib/notices/calendar";
import { sentenceOf } from "./log";

const pollEveryMs = 4.5 * 60_000;

/** A refused account is asked again ever more rarely, up to once an hour: some servers count wrong passwords. */
export async function noteFailure(calendarId: string, now: Date, error: unknown): Promise<void> {
  const { code, retryAfterSeconds = 0 } = error instanceof AppError ? error : {};
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
  await noteCalendarFailure(calendarId, now);
}
