import type { Sql } from "./connect";

const batch = 5_000;

/** Deletes what nobody will ask for again: events after a week, runs after 30 days, failed ones after 90. */
export async function forget(sql: Sql): Promise<void> {
  await inBatches(
    () => sql`
      delete from inngest_events where seq in (
        select seq from inngest_events
        where received_at < clock_timestamp() - interval '7 days' and routed_at is not null
        order by received_at limit ${batch})`,
  );
  await inBatches(
    () => sql`
      delete from inngest_runs where id in (
        select id from inngest_runs
        where ended_at < clock_timestamp() - interval '30 days'
          and (status <> 'failed' or ended_at < clock_timestamp() - interval '90 days')
        order by ended_at limit ${batch})`,
  );
  await endOrphans(sql);
  await sql`delete from inngest_waits where expires_at < clock_timestamp() - interval '1 day'`;
}

/** Runs whose function is gone from the code: nobody has taken their work for 30 days. */
async function endOrphans(sql: Sql): Promise<void> {
  const error = { name: "UnknownFunctionError", message: "No process has known this function for 30 days." };
  await sql`
    with overdue as (
      select id, run_id from inngest_jobs
      where lease_token is null and visible_at < clock_timestamp() - interval '30 days' order by id limit ${batch}
    ), ended as (
      update inngest_runs
      set status = 'failed', error = ${JSON.stringify(error)}, ended_at = clock_timestamp(), pending = '{}'
      where id in (select run_id from overdue) and status = 'running'
      returning id
    ), silenced as (
      delete from inngest_waits where run_id in (select id from ended)
    )
    delete from inngest_jobs where id in (select id from overdue) or run_id in (select id from ended)`;
}

async function inBatches(deleteSome: () => PromiseLike<{ count: number }>): Promise<void> {
  while ((await deleteSome()).count === batch);
}
