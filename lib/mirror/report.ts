import { AppError } from "@/lib/errors";
import { noteConnectionStatus } from "@/lib/notices/connection";
import { type Counts, noChange, sentenceOf, writeRun } from "@/lib/sync/log";

export type Change = Exclude<keyof Counts, "processed">;
type BindingId = string | null;
type Entry = { counts: Counts; failures: number; error: string | null };

/**
 * What a push did in one calendar, and what failed, for each binding; `null` for what no binding wants: a booking's copy
 * in the destination calendar, and copies that are to go.
 */
export type Report = ReturnType<typeof beginReport>;

export function beginReport(calendarId: string, now: Date) {
  const begun = performance.now();
  const entries = new Map<BindingId, Entry>();
  let lets: "connected" | AppError | null = null;
  const entryOf = (bindingId: BindingId): Entry => {
    const entry = entries.get(bindingId) ?? { counts: { ...noChange }, failures: 0, error: null };
    entries.set(bindingId, entry);
    return entry;
  };
  const fail = (bindingId: BindingId, error: unknown, times: number) => {
    const entry = entryOf(bindingId);
    entry.counts.processed += times;
    entry.failures += times;
    entry.error ??= sentenceOf(error);
  };
  return {
    did(bindingId: BindingId, change: Change | null): void {
      const { counts } = entryOf(bindingId);
      counts.processed += 1;
      if (change) counts[change] += 1;
      lets = "connected";
    },
    failed(bindingId: BindingId, error: unknown): void {
      fail(bindingId, error, 1);
      if (error instanceof AppError && error.code === "reconnect") lets = error;
    },
    /** As many were not even tried, because of that. */
    leftOut(bindingId: BindingId, error: AppError, times: number): void {
      fail(bindingId, error, times);
    },
    /** Bindings for whose sake something failed. */
    failures(): string[] {
      return [...entries].flatMap(([id, { failures }]) => (id !== null && failures > 0 ? [id] : []));
    },
    total(): Counts {
      const total = { ...noChange };
      for (const { counts } of entries.values())
        for (const key of ["processed", "created", "updated", "deleted"] as const) total[key] += counts[key];
      return total;
    },
    /** Writes a row of the sync log for each binding. A run that had nothing to do writes none. */
    async write(): Promise<void> {
      const durationMs = Math.round(performance.now() - begun);
      let connectionId: string | null = null;
      for (const [bindingId, entry] of entries) {
        const run = { calendarId, bindingId, operation: "push", now, durationMs } as const;
        connectionId = await writeRun({ ...run, outcome: outcomeOf(entry) });
      }
      if (!connectionId || !lets) return;
      if (lets === "connected") await noteConnectionStatus(connectionId, "connected", null, now);
      else await noteConnectionStatus(connectionId, "reconnect", lets.message, now);
    },
  };
}

function outcomeOf({ counts, failures, error }: Entry) {
  if (error === null) return { status: "ok" as const, ...counts };
  const others = failures > 1 ? ` (and ${failures - 1} more)` : "";
  return { status: "error" as const, ...counts, error: `${error}${others}` };
}
