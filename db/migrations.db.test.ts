import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { expect, test } from "vitest";
import { throwAway } from "@/scripts/lib/test-postgres";
import { oldestPostgres } from "@/scripts/lib/tools.mjs";
import { migrateDatabase } from "./migrate";

// `npm test` says loudly when PostgreSQL 15 is neither there nor to be had.
const [oldest] = oldestPostgres.find() ?? [];
const servers = [
  { name: "the embedded PostgreSQL", major: 18, bin: undefined },
  ...(oldest ? [{ name: "the oldest PostgreSQL we support", major: 15, bin: oldest }] : []),
];

test.each(servers)("migrations apply on $name, alone and by several at once", async ({ major, bin }) => {
  const server = await throwAway(bin);
  const url = `${server.address}postgres`;
  try {
    await migrateDatabase(url);
    const first = await describeSchema(url);
    expect(first.version).toBe(major);
    expect(first.tables).toContain("bookings");

    await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)]);
    expect(await describeSchema(url)).toEqual(first);
  } finally {
    await server.stop();
  }
});

test("an installation from before moves and cancellations keeps its bookings, and their times", async () => {
  const server = await throwAway();
  const url = `${server.address}postgres`;
  const before = onlyTo(4);
  try {
    await migrateDatabase(url, before);
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    await sql.unsafe(oldBookings);
    await migrateDatabase(url);
    expect(
      await sql`select status, blocked::text, sequence, answers from bookings order by starts_at`,
    ).toEqual([
      { status: "pending", blocked: blockedAt("09:55", "10:35"), sequence: 0, answers: [] },
      { status: "confirmed", blocked: blockedAt("10:55", "11:35"), sequence: 0, answers: [] },
      { status: "declined", blocked: blockedAt("11:55", "12:35"), sequence: 0, answers: [] },
    ]);
    await expect(
      sql`update bookings set starts_at = '2027-01-04T10:30Z' where status = 'confirmed'`,
    ).rejects.toThrow("bookings_never_overlap");
    await sql.end();
  } finally {
    rmSync(before, { recursive: true });
    await server.stop();
  }
});

test("copies of bookings from before bindings stay what they are, and what was left to do is due", async () => {
  const server = await throwAway();
  const url = `${server.address}postgres`;
  const before = onlyTo(12);
  try {
    await migrateDatabase(url, before);
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    await sql.unsafe(oldBookings);
    await sql.unsafe(oldCopies);
    await migrateDatabase(url);
    const at = new Date(0);
    expect(
      await sql`select uid, is_destination, push_due_at, attempts, binding_id, removed_at is not null as "isToGo"
        from appointment_targets order by uid`,
    ).toEqual(
      [
        { uid: "done", push_due_at: null, isToGo: false },
        { uid: "moved since", push_due_at: at, isToGo: false },
        { uid: "never written", push_due_at: at, isToGo: false },
        { uid: "to go", push_due_at: at, isToGo: true },
      ].map((target) => ({ ...target, is_destination: true, attempts: 0, binding_id: null })),
    );
    const [appointment] = await sql`select revision, last_ends_at = ends_at as ends, project_id, recurrence
      from appointments limit 1`;
    expect(appointment).toEqual({ revision: 1, ends: true, project_id: null, recurrence: null });
    // From here on the triggers keep all of it.
    await sql`update appointments set title = 'Other' where uid = 'done'`;
    expect(await sql`select push_due_at from appointment_targets where uid = 'done'`).toEqual([
      { push_due_at: at },
    ]);
    await sql.end();
  } finally {
    rmSync(before, { recursive: true });
    await server.stop();
  }
});

/** A `db` folder with the migrations up to that one, and no functions. */
function onlyTo(last: number): string {
  const folder = mkdtempSync(join(tmpdir(), "calends-migrations-"));
  mkdirSync(join(folder, "functions"));
  cpSync("db/migrations", join(folder, "migrations"), { recursive: true });
  const journal = join(folder, "migrations/meta/_journal.json");
  const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8"));
  const kept = entries.filter(({ idx }: { idx: number }) => idx <= last);
  writeFileSync(journal, JSON.stringify({ ...rest, entries: kept }));
  return folder;
}

const blockedAt = (from: string, to: string) => `{["2027-01-04 ${from}:00+00","2027-01-04 ${to}:00+00")}`;

const oldBookings = `
  with host as (
    insert into users (email, name, role, handle, time_zone, password_hash)
    values ('h@example.test', 'Hanna', 'admin', 'hanna', 'UTC', 'none') returning id
  ), schedule as (
    insert into schedules (host_id, name, is_default) select id, 'Hours', true from host returning id, host_id
  ), event_type as (
    insert into event_types (host_id, schedule_id, slug, title, duration_minutes, slot_interval_minutes)
    select host_id, id, 'intro', 'Intro', 30, 30 from schedule returning id, host_id
  )
  insert into bookings (host_id, event_type_id, starts_at, ends_at, buffer_before_minutes, buffer_after_minutes, status,
    decline_reason, visitor_name, visitor_email, visitor_time_zone, idempotency_key)
  select host_id, id, start, start + interval '30 minutes', 5, 5, status::booking_status, reason::decline_reason,
    'Vera', 'vera@example.test', 'UTC', gen_random_uuid()
  from event_type, (values
    (timestamptz '2027-01-04T10:00Z', 'pending', null), ('2027-01-04T11:00Z', 'confirmed', null),
    ('2027-01-04T12:00Z', 'declined', 'conflict')
  ) as old(start, status, reason)`;

// One appointment with its copy in each state, in a calendar of the host's.
const oldCopies = `
  with host as (select id from users where handle = 'hanna'), connection as (
    insert into calendar_connections (id, host_id, provider, server_url, account, credentials)
    select gen_random_uuid(), id, 'fake', 'https://x.test/', 'a', 'none' from host returning id, host_id
  ), calendar as (
    insert into calendars (connection_id, host_id, remote_id, name, is_destination)
    select id, host_id, 'c', 'C', true from connection returning id, host_id
  ), appointment as (
    insert into appointments (owner_id, uid, title, starts_at, ends_at, time_zone, updated_at)
    select id, uid, 'Meeting', '2027-01-04T11:00Z', '2027-01-04T11:30Z', 'UTC', timestamptz '2026-12-01'
    from host, unnest(array['done', 'moved since', 'never written', 'to go']) uid returning id, owner_id, uid
  )
  insert into appointment_targets (appointment_id, calendar_id, owner_id, uid, remote_id, pushed_hash, pushed_at, removed_at)
  select a.id, c.id, a.owner_id, uid, case when uid <> 'never written' then uid end, 'hash',
    case uid when 'never written' then null when 'moved since' then timestamptz '2026-11-30' else '2026-12-02' end,
    case uid when 'to go' then timestamptz '2026-12-03' end
  from appointment a, calendar c`;

async function describeSchema(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [server] = await sql`select current_setting('server_version_num')::int / 10000 as version`;
    const tables =
      await sql`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`;
    const [migrations] = await sql`select count(*)::int as count from drizzle.__drizzle_migrations`;
    return {
      version: server?.version,
      tables: tables.map(({ relname }) => relname),
      migrations: migrations?.count,
    };
  } finally {
    await sql.end();
  }
}
