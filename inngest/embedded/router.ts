import type { Logger } from "inngest";
import { completeStep } from "./apply";
import { endOfTime } from "./duration";
import {
  concurrencyOf,
  debounceKey,
  idempotencyKey,
  shortValueAt,
  singletonKey,
  valueAt,
  valuesIn,
} from "./flow-control";
import type { EngineFunction } from "./function-config";
import { ulid } from "./ids";
import { isBadData, type Queryable, type Sql, type TransactionSql } from "./store/connect";
import { lockRouting, type StoredEvent, takeUnrouted } from "./store/events";
import { insertJobs, upsertDebounce } from "./store/jobs";
import {
  discovery,
  endRun,
  findActiveSingleton,
  insertRuns,
  lockActiveRun,
  type NewRun,
  type Run,
} from "./store/runs";
import { endCancels, endWait, findWaits, insertWaits, type NewWait, type Wait } from "./store/waits";

export type Event = { id: string; name: string; data: unknown; ts: number };
export type Functions = ReadonlyMap<string, EngineFunction>;
type Routing = { sql: Sql; functions: Functions; bornAt: number; log: Logger };
const batch = 50;

/**
 * Hands out what was sent: wakes the runs that wait for it, starts the functions it triggers. In one transaction
 * with the mark that it was done, so a crash repeats all or nothing. True when there may be more.
 */
export async function routeEvents(routing: Routing): Promise<boolean> {
  try {
    return await routeBatch(routing, (tx, stored) => handOut(tx, routing.functions, stored));
  } catch (error) {
    if (!isBadData(error)) throw error;
    return routeBatch(routing, (tx, stored) => handOutEach(tx, routing, stored));
  }
}

async function routeBatch(
  { sql, bornAt }: Routing,
  work: (tx: TransactionSql, stored: StoredEvent[]) => Promise<void>,
): Promise<boolean> {
  return sql.begin(async (tx) => {
    const [, stored] = await Promise.all([lockRouting(tx), takeUnrouted(tx, { limit: batch, bornAt })]);
    if (stored.length > 0) await work(tx, stored);
    return stored.length === batch;
  });
}

async function handOut(tx: Queryable, functions: Functions, stored: StoredEvent[]): Promise<void> {
  for (const events of inOrder(functions, stored.map(parseEvent))) {
    await endWaits(tx, events);
    await startRuns(tx, starts(functions, events));
  }
}

/** One of them cannot be handed out. It is left out, and stays marked: it would fail as often as it is tried. */
async function handOutEach(
  tx: TransactionSql,
  { functions, log }: Routing,
  stored: StoredEvent[],
): Promise<void> {
  for (const event of stored) {
    try {
      await tx.savepoint((one) => handOut(one, functions, [event]));
    } catch (error) {
      if (!isBadData(error)) throw error;
      log.error(
        { err: error, event: event.name, id: event.id },
        "An event could not be handed out; nothing runs for it.",
      );
    }
  }
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
  return {
    run,
    cancels: planCancels(fn, run.id, event.data),
    job: discovery(run, { dueAt: new Date(Math.min(event.ts, endOfTime)) }),
  };
}

function planCancels({ cancelOn }: EngineFunction, runId: string, data: unknown): NewWait[] {
  return cancelOn.map(({ event: eventName, match, timeoutMs }) => ({
    runId,
    stepId: null,
    eventName,
    matchPath: match?.join(".") ?? null,
    matchValue: match && shortValueAt(data, match),
    delayMs: timeoutMs,
  }));
}

/** A run somebody started again by hand (inngest_retry_run) listens from its first call. */
export async function listenForCancels(sql: Sql, fn: EngineFunction, { id, events }: Run): Promise<void> {
  if (fn.cancelOn.length === 0) return;
  const [event] = JSON.parse(events) as Event[];
  await sql.begin(async (tx) => {
    if (!(await lockActiveRun(tx, id))) return;
    await endCancels(tx, id);
    await insertWaits(tx, planCancels(fn, id, event?.data));
  });
}

async function endWaits(tx: Queryable, events: readonly Event[]): Promise<void> {
  const waits = await findWaits(
    tx,
    events.map(({ name, data }) => ({ name, values: valuesIn(data) })),
  );
  for (const wait of waits) {
    const event = events.find((candidate) => matches(wait, candidate));
    if (event) await endOneWait(tx, wait, event);
  }
}

function matches(wait: Wait, event: Event): boolean {
  if (wait.eventName !== event.name) return false;
  return wait.matchPath === null || shortValueAt(event.data, wait.matchPath.split(".")) === wait.matchValue;
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
