import type { Sql, TransactionSql } from "postgres";

// An installation of many hosts with years of calendars behind and before them, for the bench and for the test of
// the plan. Everything a host has follows from its number, so filling up adds what is missing.

export const subject = {
  eventTypeId: "00000000-0000-4000-8000-000000000001",
  hostId: "00000000-0000-4000-8000-000000000000",
  handle: "subject",
  slug: "meet",
} as const;

/** The 30 days in question, and the moment of asking. */
export type Question = { from: Date; to: Date; now: Date };

export const june: Question = questionAbout(new Date("2026-06-01T00:00:00Z"));

export function questionAbout(from: Date): Question {
  const days = (count: number) => new Date(from.getTime() + count * 86_400_000);
  return { from, to: days(30), now: days(-10) };
}

const eventsPerHost = 1_000;

/** As many other hosts as there should be, each with 1,000 events in two calendars and the rest of what hosts have. */
export async function fillHosts(sql: Sql, total: number): Promise<void> {
  const [{ known } = { known: 0 }] = await sql<{ known: number }[]>`
    select count(*)::int as known from users where handle like 'other-%'`;
  await withoutIndexes(sql, "synced_events", async () => {
    await sql.begin(async (tx) => {
      // Neither foreign keys nor the triggers that tell open pages: a million rows would only wait for them.
      await tx`set local session_replication_role = replica`;
      await tx`create temp table filling on commit drop as
        select n, md5('host-' || n)::uuid as id, md5('schedule-' || n)::uuid as schedule_id,
          md5('connection-' || n)::uuid as connection_id, md5('type-' || n)::uuid as event_type_id
        from generate_series(${known} + 1, ${total}) n`;
      await addHosts(tx);
      await addEvents(tx);
      await addBookings(tx);
    });
  });
  await sql`vacuum analyze`;
}

async function addHosts(sql: TransactionSql): Promise<void> {
  await sql`insert into users (id, email, name, password_hash, handle, time_zone)
    select id, 'other-' || n || '@example.test', 'Host ' || n, 'none', 'other-' || n, 'Europe/Brussels' from filling`;
  await sql`insert into schedules (id, host_id, name, is_default) select schedule_id, id, 'Hours', true from filling`;
  await sql`insert into schedule_rules (schedule_id, host_id, weekday, start_minute, end_minute)
    select schedule_id, id, weekday, 540, 1020 from filling, generate_series(1, 5) weekday`;
  await sql`insert into schedule_overrides (schedule_id, host_id, day)
    select schedule_id, id, date '2026-01-01' + day * 30 + n % 28 from filling, generate_series(0, 11) day`;
  await sql`insert into blocked_times (host_id, time_zone, starts_at, ends_at, weekdays)
    select id, 'Europe/Brussels', timestamp '2026-01-05 12:00', timestamp '2026-01-05 13:00',
      case when k = 1 then '{1,2,3,4,5}'::smallint[] end
    from filling, generate_series(1, 5) k`;
  await sql`insert into event_types (id, host_id, schedule_id, slug, title, duration_minutes, slot_interval_minutes)
    select case when k = 1 then event_type_id else gen_random_uuid() end, id, schedule_id, 'meet-' || k, 'Meeting', 30, 15
    from filling, generate_series(1, 3) k`;
  await sql`insert into calendar_connections (id, host_id, provider, server_url, account, credentials)
    select connection_id, id, 'fake', 'https://calendar.example.test/', n::text, 'none' from filling`;
  await sql`insert into calendars (id, connection_id, host_id, remote_id, name, checks_conflicts, last_synced_at,
      next_sync_at)
    select md5('calendar-' || n || '-' || k)::uuid, connection_id, id, k::text, 'Calendar ' || k, k < 3, ${june.now}, 'infinity'
    from filling, generate_series(1, 3) k`;
}

/** From a month ago to 18 months ahead; one in twenty lasts whole days, one in ten blocks nothing. */
async function addEvents(sql: TransactionSql): Promise<void> {
  await sql`
    insert into synced_events (calendar_id, host_id, provider_event_id, occurrence_key, uid, title, starts_at, ends_at,
      start_day, end_day, status, transparency)
    select md5('calendar-' || n || '-' || 1 + k % 2)::uuid, id, 'event-' || k, '', 'event-' || k, 'Event ' || k,
      case when k % 20 > 0 then at end, case when k % 20 > 0 then at + interval '45 minutes' end,
      case when k % 20 = 0 then at::date end, case when k % 20 = 0 then at::date + 1 + k % 3 end,
      'confirmed', case when k % 10 = 7 then 'transparent' else 'opaque' end::event_transparency
    from filling, generate_series(1, ${eventsPerHost}) k, lateral (
      select timestamptz '2026-04-20 08:00:00Z'
        + (n * 7919 + k * 104729) % (560 * 36) * interval '15 minutes' * (24.0 / 9) as at
    ) time`;
}

