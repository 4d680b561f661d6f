import type { InngestFunction } from "inngest";
import postgres from "postgres";
import { inngest } from "../client";
import { createEngine, type Engine, type EngineOptions } from "./engine";

// What the engine's tests share: an engine on the test's database, and waiting for a condition.

export const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const running = new Set<Engine>();
export const url = () => process.env.DATABASE_URL ?? "";
let client: postgres.Sql | undefined;
export const rows = () => {
  client ??= postgres(url(), { max: 2, transform: { column: { from: postgres.toCamel } } });
  return client;
};

export async function runEngine(
  functions: InngestFunction.Any[],
  options: Partial<EngineOptions> = {},
): Promise<Engine> {
  const engine = await createEngine(functions, {
    databaseUrl: url(),
    log: quiet,
    retryDelayMs: 5,
    ...options,
  });
  running.add(engine);
  return engine;
}

/** After each test: no engine, no rows. */
export async function reset(): Promise<void> {
  await Promise.all([...running].map((engine) => engine.stop()));
  running.clear();
  await rows()`truncate inngest_events, inngest_runs, inngest_steps, inngest_jobs, inngest_waits`;
}

export async function disconnect(): Promise<void> {
  await client?.end();
  client = undefined;
}

export const send = (name: string, data: object = {}, more: { id?: string; ts?: number } = {}) =>
  inngest.send({ name, data: data as Record<string, unknown>, ...more });

/** Asks until the answer is there. */
export async function eventually<T>(
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  limitMs = 10_000,
): Promise<T> {
  const giveUp = Date.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > giveUp) throw new Error(`Waited ${limitMs} ms for ${ask}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

type Ended = { id: string; status: string; output: string | null; error: string | null };

/** The first ended run of a function; `output` and `error` parsed. */
export async function endedRun(id: string) {
  const run = await eventually(async () => {
    const [found] = await rows()<Ended[]>`
      select * from inngest_runs where function_id = ${`calends-${id}`} and status <> 'running' order by created_at limit 1`;
    return found;
  });
  return { ...run, output: JSON.parse(run.output ?? "null"), error: JSON.parse(run.error ?? "null") };
}

export async function countRuns(id: string, status?: string): Promise<number> {
  const [row] = await rows()<{ n: number }[]>`
    select count(*)::int as n from inngest_runs
    where function_id = ${`calends-${id}`} and (${status ?? null}::text is null or status::text = ${status ?? null})`;
  return row?.n ?? 0;
}

/** A promise and the function that keeps it. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}
