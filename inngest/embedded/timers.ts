import { nextTick, tickEvent } from "./cron";
import type { EngineFunction } from "./function-config";
import { type Event, startRun } from "./router";
import type { Sql } from "./store/connect";
import { lockRouting } from "./store/events";
import { databaseNow, type Job, rescheduleJob, takePayload } from "./store/jobs";

/** Starts the run of a tick and moves the schedule on, together: each tick once, one late tick after a standstill. */
export async function fireCron(sql: Sql, fn: EngineFunction, job: Job): Promise<void> {
  const expression = job.payload ?? "";
  await sql.begin(async (tx) => {
    await lockRouting(tx);
    const now = await databaseNow(tx);
    if (!(await rescheduleJob(tx, job, nextTick(expression, now)))) return;
    const event = tickEvent(expression, job.runAt, now);
    await startRun(tx, { fn, event, onceKey: `${job.id}:${event.id}` });
  });
}

/** Starts the run a debounced function owes its latest event. */
export async function fireDebounce(sql: Sql, fn: EngineFunction, job: Job): Promise<void> {
  await sql.begin(async (tx) => {
    await lockRouting(tx);
    const payload = await takePayload(tx, job);
    if (payload !== null) await startRun(tx, { fn, event: JSON.parse(payload) as Event });
  });
}
