import { randomUUID } from "node:crypto";
import postgres from "postgres";

/** A connection for looking into, or preparing, a product's database. End it. */
export const connect = (databaseUrl: string) => postgres(databaseUrl, { max: 2, onnotice: () => {} });

/**
 * A host who is free around the clock, or every day between two minutes of it, with three event types: `short`
 * (30 min), `long` (90 min on a 15-minute grid) and `wide` (30 min with an hour of buffers).
 */
export async function seedHost(
  sql: postgres.Sql,
  { timeZone = "UTC", hours: [from, to] = [0, 1440] }: { timeZone?: string; hours?: [number, number] } = {},
) {
  const handle = `host-${randomUUID().slice(0, 8)}`;
  const [host] = await sql`
    insert into users (email, name, password_hash, handle, time_zone)
    values (${`${handle}@example.test`}, 'Hanna Host', 'none', ${handle}, ${timeZone}) returning id`;
  const [schedule] = await sql`
    insert into schedules (host_id, name, is_default) values (${host?.id}, 'Hours', true) returning id`;
  await sql`
    insert into schedule_rules (schedule_id, host_id, weekday, start_minute, end_minute)
    select ${schedule?.id}, ${host?.id}, weekday, ${from}::int, ${to}::int from generate_series(1, 7) weekday`;
  await sql`
    insert into event_types (host_id, schedule_id, slug, title, duration_minutes, slot_interval_minutes,
      buffer_before_minutes, buffer_after_minutes)
    values (${host?.id}, ${schedule?.id}, 'short', 'Short', 30, 30, 0, 0),
      (${host?.id}, ${schedule?.id}, 'long', 'Long', 90, 15, 0, 0),
      (${host?.id}, ${schedule?.id}, 'wide', 'Wide', 30, 30, 60, 60)`;
  return { id: host?.id as string, handle, scheduleId: schedule?.id as string };
}

/** The host of that handle, made by `setUp`. */
export async function findHost(sql: postgres.Sql, handle: string): Promise<SeededHost> {
  const [row] = await sql`
    select users.id, schedules.id as schedule_id from users
    join schedules on schedules.host_id = users.id and is_default where handle = ${handle}`;
  return { id: row?.id as string, handle, scheduleId: row?.schedule_id as string };
}

type SeededHost = Awaited<ReturnType<typeof seedHost>>;

/** One more thing to book: 30 minutes, but for what `values` say. */
export async function addEventType(
  sql: postgres.Sql,
  { id, scheduleId }: SeededHost,
  values: { slug: string } & Record<string, unknown>,
): Promise<void> {
  const row = {
    host_id: id,
    schedule_id: scheduleId,
    title: "Meeting",
    duration_minutes: 30,
    slot_interval_minutes: 30,
    ...values,
  };
  await sql`insert into event_types ${sql(row)}`;
}

/** A calendar that blocks the host's bookings and was read last at that time. Returns its id. */
export async function addCalendar(
  sql: postgres.Sql,
  { id }: SeededHost,
  lastSyncedAt = new Date(),
): Promise<string> {
  const connectionId = randomUUID();
  await sql`
    insert into calendar_connections (id, host_id, provider, server_url, account, credentials)
    values (${connectionId}, ${id}, 'caldav', 'https://calendar.example.test/', 'hanna', 'none')`;
  const [calendar] = await sql`
    insert into calendars (connection_id, host_id, remote_id, name, checks_conflicts, last_synced_at, next_sync_at)
    values (${connectionId}, ${id}, 'https://calendar.example.test/team/', 'Work', true, ${lastSyncedAt},
      now() + interval '1 day')
    returning id`;
  return calendar?.id as string;
}

/** A client of this host's with a litigation that has a case, an archived patent, and a plain project. */
export async function addProjects(sql: postgres.Sql, { id: hostId }: SeededHost): Promise<void> {
  const add = async (kind: string, name: string, color: string, above: string | null = null) => {
    const [row] = await sql`
      insert into projects (kind, name, color, parent_id) values (${kind}, ${name}, ${color}, ${above}) returning id`;
    return row?.id as string;
  };
  const client = await add("client", "Acme Aviation GmbH & Co. KG", "#3d7cdb");
  const suit = await add("litigation", "Acme v. Bolt", "#8a63d2", client);
  await add("case", "Appeal, Higher Regional Court of Düsseldorf, 2 U 17/26", "#d25249", suit);
  const patent = await add("patent", "EP 1 234 567: folding wing", "#43904f", client);
  const internal = await add("project", "Internal", "#74808a");
  await sql`update projects set archived_at = now() where id = ${patent}`;
  await sql`
    insert into project_members (project_id, user_id, role)
    values (${client}, ${hostId}, 'manager'), (${internal}, ${hostId}, 'manager')`;
  const other = await seedHost(sql);
  await sql`
    insert into project_members (project_id, user_id, role) values (${client}, ${other.id}, 'editor')`;
}
