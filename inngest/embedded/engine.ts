import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { InngestFunction, Logger } from "inngest";
import { hostBy, inngest } from "../client";
import { cronJob } from "./cron";
import { type EngineFunction, readFunction } from "./function-config";
import { gatewayTo } from "./gateway";
import { handlerOf, type Protocol, speakWith } from "./protocol";
import { connect, type Sql } from "./store/connect";
import { databaseNow, heartbeat, repair, syncCrons } from "./store/jobs";
import { forget } from "./store/retention";
import { startWorker } from "./worker";

export type EngineOptions = {
  databaseUrl: string;
  log: Logger;
  /** Before every further attempt; unset: the server's backoff. */
  retryDelayMs?: number | undefined;
  /** How long a silent worker keeps its jobs. */
  leaseMs?: number;
  /** Jobs at once in this process. */
  concurrency?: number;
  /** How long stopping waits for what is under way. */
  stopLimitMs?: number;
};
export type Engine = { stop(): Promise<void> };

/**
 * Runs these functions on the database until stopped; any number of processes may.
 * @throws Error naming the function and the option when one asks for what the engine cannot do
 */
export function createEngine(
  functions: readonly InngestFunction.Any[],
  options: EngineOptions,
): Promise<Engine> {
  return drive(speakWith(handlerOf(inngest, functions)), options);
}

/** The same with functions that are reached in another way. */
export async function drive(
  protocol: Protocol,
  { databaseUrl, log, retryDelayMs, leaseMs = 10_000, concurrency = 20, stopLimitMs = 25_000 }: EngineOptions,
): Promise<Engine> {
  const known = new Map((await protocol.register()).map(readFunction).map((fn) => [fn.id, fn]));
  const sql = connect(databaseUrl, 6);
  const pulse = connect(databaseUrl, 1);
  const worker = `${hostname()}:${process.pid}:${randomUUID()}`;

  // The lock that says this worker lives comes before its first lease.
  await heartbeat(pulse, { worker, jobs: [], leaseMs });
  await repair(sql);
  await keepSchedule(sql, known);
  const withdraw = hostBy({ answer: gatewayTo(sql), log });

  const loop = startWorker({
    sql,
    worker,
    protocol,
    functions: known,
    leaseMs,
    concurrency,
    retryDelayMs,
    log,
  });
  const listening = await sql.listen("inngest", loop.notify, loop.notify);
  const chores = [
    every(leaseMs / 3, log, () => heartbeat(pulse, { worker, jobs: loop.inFlight(), leaseMs })),
    every(5_000, log, () => repair(sql)),
    every(60_000, log, () => keepSchedule(sql, known)),
    every(3_600_000, log, () => forget(sql)),
  ];
  log.info({ worker, functions: [...known.keys()] }, "The engine runs.");

  return {
    async stop() {
      withdraw();
      await listening.unlisten();
      await loop.stop(stopLimitMs);
      await Promise.all(chores.map((chore) => chore.stop()));
      await Promise.all([sql.end({ timeout: 1 }), pulse.end({ timeout: 1 })]);
    },
  };
}

async function keepSchedule(sql: Sql, functions: ReadonlyMap<string, EngineFunction>): Promise<void> {
  const now = await databaseNow(sql);
  await syncCrons(
    sql,
    [...functions.values()].flatMap((fn) => fn.crons.map((cron) => cronJob(fn.id, cron, now))),
  );
}

/** Repeats a chore with a pause in between, and outlives its failures. */
function every(pauseMs: number, log: Logger, chore: () => Promise<unknown>) {
  let isStopped = false;
  let under: Promise<unknown> = Promise.resolve();
  let timer = setTimeout(run, pauseMs);
  function run() {
    under = chore()
      .catch((error) => log.error({ err: error }, "A chore of the engine failed; it is tried again."))
      .finally(() => {
        if (!isStopped) timer = setTimeout(run, pauseMs);
      });
  }
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      return under;
    },
  };
}
