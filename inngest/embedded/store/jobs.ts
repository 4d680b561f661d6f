import type { inngestJobs } from "@/db/schema";
import { asJson, type Queryable } from "./connect";

export type Job = typeof inngestJobs.$inferSelect;
export type NewJob = Pick<Job, "id" | "kind" | "functionId"> &
  Partial<
    Pick<Job, "runId" | "stepId" | "name" | "payload" | "lost" | "concurrencyKeys" | "concurrencyLimits">
  > & {
    /** Milliseconds from now, or the instant, at which it is due; neither: at once. */
    delayMs?: number | undefined;
    dueAt?: Date | undefined;
  };

type Claim = {
  worker: string;
  functions: string[];
  slots: number;
  leaseMs: number;
  /** Concurrency keys, once for each of their steps that ended since the last claim. */
  freed: string[];
  inFlight: readonly Job[];
};

export async function claimJobs(sql: Queryable, claim: Claim): Promise<Job[]> {
  const { worker, functions, slots, leaseMs, freed, inFlight } = claim;
  return sql<Job[]>`
    select * from inngest_claim(${worker}, ${functions}::text[], ${slots}, ${leaseMs}::float8 * interval '1 ms',
      ${freed}::text[], ${inFlight.map((job) => job.leaseToken)}::uuid[])`;
}

/** Milliseconds until the next job of these functions is due, negative when it is late; null when there is none. */
export async function nextDueInMs(sql: Queryable, functions: string[]): Promise<number | null> {
  const [row] = await sql<{ ms: number | null }[]>`
    select extract(epoch from min(next.visible_at) - clock_timestamp())::float8 * 1000 as ms
    from unnest(${functions}::text[]) as known(id), lateral (
      select visible_at from inngest_jobs
      where function_id = known.id and visible_at is not null order by visible_at limit 1
    ) next`;
  return row?.ms ?? null;
}

/** A job with a known id is the same job: it is not added again. What was due in the past is due now. */
export async function insertJobs(sql: Queryable, jobs: readonly NewJob[]): Promise<void> {
  if (jobs.length === 0) return;
  await sql`
    insert into inngest_jobs
      (id, kind, function_id, run_id, step_id, name, payload, lost, concurrency_keys, concurrency_limits,
       run_at, visible_at)
    select id, kind, "functionId", "runId", "stepId", name, payload, coalesce(lost, 0),
      coalesce("concurrencyKeys", '{}'), coalesce("concurrencyLimits", '{}'), due.at, due.at
    from json_to_recordset(${asJson(jobs)}::text::json) as job(
      id text, kind inngest_job_kind, "functionId" text, "runId" text, "stepId" text, name text, payload text,
      lost integer, "concurrencyKeys" text[], "concurrencyLimits" integer[], "delayMs" float8, "dueAt" timestamptz
    ), lateral (
      select greatest("dueAt", clock_timestamp() + coalesce("delayMs", 0) * interval '1 ms') as at
    ) due
    on conflict (id) do nothing`;
}

type Debounce = {
  id: string;
  functionId: string;
  /** The event, as JSON. */
  payload: string;
  periodMs: number;
  timeoutMs: number | null;
};

/** One job per key: each event replaces the one before it and moves the start, up to `timeoutMs` after the first. */
export async function upsertDebounce(tx: Queryable, debounce: Debounce): Promise<void> {
  const { id, functionId, payload, periodMs, timeoutMs } = debounce;
  // While the job is unleased, `leased_at` keeps the latest start.
  await tx`
    insert into inngest_jobs as job (id, kind, function_id, payload, run_at, visible_at, leased_at)
    select ${id}, 'debounce', ${functionId}, ${payload}, due.at, due.at,
      clock_timestamp() + ${timeoutMs}::float8 * interval '1 ms'
    from (select clock_timestamp() + ${periodMs}::float8 * interval '1 ms' as at) due
    on conflict (id) do update set payload = excluded.payload,
      run_at = least(excluded.run_at, job.leased_at),
      visible_at = case when job.lease_token is null then least(excluded.run_at, job.leased_at) else job.visible_at end`;
}

/** Ends a job and tells its latest payload; null when its lease has gone to somebody else. */
export async function takePayload(tx: Queryable, { id, leaseToken }: Job): Promise<string | null> {
  const [row] = await tx<{ payload: string }[]>`
    delete from inngest_jobs where id = ${id} and lease_token = ${leaseToken} returning payload`;
  return row?.payload ?? null;
}

/** Ends a job; false when its lease has gone to somebody else, whose result counts instead. */
export async function endJob(tx: Queryable, { id, leaseToken }: Job): Promise<boolean> {
  const { count } = await tx`delete from inngest_jobs where id = ${id} and lease_token = ${leaseToken}`;
  return count === 1;
}

