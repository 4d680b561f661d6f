import { asJson, type Queryable } from "./connect";

export type NewEvent = {
  id: string;
  name: string;
  /** JSON, as all payloads. */
  data: string;
  /** Milliseconds; null: now. */
  ts: number | null;
  extra: string | null;
};

export type StoredEvent = {
  seq: string;
  id: string;
  name: string;
  data: string;
  ts: number;
  extra: string | null;
};

/** An id that was seen within a day is not stored again. */
export async function insertEvents(sql: Queryable, events: readonly NewEvent[]): Promise<void> {
  // A statement may not meet a row it has just inserted.
  const first = [...new Map(events.toReversed().map((event) => [event.id, event])).values()].toReversed();
  if (first.length === 0) return;
  await sql`
    with sent as (
      insert into inngest_events (id, name, data, occurs_at, extra)
      select id, name, data, coalesce(to_timestamp(ts / 1000.0), clock_timestamp()), extra
      from json_to_recordset(${asJson(first)}::text::json)
        as event(id text, name text, data text, ts float8, extra text)
      on conflict (id) do update
        set seq = default, name = excluded.name, data = excluded.data, occurs_at = excluded.occurs_at,
          extra = excluded.extra, received_at = default, routed_at = null
        where inngest_events.received_at < clock_timestamp() - interval '24 hours'
          and inngest_events.routed_at is not null
      returning 1
    )
    select pg_notify('inngest', '') from (select count(*) from sent) counted`;
}

/**
 * Lets one process after the other route, in the order of the commits: an event meets what the ones before it have
 * started, whichever process had those.
 */
export async function lockRouting(tx: Queryable): Promise<void> {
  // Lost with the server's memory it is simply done again: every later commit would have saved it too. A process
  // that freezes in the middle must not hold up the others.
  await tx`
    select set_config('synchronous_commit', 'off', true),
      set_config('idle_in_transaction_session_timeout', '5s', true),
      pg_advisory_xact_lock(hashtextextended('inngest:route', 0))`;
}

/**
 * Takes the oldest events nobody has routed, and marks them, for the length of the transaction. While a process
 * runs that was started later, which may know more functions, they are left to it for two seconds.
 */
export async function takeUnrouted(
  tx: Queryable,
  { limit, bornAt }: { limit: number; bornAt: number },
): Promise<StoredEvent[]> {
  const rows = await tx<StoredEvent[]>`
    update inngest_events set routed_at = clock_timestamp()
    where seq in (
      select seq from inngest_events where routed_at is null and (
        received_at < clock_timestamp() - interval '2 seconds'
        or not exists (
          select from pg_locks where locktype = 'advisory' and objsubid = 2
            and database = (select oid from pg_database where datname = current_database())
            and classid = (hashtext('inngest:router')::bigint & 4294967295)::oid and objid::bigint > ${bornAt}
        )
      )
      order by seq limit ${limit} for update skip locked
    )
    returning seq, id, name, data, floor(extract(epoch from occurs_at) * 1000)::float8 as ts, extra`;
  return rows.sort((a, b) => Number(a.seq) - Number(b.seq));
}
