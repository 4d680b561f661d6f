import type { Logger } from "inngest";
import { type Sql, together } from "../embedded/store/connect";

/** An event as `inngest.send` takes it. */
export type OutgoingEvent = { id: string; name: string; data: Record<string, unknown>; ts: number };
type Sending = { send(event: OutgoingEvent): Promise<unknown>; log: Pick<Logger, "error"> };
// As many are under way at once, read from the table this many at a time.
const lanes = 8;
const page = 100;

type Row = { seq: string; id: string; name: string; data: string; ts: number };

/**
 * Sends every event nobody has sent, oldest first, and marks it. Who dies in between leaves it unmarked; it is sent
 * again under the same id, which the server takes once. One that the server refuses, or never answers, does not hold
 * up the others.
 * @param sql one connection: it holds the lock that keeps other processes from sending the same
 * @returns false when some may be left: sending failed, or another process is at it
 */
export async function sendUnsent(sql: Sql, sending: Sending): Promise<boolean> {
  const [lock] = await sql<{ isOurs: boolean }[]>`
    select pg_try_advisory_lock(hashtext('calends:outbox')) as is_ours`;
  if (!lock?.isOurs) return false;
  const isDone = await sendAll(sql, sending);
  // When that threw, the connection is gone as a rule, and the lock with it.
  await sql`select pg_advisory_unlock(hashtext('calends:outbox'))`;
  return isDone;
}

/** No transaction around the sending: what it waits for is another machine. */
async function sendAll(sql: Sql, sending: Sending): Promise<boolean> {
  let isDone = true;
  const queue = unsent(sql);
  async function lane(): Promise<void> {
    for await (const row of queue) {
      if (await isSent(row, sending))
        await sql`update inngest_events set routed_at = clock_timestamp() where seq = ${row.seq}`;
      else isDone = false;
    }
  }
  await together(Array.from({ length: lanes }, lane));
  return isDone;
}

async function isSent({ id, name, data, ts }: Row, { send, log }: Sending): Promise<boolean> {
  try {
    await send({ id, name, data: JSON.parse(data), ts });
    return true;
  } catch (error) {
    log.error({ err: error, event: name, id }, "An event was not sent; it is tried again.");
    return false;
  }
}

async function* unsent(sql: Sql): AsyncGenerator<Row> {
  let last = "0";
  for (;;) {
    const rows = await sql<Row[]>`
      select seq, id, name, data, floor(extract(epoch from occurs_at) * 1000)::float8 as ts
      from inngest_events where routed_at is null and seq > ${last} order by seq limit ${page}`;
    if (rows.length === 0) return;
    yield* rows;
    last = rows.at(-1)?.seq ?? last;
  }
}
