import type { EngineFunction } from "./function-config";
import { type Change, type Memory, planChange } from "./plan";
import type { Answer, WireError } from "./protocol";
import { type Queryable, type Sql, together } from "./store/connect";
import { insertEvents } from "./store/events";
import { endJob, insertJobs, type Job, retryJob } from "./store/jobs";
import { discovery, endRun, lockActiveRun, type Run, saveMemos, updateProgress } from "./store/runs";
import { endWait, insertWaits } from "./store/waits";

type Result = { job: Job; fn: EngineFunction; answer: Answer; memory: Memory };
export type ApplyContext = {
  sql: Sql;
  functions: ReadonlyMap<string, EngineFunction>;
  retryDelayMs: number | undefined;
};

class LostLease extends Error {}

/**
 * Writes what a call brought, in one transaction and only under the lease it was made with.
 * @returns what changed; null when the lease or the run was gone and the answer is void
 */
export async function applyAnswer(
  context: ApplyContext,
  { job, fn, answer, memory }: Result,
): Promise<Change | null> {
  return underLease(context.sql, job, async (tx, run) => {
    const { retryDelayMs } = context;
    const change = planChange({ run, job, fn, answer, memory, now: new Date(), retryDelayMs });
    if (change.type === "retry") {
      await retryJob(tx, job, change.delayMs, JSON.stringify(change.error));
      return change;
    }
    // Sent without waiting for one another: one trip to the database.
    await together([
      requireLease(tx, job),
      ...(change.type === "progress"
        ? writeProgress(tx, run, job, change)
        : writeEnd(context, tx, run, job, change)),
    ]);
    return change;
  });
}

function writeProgress(tx: Queryable, run: Run, job: Job, change: Change & { type: "progress" }) {
  return [
    saveMemos(tx, run.id, change.memos),
    updateProgress(tx, { runId: run.id, pending: change.pending, startedAt: job.leasedAt }),
    insertWaits(tx, change.waits),
    insertJobs(tx, change.jobs),
  ];
}

function writeEnd(
  { functions }: ApplyContext,
  tx: Queryable,
  run: Run,
  job: Job,
  change: Change & { type: "end" },
) {
  const error = change.status === "failed" ? change.error : null;
  return [
    endRun(tx, {
      runId: run.id,
      status: change.status,
      output: change.status === "completed" ? change.output : null,
      error: error && JSON.stringify(error),
      startedAt: job.leasedAt,
    }),
    ...(error && hasListener(functions, run) ? [insertEvents(tx, [failedEvent(run, error)])] : []),
  ];
}

/** A sleep or a wait is over: its step ends with `value` (JSON), and the run goes on when it was the last. */
export async function applyTimer(context: ApplyContext, job: Job): Promise<unknown> {
  return underLease(context.sql, job, async (tx, run) => {
    const stepId = job.stepId ?? "";
    await together([
      requireLease(tx, job),
      endWait(tx, run.id, stepId),
      completeStep(tx, run, { stepId, name: job.name ?? stepId, value: "null" }),
    ]);
    return run;
  });
}

export async function completeStep(
  tx: Queryable,
  run: Run,
  { stepId, name, value }: { stepId: string; name: string; value: string },
): Promise<void> {
  const pending = run.pending.filter((id) => id !== stepId);
  await together([
    saveMemos(tx, run.id, [{ stepId, name, isError: false, value }]),
    updateProgress(tx, { runId: run.id, pending, startedAt: null }),
    insertJobs(tx, pending.length === 0 ? [discovery(run)] : []),
  ]);
}

async function underLease<T>(
  sql: Sql,
  job: Job,
  work: (tx: Queryable, run: Run) => Promise<T>,
): Promise<T | null> {
  try {
    return (await sql.begin(async (tx) => {
      const run = await lockActiveRun(tx, job.runId ?? "");
      if (!run) throw new LostLease();
      return work(tx, run);
    })) as T;
  } catch (error) {
    if (error instanceof LostLease) return null;
    throw error;
  }
}

async function requireLease(tx: Queryable, job: Job): Promise<void> {
  if (!(await endJob(tx, job))) throw new LostLease();
}

const failureEvent = "inngest/function.failed";

function hasListener(functions: ApplyContext["functions"], run: Run): boolean {
  const [event] = JSON.parse(run.events) as { name: string }[];
  if (event?.name === failureEvent) return false;
  return [...functions.values()].some(
    (fn) => fn.events.includes(failureEvent) && (fn.failureOf ?? run.functionId) === run.functionId,
  );
}

/** As the server sends it; `error.error` has this value there whatever failed. */
function failedEvent(run: Run, error: WireError) {
  const events = JSON.parse(run.events) as unknown[];
  const data = {
    function_id: run.functionId,
    run_id: run.id,
    event: events[0],
    events,
    error: { error: "NonRetriableError", ...error },
    result: { ...error, __serialized: true },
    _inngest: { status: "Failed" },
  };
  return { id: run.id, name: failureEvent, data: JSON.stringify(data), ts: null, extra: null };
}
