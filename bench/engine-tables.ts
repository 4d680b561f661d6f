import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql } from "postgres";

// The engine's tables as they look after months, for the bench and for the test of the claim's plan.

/** As many runs that ended, with three steps and an event each, as there should be. */
export async function fillRuns(sql: Sql, total: number): Promise<void> {
  await sql`
    insert into inngest_runs (id, function_id, status, events, output, created_at, started_at, ended_at)
    select 'old-' || n, 'calends-bench-chain', 'completed', '[{"name":"bench/chain","data":{}}]', 'null', at, at, at
    from generate_series((select count(*) from inngest_runs where id like 'old-%') + 1, ${total}) n,
      lateral (select clock_timestamp() - n * interval '20 seconds' as at) age`;
  await sql`
    insert into inngest_steps (run_id, step_id, name, value)
    select id, md5(n::text), 'step', '{"a":1}' from inngest_runs, generate_series(1, 3) n where id like 'old-%'
    on conflict do nothing`;
  await sql`
    insert into inngest_events (id, name, data, received_at, routed_at)
    select id, 'bench/chain', '{}', created_at, created_at from inngest_runs where id like 'old-%'
    on conflict do nothing`;
  await sql`analyze`;
}

const functions = "calends-bench-0,calends-bench-1,calends-bench-2";

/** Jobs of runs that sleep or are due, a few hundred of them now. */
export async function fillWaitingJobs(sql: Sql, total: number): Promise<void> {
  await sql`
    insert into inngest_jobs (id, kind, function_id, run_id, run_at, visible_at)
    select 'waiting-' || n, 'sleep', 'calends-bench-' || n % 4, null, at, at
    from generate_series(1, ${total}) n, lateral (select clock_timestamp() + (n - 300) * interval '1 second' as at) due`;
  await sql`analyze inngest_jobs`;
}

/** The query of the claim's own loop, with its variables filled in, for EXPLAIN. */
export async function explainClaim(sql: Sql) {
  const source = readFileSync(join(process.cwd(), "db/functions/inngest_claim.sql"), "utf8");
  const [, query = ""] = /FOR candidate IN\n(.+?)\n {2}LOOP/s.exec(source) ?? [];
  return explain(
    sql,
    query
      .replace("functions", `'{${functions}}'::text[]`)
      .replace("mine", "'{}'::uuid[]")
      .replaceAll("moment", "now()")
      .replaceAll("slots", "20"),
  );
}

export async function explainNextDue(sql: Sql) {
  return explain(
    sql,
    `select min(next.visible_at) from unnest('{${functions}}'::text[]) as known(id), lateral (
       select visible_at from inngest_jobs
       where function_id = known.id and visible_at is not null order by visible_at limit 1
     ) next`,
  );
}

async function explain(sql: Sql, query: string) {
  const lines = (await sql.unsafe(`explain analyze ${query}`)).map((row) => String(row["QUERY PLAN"]));
  const time = /Execution Time: ([\d.]+)/.exec(lines.at(-1) ?? "")?.[1];
  return { lines, milliseconds: Number(time) };
}
