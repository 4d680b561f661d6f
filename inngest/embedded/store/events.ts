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

/** Takes the oldest events nobody has routed, and marks them, for the length of the transaction. */
export async function takeUnrouted(tx: Queryable, limit: number): Promise<StoredEvent[]> {
  const rows = await tx<StoredEvent[]>`
    update inngest_events set routed_at = clock_timestamp()
    where seq in (
      select seq from inngest_events where routed_at is null order by seq limit ${limit} for update skip locked
    )
    returning seq, id, name, data, floor(extract(epoch from occurs_at) * 1000)::float8 as ts, extra`;
  return rows.sort((a, b) => Number(a.seq) - Number(b.seq));
}
