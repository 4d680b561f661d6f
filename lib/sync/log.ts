import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";

export type Counts = { processed: number; created: number; updated: number; deleted: number };
export const noChange: Counts = { processed: 0, created: 0, updated: 0, deleted: 0 };

type Operation = "pull" | "push";
type Outcome = Partial<Counts> & { status: "ok" | "error"; error?: string };

/**
 * Runs `work` and writes one sync log row about it (SPEC B11), whether it succeeds or throws. Refused credentials
 * mark the connection, so that the host is asked to reconnect; a success takes the mark away again.
 */
export async function logRun<T extends { counts: Counts }>(
  calendarId: string,
  operation: Operation,
  now: Date,
  work: () => Promise<T>,
): Promise<T> {
  const begun = performance.now();
  const write = (outcome: Outcome) =>
    writeRow({ calendarId, operation, now, durationMs: Math.round(performance.now() - begun), outcome });
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await write({ status: "error", error: sentenceOf(error) });
    if (error instanceof AppError && error.code === "reconnect") {
      await markConnection(calendarId, "reconnect", error.message);
    }
    throw error;
  }
  await write({ status: "ok", ...result.counts });
  await markConnection(calendarId, "connected", null);
  return result;
}

/** What a person may read about a failure. Unexpected errors may carry anything, so they stay in the server's log. */
export function sentenceOf(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : "Something went wrong on our side; the server's log has it.";
}

type Row = { calendarId: string; operation: Operation; now: Date; durationMs: number; outcome: Outcome };

/** Writes nothing when the calendar was disconnected meanwhile. */
async function writeRow({ calendarId, operation, now, durationMs, outcome }: Row): Promise<void> {
  const { status, error = null, processed, created, updated, deleted } = { ...noChange, ...outcome };
  await database().execute(sql`
    insert into sync_logs (host_id, connection_id, calendar_id, operation, status, processed, created, updated, deleted,
      duration_ms, error, started_at)
    select host_id, connection_id, id, ${operation}, ${status}, ${processed}, ${created}, ${updated}, ${deleted},
      ${durationMs}, ${error}, ${now.toISOString()}
    from calendars where id = ${calendarId} for key share`);
}

async function markConnection(
  calendarId: string,
  status: "connected" | "reconnect",
  lastError: string | null,
): Promise<void> {
  const connection = database()
    .select({ id: calendars.connectionId })
    .from(calendars)
    .where(eq(calendars.id, calendarId));
  await database()
    .update(calendarConnections)
    .set({ status, lastError })
    .where(and(inArray(calendarConnections.id, connection), ne(calendarConnections.status, status)));
}
