import postgres, { type Sql } from "postgres";
import { cpuOf } from "./cpu";
import { type Measure, percentile } from "./measure";
import { onOwnDatabase } from "./own-database";
import { measureHttp } from "./slots-http";
import { explainSlots } from "./slots-plan";
import { measureRivals } from "./slots-rivals";
import { fillHosts, fillSubject, june, subject } from "./slots-tables";

/**
 * What is free in 30 days, for meetings of 30 minutes on a grid of 15, inside PostgreSQL: with more and more other
 * hosts, with ten times the busy events, beside two slot finders from npm on the same input, and over HTTP.
 */
export const bench = () => onOwnDatabase(onDatabase);

async function* onDatabase(databaseUrl: string): AsyncGenerator<Measure> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    for (const hosts of [10, 100, 1_000]) {
      await fillHosts(sql, hosts);
      await fillSubject(sql, 1_000);
      yield* measureSlots(sql, databaseUrl, `1000 busy events, ${hosts} other hosts`, 5);
    }
    yield* measureRivals(sql, "1000 busy events");
    await fillSubject(sql, 10_000);
    yield* measureSlots(sql, databaseUrl, "10000 busy events, 1000 other hosts", 15);
    yield* measureRivals(sql, "10000 busy events");
    for (const line of await explainSlots(databaseUrl)) if (/Scan/.test(line)) console.error(line.trim());
    yield* measureHttp(sql, databaseUrl);
  } finally {
    await sql.end();
  }
}

/** Each question is planned as one from outside is; what the function itself asks is planned once per connection. */
async function* measureSlots(
  sql: Sql,
  databaseUrl: string,
  what: string,
  bar: number,
): AsyncGenerator<Measure> {
  await ask(sql, 20);
  const { pid, cpuBefore } = await startOfCpu(sql);
  const runs = 300;
  const times = await ask(sql, runs);
  yield {
    case: what,
    metric: "in PostgreSQL, p50",
    value: percentile(times, 0.5),
    unit: "ms",
    bar: { atMost: bar },
  };
  yield { case: what, metric: "in PostgreSQL, p95", value: percentile(times, 0.95), unit: "ms" };
  if (cpuBefore !== null)
    yield {
      case: what,
      metric: "CPU of PostgreSQL per question",
      value: ((cpuOf(pid) ?? 0) - cpuBefore) / runs,
      unit: "ms",
      bar: { atMost: bar },
    };
  yield {
    case: what,
    metric: "first question of a connection",
    value: await firstTime(databaseUrl),
    unit: "ms",
  };
}

/** How long the question took each time, measured by PostgreSQL's own clock. */
async function ask(sql: Sql, runs: number): Promise<number[]> {
  await sql`
    create or replace function pg_temp.ask(event_type uuid, since timestamptz, until timestamptz, at timestamptz, runs integer)
    returns double precision[] language plpgsql as $$
    declare
      began timestamptz;
      times double precision[] := '{}';
    begin
      for n in 1..runs loop
        began := clock_timestamp();
        execute 'select count(starts_at) from get_available_slots($1, $2, $3, $4)' using event_type, since, until, at;
        times := times || (extract(epoch from clock_timestamp() - began) * 1000)::double precision;
      end loop;
      return times;
    end $$`;
  const [row] = await sql<{ times: number[] }[]>`
    select pg_temp.ask(${subject.eventTypeId}, ${june.from}, ${june.to}, ${june.now}, ${runs}) as times`;
  return row?.times ?? [];
}

async function firstTime(databaseUrl: string): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    const fresh = postgres(databaseUrl, { max: 1 });
    times.push(...(await ask(fresh, 1)));
    await fresh.end();
  }
  return percentile(times, 0.5);
}

async function startOfCpu(sql: Sql) {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = row?.pid ?? 0;
  return { pid, cpuBefore: cpuOf(pid) };
}
