import { parseDue } from "./duration";
import { backoffMs, shortValueAt } from "./flow-control";
import type { EngineFunction } from "./function-config";
import { parseMatch } from "./function-config";
import type { Answer, Op, WireError } from "./protocol";
import type { Job, NewJob } from "./store/jobs";
import { discovery, type Memo, type Run, stepCall } from "./store/runs";
import type { NewWait } from "./store/waits";

/** What an answer changes. Applied in one transaction, or not at all. */
export type Change =
  | { type: "retry"; delayMs: number; error: WireError }
  | { type: "progress"; memos: Memo[]; jobs: NewJob[]; waits: NewWait[]; pending: string[] }
  | { type: "end"; status: "completed"; output: string }
  | { type: "end"; status: "failed"; error: WireError };

type Situation = {
  run: Run;
  job: Job;
  fn: Pick<EngineFunction, "maxAttempts">;
  answer: Answer;
  /** What the run remembered when the call was made. */
  memory: Memory;
  now: Date;
  retryDelayMs: number | undefined;
};

export type Memory = { steps: number; bytes: number };

const mebibyte = 1024 * 1024;
/** The server's own limits; a run that works here works there. */
const most = { steps: 1_000, outputBytes: 4 * mebibyte, memoryBytes: 32 * mebibyte };

/** How `lastError` begins where the engine, and not the function, failed. */
export const engineError = "The engine failed: ";

/** A job that took this many workers with it is given up. */
export const maxLost = 5;

export const workerLost = (job: Job): Answer => {
  const why = job.lastError?.startsWith(engineError) ? ` The last time: ${job.lastError}` : "";
  const message = `The worker died ${job.lost} times while it ran this.${why}`;
  const error = { name: "WorkerLostError", message };
  if (job.kind !== "step" || !job.stepId) return { type: "threw", error, isFinal: true, retryAfter: null };
  const op = { id: job.stepId, op: "StepFailed", name: job.name, data: null, error };
  return { type: "progress", ops: [op], retryAfter: null };
};

export function planChange(situation: Situation): Change {
  const { answer } = situation;
  if (answer.type === "done") return { type: "end", status: "completed", output: answer.output };
  if (answer.type === "progress") return planProgress(situation, answer);
  if (answer.isFinal || isLastAttempt(situation))
    return { type: "end", status: "failed", error: answer.error };
  return { type: "retry", delayMs: delayMs(situation, answer.retryAfter), error: answer.error };
}

function planProgress(situation: Situation, { ops, retryAfter }: Answer & { type: "progress" }): Change {
  const { run, job } = situation;
  const complete = ops.find((op) => op.op === "RunComplete");
  if (complete) return { type: "end", status: "completed", output: asJson(complete.data) };

  const failing = ops.find((op) => op.op === "StepError");
  if (failing && !isLastAttempt(situation))
    return { type: "retry", delayMs: delayMs(situation, retryAfter), error: errorOf(failing) };

  const started = ops.filter((op) => !isResult(op)).map((op) => startOp(situation, op));
  const refused = started.find((start) => "refusal" in start);
  if (refused) return { type: "end", status: "failed", error: refused.refusal };

  const memos = ops.filter(isResult).map((op) => memoOf(op, job));
  const pending = stillPending(run, ops);
  const excess = overLimit(situation, memos, pending);
  if (excess) return { type: "end", status: "failed", error: excess };
  return {
    type: "progress",
    memos,
    jobs: [
      ...started.flatMap((start) => ("refusal" in start ? [] : start.jobs)),
      ...(pending.length === 0 ? [discovery(run)] : []),
    ],
    waits: started.flatMap((start) => ("refusal" in start ? [] : start.waits)),
    pending,
  };
}

function overLimit({ memory }: Situation, memos: Memo[], pending: string[]): WireError | null {
  const sizes = memos.map(({ value }) => Buffer.byteLength(value));
  const large = memos.find((_, index) => (sizes[index] ?? 0) > most.outputBytes);
  if (large) return tooMuch("StepOutputTooLargeError", `step "${large.name}" gave more than 4 MB`);
  if (memory.steps + memos.length + pending.length > most.steps)
    return tooMuch("TooManyStepsError", `the run has more than ${most.steps} steps`);
  if (sizes.reduce((sum, size) => sum + size, memory.bytes) > most.memoryBytes)
    return tooMuch("RunStateTooLargeError", "the steps of the run gave more than 32 MB together");
  return null;
}

