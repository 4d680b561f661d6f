import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendars } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { noteConnectionStatus } from "@/lib/notices/connection";

export type Counts = { processed: number; created: number; updated: number; deleted: number };
export const noChange: Counts = { processed: 0, created: 0, updated: 0, deleted: 0 };

type Operation = "pull" | "push" | "reconcile" | "watch";
type Outcome = Partial<Counts> & {
  status: "ok" | "error";
  error?: string;
  detail?: Record<string, unknown> | undefined;
};

/**
 * Runs `work` and writes one sync log row about it (SPEC B11), whether it succeeds or throws, unless it succeeds and is
 * no news; `detail` is what a person may want back. Refused credentials mark the connection, so that the host is asked
 * to reconnect; a success takes the mark away again.
 */
export async function logRun<
  T extends { counts: Counts; detail?: Record<string, unknown>; isNews?: boolean },
>(
  calendarId: string,
  operation: Operation,
  now: Date,
  work: () => Promise<T>,
  bindingId: string | null = null,
): Promise<T> {
  const begun = performance.now();
  const durationMs = () => Math.round(performance.now() - begun);
  const write = (outcome: Outcome) =>
    writeRun({ calendarId, bindingId, operation, now, durationMs: durationMs(), outcome });
  let result: T;
  try {
    result = await work();
  } catch (error) {
    const connectionId = await write({ status: "error", error: sentenceOf(error) });
    if (connectionId && error instanceof AppError && error.code === "reconnect")
      await noteConnectionStatus(connectionId, "reconnect", error.message, now);
    throw error;
  }
  const connectionId =
    result.isNews === false
      ? await findConnectionId(calendarId)
      : await write({ status: "ok", ...result.counts, detail: result.detail });
  if (connectionId) await noteConnectionStatus(connectionId, "connected", null, now);
  return result;
}

async function findConnectionId(calendarId: string): Promise<string | undefined> {
  const [row] = await database()
    .select({ id: calendars.connectionId })
    .from(calendars)
    .where(eq(calendars.id, calendarId));
  return row?.id;
}

/** What a person may read about a failure. Unexpected errors may carry anything, so they stay in the server's log. */
export function sentenceOf(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : "Something went wrong on our side; the server's log has it.";
}

type Run = {
  calendarId: string;
  /** For whose sake; null for none, or none that is left. */
  bindingId?: string | null;
  operation: Operation;
  now: Date;
  durationMs: number;
  outcome: Outcome;
};

/** One row. Says which account it was. Writes nothing when the calendar was disconnected meanwhile. */
export async function writeRun(run: Run): Promise<string | null> {
  const { calendarId, bindingId = null, operation, now, durationMs, outcome } = run;
  const { status, error = null, processed, created, updated, deleted, detail } = { ...noChange, ...outcome };
  const [written] = await database().execute<{ connection_id: string }>(sql`
    with binding as (select id from calendar_bindings where id = ${bindingId}::uuid for key share)
    insert into sync_logs (host_id, connection_id, calendar_id, binding_id, operation, status, processed, created, updated, deleted,
      duration_ms, error, detail, started_at)
    select host_id, connection_id, id, (select id from binding), ${operation}, ${status}, ${processed}, ${created}, ${updated}, ${deleted},
      ${durationMs}, ${error}, ${detail ? JSON.stringify(detail) : null}::text::jsonb, ${now.toISOString()}
    from calendars where id = ${calendarId} for key share
    returning connection_id`);
  return written?.connection_id ?? null;
}
