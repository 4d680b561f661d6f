import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections, type calendars, syncLogs } from "@/db/schema";
import { AppError } from "@/lib/errors";

export type Counts = { processed: number; created: number; updated: number; deleted: number };
export const noChange: Counts = { processed: 0, created: 0, updated: 0, deleted: 0 };

type Run = {
  calendar: Pick<typeof calendars.$inferSelect, "id" | "hostId" | "connectionId">;
  operation: "pull" | "push";
  now: Date;
};

/**
 * Runs `work` and writes one sync log row about it (SPEC B11), whether it succeeds or throws. Refused
 * credentials also mark the connection, so that the host is asked to reconnect.
 */
export async function logRun<T extends { counts: Counts }>(run: Run, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    const result = await work();
    await writeRow(run, begun, { status: "ok", ...result.counts });
    return result;
  } catch (error) {
    await writeRow(run, begun, { status: "error", error: sentenceOf(error) });
    if (error instanceof AppError && error.code === "reconnect") await askToReconnect(run, error);
    throw error;
  }
}

/** What a person may read about a failure. Unexpected errors may carry anything, so they stay in the server's log. */
export function sentenceOf(error: unknown): string {
  return error instanceof AppError
    ? error.message
    : "Something went wrong on our side; the server's log has it.";
}

async function writeRow(
  { calendar, operation, now }: Run,
  begun: number,
  outcome: Partial<typeof syncLogs.$inferInsert> & { status: "ok" | "error" },
): Promise<void> {
  await database()
    .insert(syncLogs)
    .values({
      hostId: calendar.hostId,
      connectionId: calendar.connectionId,
      calendarId: calendar.id,
      operation,
      startedAt: now,
      durationMs: Math.round(performance.now() - begun),
      ...outcome,
    });
}

async function askToReconnect({ calendar }: Run, error: AppError): Promise<void> {
  await database()
    .update(calendarConnections)
    .set({ status: "reconnect", lastError: error.message })
    .where(eq(calendarConnections.id, calendar.connectionId));
}
