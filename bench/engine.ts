import postgres from "postgres";
import { inngest } from "@/inngest/client";
import { createEngine, type Engine } from "@/inngest/embedded/engine";
import { explainClaim, explainNextDue, fillRuns, fillWaitingJobs } from "./engine-tables";
import { type Measure, percentile } from "./measure";
import { onOwnDatabase } from "./own-database";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const firstSteps: number[] = [];
let finished = 0;

const single = inngest.createFunction(
  { id: "bench-single", triggers: [{ event: "bench/single" }] },
  ({ event, step }) =>
    step.run("first", () => {
      firstSteps.push(Date.now() - Number(event.data.sentAt));
    }),
);

const stepsEach = 5;
const chain = inngest.createFunction(
  { id: "bench-chain", triggers: [{ event: "bench/chain" }] },
  async ({ step }) => {
    for (let n = 0; n < stepsEach; n += 1) await step.run(`step-${n}`, () => n);
    finished += 1;
  },
);

/** Event to first step, steps per second and their cost, with more and more finished runs in the tables. */
export const bench = () => onOwnDatabase(onDatabase);

async function* onDatabase(databaseUrl: string): AsyncGenerator<Measure> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  let engine: Engine | undefined;
  try {
    for (const runs of [10_000, 100_000]) {
      await fillRuns(sql, runs);
      engine = await createEngine([single, chain], { databaseUrl, log: quiet });
      yield* measured(`${runs} finished runs`);
      await engine.stop();
      engine = undefined;
    }
    await fillWaitingJobs(sql, 100_000);
    yield* plan("claim, 100000 jobs", await explainClaim(sql));
    yield* plan("next due, 100000 jobs", await explainNextDue(sql));
  } finally {
    await engine?.stop();
    await sql.end();
  }
}

async function* measured(what: string): AsyncGenerator<Measure> {
  await latencies(20);
  const waits = await latencies(200);
  yield {
    case: what,
    metric: "event to first step, p50",
    value: percentile(waits, 0.5),
    unit: "ms",
    bar: { atMost: 20 },
  };
  yield {
    case: what,
    metric: "event to first step, p95",
    value: percentile(waits, 0.95),
    unit: "ms",
    bar: { atMost: 50 },
  };

  await throughput(20);
  const { perSecond, cpuMs } = await throughput(400);
  yield { case: what, metric: "steps per second", value: perSecond, unit: "/s", bar: { atLeast: 150 } };
  yield { case: what, metric: "CPU of this process per step", value: cpuMs, unit: "ms" };
}

/** One event at a time, on an idle engine. */
async function latencies(count: number): Promise<number[]> {
  firstSteps.length = 0;
  for (let n = 0; n < count; n += 1) {
    await inngest.send({ name: "bench/single", data: { sentAt: Date.now() } });
    await until(() => firstSteps.length > n);
    // The run ends before the next begins.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return [...firstSteps];
}

async function throughput(runs: number) {
  finished = 0;
  const started = performance.now();
  const cpu = process.cpuUsage();
  await inngest.send(Array.from({ length: runs }, () => ({ name: "bench/chain", data: {} })));
  await until(() => finished === runs);
  const seconds = (performance.now() - started) / 1_000;
  const used = process.cpuUsage(cpu);
  const steps = runs * stepsEach;
  return { perSecond: steps / seconds, cpuMs: (used.user + used.system) / 1_000 / steps };
}

function* plan(
  what: string,
  { lines, milliseconds }: { lines: string[]; milliseconds: number },
): Generator<Measure> {
  for (const line of lines.filter((text) => /Scan/.test(text))) console.error(`${what}: ${line.trim()}`);
  yield { case: what, metric: "execution", value: milliseconds, unit: "ms" };
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1));
}
