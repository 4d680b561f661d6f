import { type SQL, sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { Durations, Metric } from "./text";

// What ended is counted over the last hour: the tables forget, so no count since the beginning can be kept in them.
// now() and not clock_timestamp(), whose every call may differ: no index can look for that.
const since = sql`now() - interval '1 hour'`;
// A busier hour is judged by its newest runs and steps.
const mostRuns = 20_000;
const mostSteps = 50_000;

const bounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400];
const lastHour = "in the last hour. A window, not a counter: use it without rate()";

/** Runs under way, and what became of those that ended of late. */
export async function runMetrics(): Promise<Metric[]> {
  const [active, ended, runs, steps] = await Promise.all([
    countActive(),
    countEnded(),
    measure(endedRuns),
    measure(endedSteps),
  ]);
  return [
    {
      name: "calends_runs_active",
      help: "Runs that have not ended, by function.",
      type: "gauge",
      samples: active.map(({ function: fn, n }) => ({ labels: { function: fn }, value: n })),
    },
    {
      name: "calends_runs_ended",
      help: `Runs that ended ${lastHour}.`,
      type: "gauge",
      samples: ended.map(({ function: fn, status, n }) => ({ labels: { function: fn, status }, value: n })),
    },
    {
      name: "calends_run_failures",
      help: `Runs that failed ${lastHour}.`,
      type: "gauge",
      samples: [
        { value: ended.filter(({ status }) => status === "failed").reduce((sum, { n }) => sum + n, 0) },
      ],
    },
    {
      name: "calends_run_duration_seconds",
      help: `From the first call to the end, of runs that ended ${lastHour}.`,
      type: "histogram",
      bounds,
      groups: runs,
    },
    {
      name: "calends_step_duration_seconds",
      help: `The last try of each step, of runs that began ${lastHour}.`,
      type: "histogram",
      bounds,
      groups: steps,
    },
  ];
}

function countActive() {
  // The index of singletons holds every active run, and no other.
  return database().execute<{ function: string; n: number }>(sql`
    select function_id as function, count(*)::int as n from (
      select function_id from inngest_runs where status = 'running' limit ${mostRuns}
    ) active
    group by function_id order by function_id`);
}

const newestEnded = sql`
  select function_id, status, started_at, ended_at from inngest_runs
  where ended_at > ${since} order by ended_at desc limit ${mostRuns}`;

function countEnded() {
  return database().execute<{ function: string; status: string; n: number }>(sql`
    select function_id as function, status, count(*)::int as n from (${newestEnded}) ended
    group by function_id, status order by function_id, status`);
}

const endedRuns = sql`
  select function_id as function, '' as step, extract(epoch from ended_at - started_at)::float8 as took
  from (${newestEnded}) ended where started_at is not null`;

// Steps have no index by time. They lie in the order of their runs, and those in the order of birth.
const endedSteps = sql`
  select runs.function_id as function, extract(epoch from steps.ended_at - steps.started_at)::float8 as took
  from (
    select run_id, started_at, ended_at from inngest_steps
    where run_id >= inngest_ulid_time(${since}) and started_at is not null
    order by run_id desc limit ${mostSteps}
  ) steps join inngest_runs runs on runs.id = steps.run_id`;

async function measure(durations: SQL): Promise<Durations[]> {
  const rows = await database().execute<{
    function: string;
    counts: number[];
    sum: number;
    count: number;
  }>(sql`
    select function, array[${sql.join(
      bounds.map((bound) => sql`count(*) filter (where took <= ${bound}::float8)::int`),
      sql`, `,
    )}] as counts, coalesce(sum(took), 0)::float8 as sum, count(*)::int as count
    from (${durations}) measured group by function order by function`);
  return rows.map(({ function: fn, ...rest }) => ({ labels: { function: fn }, ...rest }));
}
