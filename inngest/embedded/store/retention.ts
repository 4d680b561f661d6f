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
  await sql`delete from inngest_waits where expires_at < clock_timestamp() - interval '1 day'`;
}

async function inBatches(deleteSome: () => PromiseLike<{ count: number }>): Promise<void> {
  while ((await deleteSome()).count === batch);
}
