import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { Metric } from "./text";

const healths = ["ok", "error", "stale"] as const;

/** How the promises to hosts are doing: calendars that are read, bookings and copies that lie in a calendar. */
export async function productMetrics(): Promise<Metric[]> {
  const [calendars, undelivered, copies] = await Promise.all([
    countCalendars(),
    countUndelivered(),
    countCopies(),
  ]);
  return [
    {
      name: "calends_calendars",
      help: "Calendars that block bookings, by health. A stale one closes its host's booking pages.",
      type: "gauge",
      samples: healths.map((health) => ({
        labels: { health },
        value: calendars.find((row) => row.health === health)?.n ?? 0,
      })),
    },
    {
      name: "calends_undelivered_bookings",
      help: "Confirmed bookings, not over yet, that are missing from their host's calendar.",
      type: "gauge",
      samples: [{ value: undelivered }],
    },
    {
      name: "calends_copies_to_push",
      help: "Copies of appointments that a calendar does not have yet as they should be, or at all, and those to be deleted. A failing one was tried.",
      type: "gauge",
      samples: [
        { labels: { state: "waiting" }, value: copies.waiting },
        { labels: { state: "failing" }, value: copies.failing },
      ],
    },
  ];
}

function countCalendars() {
  // Stale as find_stale_calendar has it.
  return database().execute<{ health: (typeof healths)[number]; n: number }>(sql`
    select case
      when calendars.last_synced_at is null
        or calendars.last_synced_at < now() - make_interval(mins => get_patience_minutes(calendars, users.max_staleness_minutes))
        then 'stale'
      when calendars.last_error is not null or connections.status = 'reconnect' then 'error'
      else 'ok'
    end as health, count(*)::int as n
    from calendars
    join users on users.id = calendars.host_id
    join calendar_connections connections on connections.id = calendars.connection_id
    where calendars.checks_conflicts
    group by health`);
}

async function countUndelivered(): Promise<number> {
  // Bookings are indexed by host and start; a meeting lasts a day at most.
  const [row] = await database().execute<{ n: number }>(sql`
    select count(*)::int as n
    from calendars destination
    join bookings on bookings.host_id = destination.host_id
      and bookings.starts_at > now() - interval '1 day' and bookings.ends_at > now()
    join appointments on appointments.booking_id = bookings.id
    where destination.is_destination and bookings.status = 'confirmed'
      and not exists (
        select from appointment_targets
        where appointment_id = appointments.id and pushed_hash is not null
      )`);
  return row?.n ?? 0;
}

async function countCopies(): Promise<{ waiting: number; failing: number }> {
  const [row] = await database().execute<{ waiting: number; failing: number }>(sql`
    select count(*) filter (where attempts = 0)::int as waiting, count(*) filter (where attempts > 0)::int as failing
    from appointment_targets where push_due_at is not null`);
  return row ?? { waiting: 0, failing: 0 };
}
