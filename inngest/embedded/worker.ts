import type { Logger } from "inngest";
import { type ApplyContext, applyAnswer, applyTimer } from "./apply";
import type { EngineFunction } from "./function-config";
import { engineError, type Memory, maxLost, workerLost } from "./plan";
import type { Answer, Protocol } from "./protocol";
import { listenForCancels, routeEvents } from "./router";
import { insist, isPassing } from "./store/connect";
import { blameJob, claimJobs, giveBackJobs, type Job, nextDueInMs } from "./store/jobs";
import { type Loaded, loadRuns } from "./store/runs";
import { fireCron, fireDebounce } from "./timers";

export type WorkerContext = ApplyContext & {
  /** Unique among all processes. */
  worker: string;
  /** When its process began, in seconds: the youngest routes. */
  bornAt: number;
  protocol: Protocol;
  leaseMs: number;
  /** How many jobs it works on at once. */
  concurrency: number;
  log: Logger;
};

export type Worker = {
  /** Says that an event was sent. */
  notify(): void;
  inFlight(): Job[];
  /** Takes no more work, waits for what is under way, and gives back what is not done by then. */
  stop(limitMs: number): Promise<void>;
};

const pollMs = 1_000;

/** The run loop (docs/engine.md): route events, claim due jobs, call the SDK, apply its answers. */
export function startWorker(context: WorkerContext): Worker {
  const { sql, functions, worker, leaseMs, concurrency, log } = context;
  const known = [...functions.keys()];
  const inFlight = new Map<Job, Promise<void>>();
  let freed: string[] = [];
  let hasEvents = true;
  let routedAt = Number.NEGATIVE_INFINITY;
  let isStopped = false;
  let nudge = () => {};

  async function turn(): Promise<number> {
    if (hasEvents || performance.now() - routedAt >= pollMs) {
      hasEvents = false;
      routedAt = performance.now();
      hasEvents = (await routeEvents(context)) || hasEvents;
    }
    const slots = concurrency - inFlight.size;
    if (slots <= 0) return pollMs;

    const releasing = freed;
    freed = [];
    const holding = [...inFlight.keys()];
    const claim = { worker, functions: known, slots, leaseMs, freed: releasing, inFlight: holding };
    const jobs = await claimJobs(sql, claim);
    const runs = await loadRuns(sql, [...new Set(jobs.flatMap((job) => job.runId ?? []))]).catch(
      async (error) => {
        await giveBackJobs(sql, jobs);
        throw error;
      },
    );
    for (const job of jobs) begin(job, runs.get(job.runId ?? ""));
    if (hasEvents) return 0;
    if (jobs.length === slots) return pollMs;
    const due = await nextDueInMs(sql, known);
    // Due and yet not claimed: parked just now, or in somebody's hands.
    return due === null ? pollMs : Math.min(Math.max(due, 2), pollMs);
  }

  function begin(job: Job, loaded: Loaded | undefined): void {
    const work = perform(context, job, loaded)
      .catch((error) => {
        log.error({ err: error, job: job.id }, "The engine could not finish a job; it is taken up again.");
        const giveBack = isPassing(error)
          ? giveBackJobs(sql, [job])
          : blameJob(sql, job, `${engineError}${error}`);
        return giveBack.catch(() => {});
      })
      .finally(() => {
        inFlight.delete(job);
        freed.push(...job.concurrencyKeys);
        nudge();
      });
    inFlight.set(job, work);
  }

  async function loop(): Promise<void> {
    while (!isStopped) {
      const nudged = new Promise<void>((resolve) => {
        nudge = resolve;
      });
      const idleMs = await turn().catch((error) => {
        log.error({ err: error }, "The engine could not reach its tables.");
        return pollMs;
      });
      const timer = sleep(idleMs);
      if (!isStopped) await Promise.race([nudged, timer.done]);
      timer.clear();
    }
  }

  const running = loop();
  return {
    notify() {
      hasEvents = true;
      nudge();
    },
    inFlight: () => [...inFlight.keys()],
    async stop(limitMs) {
      isStopped = true;
      nudge();
      const limit = sleep(limitMs);
      await Promise.race([running.then(() => Promise.all(inFlight.values())), limit.done]);
      limit.clear();
      // Where the database is away, the leases end by themselves.
      await giveBackJobs(sql, [...inFlight.keys()]).catch(() => {});
    },
  };
}

async function perform(context: WorkerContext, job: Job, loaded: Loaded | undefined): Promise<void> {
  const fn = context.functions.get(job.functionId);
  if (!fn) return;
  switch (job.kind) {
    case "cron":
      return fireCron(context.sql, fn, job);
    case "debounce":
      return fireDebounce(context.sql, fn, job);
    case "sleep":
    case "timeout":
      await applyTimer(context, job);
      return;
    default:
      if (loaded) await callAndApply(context, { fn, job, loaded });
  }
}

type Call = { fn: EngineFunction; job: Job; loaded: Loaded };

async function callAndApply(context: WorkerContext, { fn, job, loaded }: Call): Promise<void> {
  if (!loaded.run.startedAt && loaded.run.idempotencyKey?.startsWith("retry:"))
    await listenForCancels(context.sql, fn, loaded.run);
  const answer = job.lost >= maxLost ? workerLost(job) : await ask(context.protocol, { fn, job, loaded });
  const change = await insist(() => applyAnswer(context, { job, fn, answer, memory: sizeOf(loaded) }));
  const about = { function: fn.id, run: job.runId, step: job.name, attempt: job.attempt };
  if (!change)
    context.log.warn(about, "An answer came too late; somebody else has the job or the run is over.");
  // The SDK has logged the error itself.
  else if (change.type === "retry")
    context.log.info({ ...about, delayMs: change.delayMs }, "A step is tried again.");
  else if (change.type === "end" && change.status === "failed")
    context.log.error({ ...about, err: change.error }, "A run failed.");
}

const sizeOf = ({ memos }: Loaded): Memory => ({
  steps: memos.length,
  bytes: memos.reduce((sum, { value }) => sum + Buffer.byteLength(value), 0),
});

function ask(protocol: Protocol, { fn, job, loaded: { run, memos } }: Call): Promise<Answer> {
  return protocol.call({
    functionId: fn.id,
    runId: run.id,
    stepId: job.stepId,
    attempt: job.attempt,
    maxAttempts: fn.maxAttempts,
    // After a death, steps are called one by one, so that the deadly one is known by name.
    isPlanOnly: run.isPlanOnly || job.lost > 0,
    events: run.events,
    memos,
  });
}

function sleep(ms: number) {
  let handle: ReturnType<typeof setTimeout> | undefined;
  const done = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, ms);
  });
  return { done, clear: () => clearTimeout(handle) };
}
