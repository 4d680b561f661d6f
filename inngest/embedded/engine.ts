import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { InngestFunction, Logger } from "inngest";
import { hostBy, inngest } from "../client";
import { cronJob } from "./cron";
import { type EngineFunction, readFunction } from "./function-config";
import { gatewayTo } from "./gateway";
import { handlerOf, type Protocol, speakWith } from "./protocol";
import { connect, type Sql } from "./store/connect";
import { announceRouter, databaseNow, heartbeat, repair, syncCrons, withdrawRouter } from "./store/jobs";
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
  const bornAt = secondOf(await databaseNow(pulse));
  await announceRouter(pulse, bornAt);
  await repair(sql);
  await keepSchedule(sql, known);
  const withdraw = hostBy({ answer: gatewayTo(sql), log });

  const loop = startWorker({
    sql,
    worker,
    bornAt,
    protocol,
    functions: known,
    leaseMs,
    concurrency,
    retryDelayMs,
    log,
  });
  let isStopping = false;
  const listening = await sql.listen("inngest", loop.notify, loop.notify);
  const chores = [
    every(leaseMs / 3, log, async () => {
      await heartbeat(pulse, { worker, jobs: loop.inFlight(), leaseMs });
      if (!isStopping) await announceRouter(pulse, bornAt);
    }),
    every(5_000, log, () => repair(sql)),
    every(60_000, log, () => keepSchedule(sql, known)),
    every(3_600_000, log, () => forget(sql)),
  ];
  log.info({ worker, functions: [...known.keys()] }, "The engine runs.");

  return {
    async stop() {
      isStopping = true;
      // The database may be away; then everything ends without it.
      await Promise.allSettled([listening.unlisten(), withdrawRouter(pulse, bornAt)]);
      await loop.stop(stopLimitMs);
      // Not before: a step under way may send an event.
      withdraw();
      await Promise.all(chores.map((chore) => chore.stop()));
      await Promise.all([sql, pulse].map((client) => client.end({ timeout: 1 })));
    },
  };
}

async function keepSchedule(sql: Sql, functions: ReadonlyMap<string, EngineFunction>): Promise<void> {
  const now = await databaseNow(sql);
  await syncCrons(
    sql,
    [...functions.values()].flatMap((fn) => fn.crons.map((cron) => cronJob(fn.id, cron, now))),
    [...functions.keys()],
  );
}

/** Fits a lock's four bytes until 2091. */
const secondOf = (now: Date) => Math.floor(now.getTime() / 1_000) - 1_700_000_000;

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
