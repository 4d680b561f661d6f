import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { Metric } from "./text";

// The queue holds what is to be done, not what was; more than this is counted as this.
const most = 100_000;

/** How much is queued, in which state, and for how long the oldest due job has been waiting. */
export async function queueMetrics(): Promise<Metric[]> {
  const rows = await database().execute<{
    function: string;
    kind: string;
    state: string;
    jobs: number;
    late: number;
  }>(sql`
    select function_id as function, kind, state, count(*)::int as jobs,
      coalesce(max(extract(epoch from now() - visible_at)) filter (where state = 'due'), 0)::float8 as late
    from (
      select function_id, kind, visible_at, case
        when lease_token is not null then 'running'
        when parked_on is not null then 'parked'
        when visible_at <= now() then 'due'
        else 'scheduled'
      end as state
      from inngest_jobs limit ${most}
    ) queued
    group by function_id, kind, state
    order by function_id, kind, state`);
  const oldest = Math.max(0, ...rows.map(({ late }) => late));
  return [
    {
      name: "calends_jobs",
      help: "Jobs of the engine by function, kind and state; cron jobs are always there.",
      type: "gauge",
      samples: rows.map(({ jobs, function: fn, kind, state }) => ({
        labels: { function: fn, kind, state },
        value: jobs,
      })),
    },
    {
      name: "calends_oldest_due_job_age_seconds",
      help: "How long the oldest due job has been waiting for a worker.",
      type: "gauge",
      samples: [{ value: oldest }],
    },
    {
      name: "calends_unrouted_events",
      help: `Events that have not been handed to their functions yet, counted up to ${most}.`,
      type: "gauge",
      samples: [{ value: await countUnrouted() }],
    },
  ];
}

async function countUnrouted(): Promise<number> {
  const [row] = await database().execute<{ n: number }>(sql`
    select count(*)::int as n from (select from inngest_events where routed_at is null limit ${most}) unrouted`);
  return row?.n ?? 0;
}
