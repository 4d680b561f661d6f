import fc from "fast-check";
import { afterAll, afterEach, expect, test } from "vitest";
import { tolerateLateRollbacks, wireTo } from "@/db/factories/outage";
import { inngest } from "../client";
import { drive } from "./engine";
import { countRuns, disconnect, eventually, quiet, reset, rows, url } from "./harness";
import { handlerOf, speakWith } from "./protocol";
import { program, programRun, run, straight } from "./random-programs";

// ENGINE_PROGRAMS=1000 for a long look; ENGINE_SEED for other programs than those of every day.
const count = Number(process.env.ENGINE_PROGRAMS ?? 30);
const seed = Number(process.env.ENGINE_SEED ?? 2026);

afterEach(reset);
afterAll(disconnect);

test("a program of steps gives what it gives straight, whatever crashes", {
  timeout: 30_000 + count * 500,
}, async () => {
  const programs = fc.sample(program, { numRuns: count, seed });
  const expected = await Promise.all(programs.map((one) => run(one, straight)));
  tolerateLateRollbacks();
  const engines = [await frail(), await frail()];
  await inngest.send(programs.map((one, n) => ({ name: "test/program", data: { n, program: one } })));
  const stopChaos = chaos();
  const patience = 25_000 + count * 400;
  for (const [index, share] of [0.1, 0.5].entries()) {
    await eventually(async () => (await countEnded()) >= count * share, patience);
    await engines[index]?.die();
    engines.push(await frail());
  }
  await eventually(async () => (await countEnded()) === count, patience);
  await stopChaos();
  await Promise.all(engines.map((engine) => engine.stop()));

  const ended = await rows()<{ events: string; output: string | null; error: string | null }[]>`
    select events, output, error from inngest_runs`;
  expect(ended.filter(({ error }) => error)).toEqual([]);
  for (const { events, output } of ended) {
    const [{ data }] = JSON.parse(events) as [{ data: { n: number } }];
    expect(JSON.parse(output ?? "null")).toEqual(expected[data.n]);
  }
  expect((await rows()`select from inngest_jobs`).count).toBe(0);
  // There was something to survive.
  expect(taken).toBeGreaterThan(0);
});

const countEnded = async () =>
  (await countRuns("program", "completed")) + (await countRuns("program", "failed"));

let taken = 0;

/**
 * An engine of which one call in five does its work and then answers too late, if its lease was taken. It dies as it
 * would by kill -9, seen from the database: in the middle of everything its connections are gone.
 */
async function frail() {
  const wire = await wireTo(url());
  const protocol = speakWith(handlerOf(inngest, [programRun]));
  const call: typeof protocol.call = async (request) => {
    const answer = await protocol.call(request);
    if (Math.random() < 0.2) await new Promise((resolve) => setTimeout(resolve, 100));
    return answer;
  };
  const options = {
    databaseUrl: wire.url,
    log: quiet,
    retryDelayMs: 1,
    concurrency: 1_000,
    stopLimitMs: 0,
  };
  const engine = await drive({ ...protocol, call }, options);
  return {
    die: async () => wire.cut(),
    async stop() {
      await engine.stop();
      wire.cut();
    },
  };
}

/** Ends leases while their steps are running, as if their process had died; with the two deaths of an engine, the fifth would be a failure. */
function chaos(): () => Promise<void> {
  let isOver = false;
  const raging = (async () => {
    while (!isOver) {
      const { count: leases } = await rows()`
        update inngest_jobs set visible_at = clock_timestamp()
        where lease_token is not null and lost < 2 and random() < 0.3`;
      taken += leases;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  })();
  return () => {
    isOver = true;
    return raging;
  };
}