const tooMuch = (name: string, what: string) => ({
  name,
  message: `The engine keeps no more than this: ${what}.`,
});

/**
 * Steps reported together form a generation: the run is asked for more only when all of them have ended, so
 * that what comes next is asked once.
 */
function stillPending(run: Run, ops: Op[]): string[] {
  const ended = new Set(ops.filter(isResult).map((op) => op.id));
  const open = [...run.pending, ...ops.map((op) => op.id)].filter((id) => !ended.has(id));
  return [...new Set(open)];
}

type Start = { jobs: NewJob[]; waits: NewWait[] } | { refusal: WireError };

function startOp({ run, job }: Situation, op: Op): Start {
  const name = nameOf(op);
  const timer = { runId: run.id, functionId: run.functionId, stepId: op.id, name };
  try {
    switch (op.op) {
      case "StepPlanned":
        return { jobs: [stepCall(run, { id: op.id, name, lost: job.lost })], waits: [] };
      case "Sleep":
        return {
          jobs: [{ ...timer, id: `${run.id}:${op.id}`, kind: "sleep", ...parseDue(op.name ?? "") }],
          waits: [],
        };
      case "WaitForEvent": {
        const due = parseDue(String(op.opts?.timeout ?? ""));
        return {
          jobs: [{ ...timer, id: `${run.id}:${op.id}`, kind: "timeout", ...due }],
          waits: [{ ...planMatch(run, op), ...due, runId: run.id, stepId: op.id, eventName: op.name ?? "" }],
        };
      }
      default:
        throw new Error(`step "${name}" asks for ${op.op}`);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The embedded engine does not support this: ${why}.`;
    return { refusal: { name: "UnsupportedOperationError", message } };
  }
}

function planMatch(run: Run, op: Op): Pick<NewWait, "matchPath" | "matchValue"> {
  if (op.opts?.if === undefined) return { matchPath: null, matchValue: null };
  const condition = String(op.opts.if);
  const path = parseMatch(condition);
  if (!path)
    throw new Error(`step "${nameOf(op)}" waits on "${condition}", which is not a match of one data path`);
  const [event] = JSON.parse(run.events) as { data: unknown }[];
  return { matchPath: path.join("."), matchValue: shortValueAt(event?.data, path) };
}

// `Step` is what older SDKs call StepRun. A StepError that gets here was the last attempt.
const isResult = ({ op }: Op) => ["StepRun", "Step", "StepFailed", "StepError"].includes(op);
const isFailure = ({ op }: Op) => op === "StepFailed" || op === "StepError";
const isLastAttempt = ({ job, fn }: Situation) => job.attempt + 1 >= fn.maxAttempts;
// A text column takes no U+0000 and no half of a surrogate pair, as a name that was cut off may end in.
const nameOf = (op: Op) =>
  Buffer.from(op.displayName ?? op.name ?? op.id)
    .toString()
    .replaceAll("\0", "\ufffd");
const errorOf = (op: Op): WireError =>
  op.error ?? { name: "Error", message: "The step failed without saying why." };
const asJson = (value: unknown) => JSON.stringify(value ?? null);

const memoOf = (op: Op, job: Job): Memo => ({
  stepId: op.id,
  name: nameOf(op),
  isError: isFailure(op),
  value: asJson(isFailure(op) ? errorOf(op) : op.data),
  attempts: job.attempt + 1,
  startedAt: job.leasedAt,
});

/** Retry-After wins over every backoff; like the server's, it stays between a second and a day. */
function delayMs({ job, now, retryDelayMs }: Situation, retryAfter: string | null): number {
  if (retryAfter === null) return retryDelayMs ?? backoffMs(job.attempt);
  const asked = /^\d+$/.test(retryAfter)
    ? Number(retryAfter) * 1_000
    : new Date(retryAfter).getTime() - now.getTime();
  return Math.min(Math.max(Number.isNaN(asked) ? 0 : asked, 1_000), 86_400_000);
}
