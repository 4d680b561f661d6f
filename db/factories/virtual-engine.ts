import { sql } from "drizzle-orm";
import { type InngestFunction, NonRetriableError, RetryAfterError } from "inngest";
import { database } from "@/db/client";
import { sendEvent } from "@/inngest/client";
import { nextTick } from "@/inngest/embedded/cron";
import type { AppEvent } from "@/inngest/events";

// Runs the product's functions by the clock of the test (vi.setSystemTime), so that days pass in seconds. What the real
// engine promises holds: what was sent runs at least once, failures are tried again, limits of concurrency are kept.

type Event = { name: string; data: Record<string, unknown> };
type Task = { play: Part; event: Event; failures: number; dueAt: number; memo: Map<string, unknown> };
type Handler = (context: object) => Promise<unknown>;
type Part = { id: string; retries: number; limits: Limit[]; run: Handler; onFailure: Handler | undefined };
type Limit = { limit: number; path: string[] };

const retryDelayMs = 15_000;
const atOnce = 6;

export type VirtualEngine = ReturnType<typeof startVirtualEngine>;

export function startVirtualEngine(functions: readonly InngestFunction.Any[]) {
  const parts = functions.map(readFunction);
  let tasks: Task[] = [];
  const running = new Map<Task, Promise<void>>();
  let tickedAt = new Date();
  const thrown: { id: string; error: unknown }[] = [];

  async function takeSent(): Promise<void> {
    const sent = await database().execute<{ name: string; data: string }>(sql`
      update inngest_events set routed_at = now() where routed_at is null returning name, data`);
    for (const { name, data } of sent)
      for (const { events, part } of parts)
        if (events.includes(name)) tasks.push(taskOf(part, { name, data: JSON.parse(data) }));
  }
  function takeTicks(): void {
    const now = new Date();
    const isDue = (cron: string) => nextTick(cron, tickedAt) <= now;
    for (const { crons, part } of parts)
      if (crons.some(isDue)) tasks.push(taskOf(part, { name: "inngest/scheduled.timer", data: {} }));
    tickedAt = now;
  }
  function isFree({ play, event }: Task): boolean {
    return play.limits.every(({ limit, path }) => {
      const same = [...running.keys()].filter((other) => other.play.id === play.id);
      return same.filter((other) => valueAt(other.event, path) === valueAt(event, path)).length < limit;
    });
  }
  async function perform(task: Task): Promise<void> {
    try {
      await task.play.run({ event: task.event, step: stepsOf(task.memo) });
    } catch (error) {
      thrown.push({ id: task.play.id, error });
      const again = afterFailure(task, error);
      if (again) tasks.push(again);
    }
  }
  function startNext(): void {
    for (const task of tasks.filter(({ dueAt }) => dueAt <= Date.now())) {
      if (running.size >= atOnce) return;
      if (!isFree(task)) continue;
      tasks = tasks.filter((other) => other !== task);
      running.set(
        task,
        perform(task).finally(() => running.delete(task)),
      );
    }
  }

  return {
    /** Everything that was thrown, in order; also what a later try made good. */
    thrown,
    /** Does all that is due now, schedules too. */
    async runDue(): Promise<void> {
      takeTicks();
      for (;;) {
        await takeSent();
        startNext();
        if (running.size === 0) return;
        await Promise.race(running.values());
      }
    },
  };
}

type Options = {
  id: string;
  retries?: number;
  triggers?: ({ event: string } | { cron: string })[];
  concurrency?: { limit: number; key?: string } | { limit: number; key?: string }[];
  onFailure?: Handler;
};

function readFunction(fn: InngestFunction.Any) {
  // What the SDK calls, with the same context; its types keep it to themselves.
  const { fn: run, opts } = fn as unknown as { fn: Handler; opts: Options };
  const { id, retries = 4, triggers = [], concurrency = [], onFailure } = opts;
  const limits = [concurrency]
    .flat()
    .map(({ limit, key = "" }) => ({ limit, path: key.split(".").slice(2) }));
  return {
    events: triggers.flatMap((trigger) => ("event" in trigger ? [trigger.event] : [])),
    crons: triggers.flatMap((trigger) => ("cron" in trigger ? [trigger.cron] : [])),
    part: { id, retries, limits, run, onFailure } satisfies Part,
  };
}

const taskOf = (play: Part, event: Event): Task => ({
  play,
  event,
  failures: 0,
  dueAt: Date.now(),
  memo: new Map(),
});

/** The next try, or the handler of the failure when it was the last. */
function afterFailure(task: Task, error: unknown): Task | null {
  const failures = task.failures + 1;
  const isLast = error instanceof NonRetriableError || failures > task.play.retries;
  if (!isLast) return { ...task, failures, dueAt: dueAfter(error, failures) };
  const { onFailure, id } = task.play;
  if (!onFailure) return null;
  const play = { ...task.play, id: `${id}-failure`, run: onFailure, onFailure: undefined };
  return taskOf(play, { name: "inngest/function.failed", data: { event: task.event } });
}

/** `retryAfter` is seconds or a date, as text. */
function dueAfter(error: unknown, failures: number): number {
  if (!(error instanceof RetryAfterError)) return Date.now() + retryDelayMs * 2 ** (failures - 1);
  const seconds = Number(error.retryAfter);
  return Number.isNaN(seconds) ? Date.parse(error.retryAfter) : Date.now() + seconds * 1000;
}

/** A step that was done is not done again when its function is. */
function stepsOf(memo: Map<string, unknown>) {
  const run = async (id: string, work: () => unknown) => {
    if (!memo.has(id)) memo.set(id, JSON.parse(JSON.stringify((await work()) ?? null)));
    return memo.get(id);
  };
  const send = (id: string, events: unknown) =>
    run(id, async () => {
      for (const event of [events].flat()) await sendEvent(database(), event as AppEvent);
    });
  return { run, sendEvent: send };
}

function valueAt(event: Event, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => Object(value)[key], event.data);
}
