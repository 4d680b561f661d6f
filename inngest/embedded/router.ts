import { completeStep } from "./apply";
import { concurrencyOf, debounceKey, idempotencyKey, singletonKey, valueAt } from "./flow-control";
import type { EngineFunction } from "./function-config";
import { ulid } from "./ids";
import type { Queryable, Sql } from "./store/connect";
import { type StoredEvent, takeUnrouted } from "./store/events";
import { insertJobs, upsertDebounce } from "./store/jobs";
import { discovery, endRun, findActiveSingleton, insertRuns, lockActiveRun, type NewRun } from "./store/runs";
import { endWait, findWaits, insertWaits, type Wait } from "./store/waits";

export type Event = { id: string; name: string; data: unknown; ts: number };
export type Functions = ReadonlyMap<string, EngineFunction>;
const batch = 50;

/**
 * Hands out what was sent: wakes the runs that wait for it, starts the functions it triggers. In one transaction
 * with the mark that it was done, so a crash repeats all or nothing. True when there may be more.
 */
export async function routeEvents(sql: Sql, functions: Functions): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [, stored] = await Promise.all([
      // Lost with the server's memory it is simply done again: every later commit would have saved it too.
      tx`select set_config('synchronous_commit', 'off', true)`,
      takeUnrouted(tx, batch),
    ]);
    if (stored.length === 0) return false;
    for (const events of inOrder(functions, stored.map(parseEvent))) {
      await endWaits(tx, events);
      await startRuns(tx, starts(functions, events));
    }
    return stored.length === batch;
  });
}

/** Together where the order does not matter; one by one where an event may cancel what one before it started. */
function inOrder(functions: Functions, events: Event[]): Event[][] {
  const cancelling = new Set([...functions.values()].flatMap((fn) => fn.cancelOn.map(({ event }) => event)));
  return events.some(({ name }) => cancelling.has(name)) ? events.map((event) => [event]) : [events];
}

const starts = (functions: Functions, events: Event[]): Start[] =>
  events.flatMap((event) => triggered(functions, event).map((fn) => ({ fn, event })));

function parseEvent({ id, name, data, ts, extra }: StoredEvent): Event {
  return { ...(extra ? JSON.parse(extra) : { user: {} }), id, name, data: JSON.parse(data), ts };
}

function triggered(functions: Functions, { name, data }: Event): EngineFunction[] {
  return [...functions.values()].filter(
    (fn) =>
      fn.events.includes(name) &&
      (!fn.failureOf || valueAt(data, ["function_id"]) === JSON.stringify(fn.failureOf)),
  );
}

type Start = { fn: EngineFunction; event: Event; onceKey?: string };

/** Debounced and single functions one after the other, for each changes what the next one meets; the rest at once. */
async function startRuns(tx: Queryable, starts: readonly Start[]): Promise<void> {
  const plain = starts.filter(({ fn }) => !fn.debounce && !fn.singleton);
  await insertStarts(tx, plain);
  for (const start of starts) {
    if (start.fn.debounce) await debounce(tx, start);
    else if (start.fn.singleton) await startRun(tx, start);
  }
}

async function debounce(tx: Queryable, { fn, event }: Start): Promise<void> {
  if (!fn.debounce) return;
  const id = `debounce:${debounceKey(fn, event.data)}`;
  await upsertDebounce(tx, { id, functionId: fn.id, payload: JSON.stringify(event), ...fn.debounce });
}

/** Starts one run, making room for it where the function is a singleton that gives way. */
export async function startRun(tx: Queryable, start: Start): Promise<void> {
  const key = singletonKey(start.fn, start.event.data);
  if (key && start.fn.singleton?.mode === "cancel") {
    const active = await findActiveSingleton(tx, key);
    if (active) await cancelRun(tx, active);
  }
  await insertStarts(tx, [start]);
}

async function insertStarts(tx: Queryable, starts: readonly Start[]): Promise<void> {
  const planned = starts.map(planStart);
  const added = await insertRuns(
    tx,
    planned.map(({ run }) => run),
  );
  const fresh = planned.filter(({ run }) => added.has(run.id));
  await insertJobs(
    tx,
    fresh.map(({ job }) => job),
  );
  await insertWaits(
    tx,
    fresh.flatMap(({ cancels }) => cancels),
  );
}

function planStart({ fn, event, onceKey }: Start) {
  const run: NewRun = {
    id: ulid(),
    functionId: fn.id,
    events: JSON.stringify([event]),
    ...concurrencyOf(fn, event.data),
    idempotencyKey: onceKey ?? idempotencyKey(fn, event.data),
    singletonKey: singletonKey(fn, event.data),
  };
  const cancels = fn.cancelOn.map(({ event: eventName, match, timeoutMs }) => ({
    runId: run.id,
    stepId: null,
    eventName,
    matchPath: match?.join(".") ?? null,
    matchValue: match && valueAt(event.data, match),
    delayMs: timeoutMs,
  }));
  return { run, cancels, job: discovery(run, { dueAt: new Date(event.ts) }) };
}

async function endWaits(tx: Queryable, events: readonly Event[]): Promise<void> {
  const waits = await findWaits(
    tx,
    events.map(({ name }) => name),
  );
  for (const wait of waits) {
    const event = events.find((candidate) => matches(wait, candidate));
    if (event) await endOneWait(tx, wait, event);
  }
}

function matches(wait: Wait, event: Event): boolean {
  if (wait.eventName !== event.name) return false;
  return wait.matchPath === null || valueAt(event.data, wait.matchPath.split(".")) === wait.matchValue;
}

async function endOneWait(tx: Queryable, { runId, stepId }: Wait, event: Event): Promise<void> {
  if (stepId === null) return cancelRun(tx, runId);
  const run = await lockActiveRun(tx, runId);
  if (!run || !(await endWait(tx, runId, stepId))) return;
  await tx`delete from inngest_jobs where id = ${`${runId}:${stepId}`} and kind = 'timeout'`;
  await completeStep(tx, run, { stepId, name: event.name, value: JSON.stringify(event) });
}

export async function cancelRun(tx: Queryable, runId: string): Promise<void> {
  if (!(await lockActiveRun(tx, runId))) return;
  await endRun(tx, { runId, status: "cancelled", output: null, error: null, startedAt: null });
}
