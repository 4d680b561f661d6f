import type { inngestRuns, inngestSteps } from "@/db/schema";
import { asJson, type Queryable } from "./connect";
import type { NewJob } from "./jobs";

export type Run = typeof inngestRuns.$inferSelect;
export type Memo = Pick<typeof inngestSteps.$inferSelect, "stepId" | "name" | "isError" | "value"> & {
  attempts?: number;
  startedAt?: Date | null;
};
export type NewRun = Pick<Run, "id" | "functionId" | "events" | "concurrencyKeys" | "concurrencyLimits"> & {
  idempotencyKey: string | null;
  singletonKey: string | null;
};
export type Loaded = { run: Run; memos: Memo[] };

/** The ids of the runs that were added; one whose idempotency key (for a day) or singleton key is taken is not. */
export async function insertRuns(tx: Queryable, runs: readonly NewRun[]): Promise<Set<string>> {
  if (runs.length === 0) return new Set();
  const keys = runs.flatMap((run) => run.idempotencyKey ?? []);
  if (keys.length > 0)
    await tx`
      update inngest_runs set idempotency_key = null
      where idempotency_key = any(${keys}) and created_at < clock_timestamp() - interval '24 hours'`;
  const rows = await tx<{ id: string }[]>`
    insert into inngest_runs
      (id, function_id, events, concurrency_keys, concurrency_limits, idempotency_key, singleton_key)
    select id, "functionId", events, "concurrencyKeys", "concurrencyLimits", "idempotencyKey", "singletonKey"
    from json_to_recordset(${asJson(runs)}::text::json) as run(
      id text, "functionId" text, events text, "concurrencyKeys" text[], "concurrencyLimits" integer[],
      "idempotencyKey" text, "singletonKey" text)
    on conflict do nothing
    returning id`;
  return new Set(rows.map((row) => row.id));
}

/** What the SDK needs to go on with these runs: the run, and its memory in the order it was made. */
export async function loadRuns(sql: Queryable, ids: readonly string[]): Promise<Map<string, Loaded>> {
  if (ids.length === 0) return new Map();
  const [runs, memos] = await Promise.all([
    sql<Run[]>`select * from inngest_runs where id = any(${[...ids]})`,
    sql<(Memo & { runId: string })[]>`
      select run_id, step_id, name, is_error, value from inngest_steps where run_id = any(${[...ids]})
      order by run_id, position`,
  ]);
  const loaded = new Map(runs.map((run) => [run.id, { run, memos: [] as Memo[] }]));
  for (const memo of memos) loaded.get(memo.runId)?.memos.push(memo);
  return loaded;
}

/** Holds the run for the transaction; null when it is over or gone. */
export async function lockActiveRun(tx: Queryable, id: string): Promise<Run | null> {
  const [run] = await tx<Run[]>`
    select * from inngest_runs where id = ${id} and status = 'running' for no key update`;
  return run ?? null;
}

export async function findActiveSingleton(tx: Queryable, key: string): Promise<string | null> {
  const [run] = await tx<{ id: string }[]>`
    select id from inngest_runs where singleton_key = ${key} and status = 'running'`;
  return run?.id ?? null;
}

export async function saveMemos(tx: Queryable, runId: string, memos: readonly Memo[]): Promise<void> {
  if (memos.length === 0) return;
  await tx`
    insert into inngest_steps (run_id, step_id, name, is_error, value, attempts, started_at)
    select ${runId}, "stepId", name, "isError", value, coalesce(attempts, 1), "startedAt"
    from json_to_recordset(${asJson(memos)}::text::json) as memo(
      "stepId" text, name text, "isError" boolean, value text, attempts integer, "startedAt" timestamptz)
    on conflict (run_id, step_id) do nothing`;
}

export async function updateProgress(
  tx: Queryable,
  { runId, pending, startedAt }: { runId: string; pending: readonly string[]; startedAt: Date | null },
): Promise<void> {
  await tx`
    update inngest_runs
    set pending = ${[...pending]}, is_plan_only = ${pending.length > 1}, started_at = coalesce(started_at, ${startedAt})
    where id = ${runId}`;
}

export type Ending = {
  runId: string;
  status: "completed" | "failed" | "cancelled";
  output: string | null;
  error: string | null;
  startedAt: Date | null;
};

/** Ends a run and drops whatever was still queued for it. */
export async function endRun(
  tx: Queryable,
  { runId, status, output, error, startedAt }: Ending,
): Promise<void> {
  await tx`
    update inngest_runs
    set status = ${status}, output = ${output}, error = ${error}, ended_at = clock_timestamp(), pending = '{}',
      started_at = coalesce(started_at, ${startedAt})
    where id = ${runId}`;
  await tx`delete from inngest_jobs where run_id = ${runId}`;
  await tx`delete from inngest_waits where run_id = ${runId}`;
}

/** The call that lets a run find out what comes next. A run has at most one. */
export function discovery(
  run: Pick<Run, "id" | "functionId" | "concurrencyKeys" | "concurrencyLimits">,
  due: Pick<NewJob, "delayMs" | "dueAt"> = {},
): NewJob {
  return { ...callOf(run), ...due, id: `${run.id}:discovery`, kind: "discovery" };
}

export function stepCall(run: Run, step: { id: string; name: string; lost: number }): NewJob {
  return {
    ...callOf(run),
    id: `${run.id}:${step.id}`,
    kind: "step",
    stepId: step.id,
    name: step.name,
    lost: step.lost,
  };
}

const callOf = ({ id, functionId, concurrencyKeys, concurrencyLimits }: Parameters<typeof discovery>[0]) => ({
  runId: id,
  functionId,
  concurrencyKeys,
  concurrencyLimits,
});