export async function retryJob(
  tx: Queryable,
  { id, leaseToken }: Job,
  delayMs: number,
  error: string,
): Promise<void> {
  await tx`
    update inngest_jobs
    set attempt = attempt + 1, lost = 0, lease_token = null, lease_owner = null, last_error = ${error},
      run_at = due.at, visible_at = due.at
    from (select clock_timestamp() + ${delayMs}::float8 * interval '1 ms' as at) due
    where id = ${id} and lease_token = ${leaseToken}`;
}

/** Moves a recurring job to its next turn. */
export async function rescheduleJob(tx: Queryable, { id, leaseToken }: Job, dueAt: Date): Promise<boolean> {
  const { count } = await tx`
    update inngest_jobs
    set lease_token = null, lease_owner = null, lost = 0, run_at = ${dueAt}, visible_at = ${dueAt}
    where id = ${id} and lease_token = ${leaseToken}`;
  return count === 1;
}

/** Gives unfinished work back as if it had never been taken. */
export async function giveBackJobs(sql: Queryable, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await sql`
    update inngest_jobs set lease_token = null, lease_owner = null, visible_at = run_at
    where lease_token = any(${jobs.map((job) => job.leaseToken)}::uuid[]) and id = any(${jobs.map((job) => job.id)})`;
}

/** Gives a job back that the engine itself could not finish, to be taken again later; the fifth time it is over. */
export async function blameJob(sql: Queryable, { id, leaseToken, lost }: Job, error: string): Promise<void> {
  const delayMs = Math.min(250 * 2 ** lost, 60_000);
  await sql`
    update inngest_jobs set lease_token = null, lease_owner = null, lost = lost + 1, last_error = ${error},
      visible_at = clock_timestamp() + ${delayMs}::float8 * interval '1 ms'
    where id = ${id} and lease_token = ${leaseToken}`;
}

/** Says, for as long as this connection lives or until it is taken back, when the process that routes was born. */
export async function announceRouter(sql: Queryable, bornAt: number): Promise<void> {
  await sql`
    select pg_try_advisory_lock_shared(hashtext('inngest:router'), ${bornAt}::integer)
    where not exists (
      select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and objsubid = 2
        and objid::bigint = ${bornAt}
    )`;
}

export async function withdrawRouter(sql: Queryable, bornAt: number): Promise<void> {
  await sql`select pg_advisory_unlock_shared(hashtext('inngest:router'), ${bornAt}::integer)`;
}

/** Prolongs the leases and keeps the lock by which others see that this worker lives. */
export async function heartbeat(
  sql: Queryable,
  { worker, jobs, leaseMs }: { worker: string; jobs: readonly Job[]; leaseMs: number },
): Promise<void> {
  await sql`
    select pg_try_advisory_lock(lock.key) from (select hashtextextended(${`inngest:worker:${worker}`}, 0) as key) lock
    where not exists (
      select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and objsubid = 1
        and (classid::bigint << 32 | objid::bigint) = lock.key
    )`;
  if (jobs.length === 0) return;
  await sql`
    update inngest_jobs set visible_at = clock_timestamp() + ${leaseMs}::float8 * interval '1 ms'
    where id = any(${jobs.map((job) => job.id)}) and lease_token = any(${jobs.map((job) => job.leaseToken)}::uuid[])`;
}

/** What crashes leave behind: leases of workers that are gone, wake-ups that were never sent. */
export async function repair(sql: Queryable): Promise<void> {
  await sql`select inngest_expire_dead_workers()`;
  await sql`select inngest_unpark()`;
}

/**
 * Makes the schedule what the functions say: one job per cron expression, none that vanished. One that waits for a
 * later tick than the next was set by a clock that ran ahead, and would sleep until the world catches up.
 */
export async function syncCrons(
  sql: Queryable,
  crons: readonly NewJob[],
  known: readonly string[],
): Promise<void> {
  // A function we do not know may be one of a newer process. It is gone when its tick is long overdue.
  await sql`
    delete from inngest_jobs where kind = 'cron' and id <> all(${crons.map((cron) => cron.id)}::text[])
      and (function_id = any(${[...known]}::text[]) or visible_at < clock_timestamp() - interval '1 hour')`;
  await insertJobs(sql, crons);
  await sql`
    update inngest_jobs job set run_at = cron."dueAt", visible_at = cron."dueAt"
    from json_to_recordset(${asJson(crons)}::text::json) as cron(id text, "dueAt" timestamptz)
    where job.id = cron.id and job.lease_token is null and job.run_at > cron."dueAt"`;
}

export async function databaseNow(sql: Queryable): Promise<Date> {
  const [row] = await sql<{ now: Date }[]>`select clock_timestamp() as now`;
  if (!row) throw new Error("The database did not tell the time.");
  return row.now;
}