/** Two hundred each, half of them past, with their appointments and the copies in a calendar. */
async function addBookings(sql: TransactionSql): Promise<void> {
  await sql`create temp table meeting on commit drop as
    select id as host_id, event_type_id, md5('booking-' || n || '-' || k)::uuid as booking_id,
      md5('appointment-' || n || '-' || k)::uuid as appointment_id, md5('calendar-' || n || '-1')::uuid as calendar_id,
      timestamptz '2026-02-10 09:00:00Z' + k * interval '1 day' as at
    from filling, generate_series(1, 200) k`;
  await sql`insert into bookings (id, host_id, event_type_id, starts_at, ends_at, buffer_before_minutes,
      buffer_after_minutes, blocked, status, visitor_name, visitor_email, visitor_time_zone, idempotency_key)
    select booking_id, host_id, event_type_id, at, at + interval '30 minutes', 0, 0,
      tstzmultirange(tstzrange(at, at + interval '30 minutes')), 'confirmed', 'Vera', 'vera@example.test', 'UTC',
      gen_random_uuid()
    from meeting`;
  await sql`insert into appointments (id, owner_id, booking_id, uid, title, starts_at, ends_at, time_zone)
    select appointment_id, host_id, booking_id, appointment_id::text, 'Meeting', at, at + interval '30 minutes', 'UTC'
    from meeting`;
  await sql`insert into appointments (owner_id, uid, title, starts_at, ends_at, time_zone)
    select host_id, 'own-' || appointment_id, 'Own', at + interval '5 hours', at + interval '6 hours', 'UTC'
    from meeting`;
  await sql`insert into appointment_targets (appointment_id, calendar_id, owner_id, uid, remote_id)
    select appointment_id, calendar_id, host_id, appointment_id::text, appointment_id::text from meeting`;
  await sql`insert into synced_events (calendar_id, host_id, provider_event_id, occurrence_key, uid, title, starts_at,
      ends_at, status, transparency)
    select calendar_id, host_id, appointment_id::text, '', appointment_id::text, 'Meeting', at, at + interval '30 minutes',
      'confirmed', 'opaque'
    from meeting`;
}

/**
 * The host that is asked: open round the clock on a 15-minute grid, with so many busy events in the 30 days in question,
 * spread over four calendars and every other two hours, and bookings as everyone has.
 */
export async function fillSubject(sql: Sql, events: number, { from, now } = june): Promise<void> {
  const { hostId, eventTypeId, handle, slug } = subject;
  await sql`delete from bookings where host_id = ${hostId}`;
  await sql`delete from event_types where host_id = ${hostId}`;
  await sql`delete from users where id = ${hostId}`;
  await sql`insert into users (id, email, name, password_hash, handle, time_zone)
    values (${hostId}, 'subject@example.test', 'Hanna Host', 'none', ${handle}, 'Europe/Brussels')`;
  await sql`insert into schedules (id, host_id, name, is_default) values (${hostId}, ${hostId}, 'Hours', true)`;
  await sql`insert into schedule_rules (schedule_id, host_id, weekday, start_minute, end_minute)
    select ${hostId}, ${hostId}, weekday, 0, 1440 from generate_series(1, 7) weekday`;
  await sql`insert into event_types (id, host_id, schedule_id, slug, title, duration_minutes, slot_interval_minutes)
    values (${eventTypeId}, ${hostId}, ${hostId}, ${slug}, 'Meeting', 30, 15)`;
  await sql`insert into calendar_connections (id, host_id, provider, server_url, account, credentials)
    values (${hostId}, ${hostId}, 'fake', 'https://calendar.example.test/', 'subject', 'none')`;
  await sql`insert into calendars (id, connection_id, host_id, remote_id, name, checks_conflicts, last_synced_at,
      next_sync_at)
    select md5('subject-' || k)::uuid, ${hostId}, ${hostId}, k::text, 'Calendar ' || k, true, ${now}, 'infinity'
    from generate_series(0, 3) k`;
  await sql`insert into synced_events (calendar_id, host_id, provider_event_id, occurrence_key, uid, title, starts_at,
      ends_at, status, transparency)
    select md5('subject-' || k % 4)::uuid, ${hostId}, 'event-' || k, '', 'event-' || k, 'Event ' || k, at,
      at + (5 + k % 4 * 5) * interval '1 minute', 'confirmed', 'opaque'
    from generate_series(1, ${events}) k, lateral (
      select ${from}::timestamptz + k * 7919 % 360 * interval '2 hours' + k / 360 * 7 % 60 * interval '1 minute' as at
    ) time`;
  await sql`insert into bookings (host_id, event_type_id, starts_at, ends_at, buffer_before_minutes,
      buffer_after_minutes, status, visitor_name, visitor_email, visitor_time_zone, idempotency_key)
    select ${hostId}, ${eventTypeId}, at, at + interval '30 minutes', 0, 0, 'confirmed', 'Vera', 'vera@example.test',
      'UTC', gen_random_uuid()
    from generate_series(0, 29) k, lateral (
      select ${from}::timestamptz + k * interval '1 day' + interval '15 hours' as at
    ) time`;
  await sql`vacuum analyze`;
}

/** Sorting a million rows into an index at the end takes a tenth of the time. */
async function withoutIndexes(sql: Sql, table: string, fill: () => Promise<void>): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where tablename = ${table} and indexname not in (select conname from pg_constraint)`;
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  await fill();
  for (const { definition } of indexes) await sql.unsafe(definition);
}
