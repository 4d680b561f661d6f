-- What is free. One function decides (DESIGN 8): the page, the API and the submit all ask it.

-- The instant a wall-clock time would be, had the zone still its offset of 24 hours before.
CREATE OR REPLACE FUNCTION with_offset_of_day_before(p_local timestamp, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (
    p_local - (
      ((p_local AT TIME ZONE p_zone) - interval '24 hours') AT TIME ZONE p_zone
      - ((p_local AT TIME ZONE p_zone) - interval '24 hours') AT TIME ZONE 'UTC'
    )
  ) AT TIME ZONE 'UTC'
$$;

-- The instant of a wall-clock time in an IANA zone. A repeated local time is its first occurrence, a skipped one
-- takes the offset before the change. AT TIME ZONE alone does the latter, but takes the second occurrence of a
-- repeated time; the offset of the day before leads to the first.
-- One expression that repeats itself, because PostgreSQL inlines nothing else, and a page asks this a thousand times.
CREATE OR REPLACE FUNCTION local_to_instant(p_local timestamp, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN with_offset_of_day_before(p_local, p_zone) AT TIME ZONE p_zone = p_local
      THEN least(with_offset_of_day_before(p_local, p_zone), p_local AT TIME ZONE p_zone)
    ELSE p_local AT TIME ZONE p_zone
  END
$$;

-- When the host is busy within p_during: active bookings with their own buffers, and opaque events of every
-- calendar that checks conflicts. All-day events are the host's local days. A copy of our own appointment does not
-- count where we put it: the booking itself does (DESIGN 6). Once the host has moved it, it is busy time like any
-- other. p_except leaves one booking out.
CREATE OR REPLACE FUNCTION get_busy_times(p_host_id uuid, p_during tstzrange, p_except uuid DEFAULT NULL)
RETURNS tstzmultirange LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(range_agg(busy.during) FILTER (WHERE NOT isempty(busy.during)), '{}'::tstzmultirange)
  FROM (
    SELECT unnest(b.blocked) AS during
    FROM bookings b
    WHERE b.host_id = p_host_id AND b.status IN ('pending', 'confirmed')
      AND b.blocked && p_during AND b.id IS DISTINCT FROM p_except
    UNION ALL
    SELECT e.during
    FROM calendars c
    JOIN synced_events e ON e.calendar_id = c.id
    WHERE c.host_id = p_host_id AND c.checks_conflicts
      AND e.during && p_during AND e.status <> 'cancelled' AND e.transparency = 'opaque'
      AND NOT EXISTS (
        SELECT FROM appointment_targets t JOIN appointments a ON a.id = t.appointment_id
        WHERE t.calendar_id = e.calendar_id AND t.uid = e.uid
          AND a.starts_at = e.starts_at AND a.ends_at = e.ends_at
      )
    UNION ALL
    SELECT d.during
    FROM users u
    JOIN calendars c ON c.host_id = u.id AND c.checks_conflicts
    JOIN synced_events e ON e.calendar_id = c.id
    CROSS JOIN LATERAL (
      SELECT tstzrange(
        local_to_instant(e.start_day::timestamp, u.time_zone), local_to_instant(e.end_day::timestamp, u.time_zone)
      ) AS during
    ) d
    WHERE u.id = p_host_id
      AND e.start_day IS NOT NULL AND e.status <> 'cancelled' AND e.transparency = 'opaque'
      -- A zone is at most a day away from UTC; this cheap bound lets the index work.
      AND e.start_day <= (upper(p_during) AT TIME ZONE 'UTC')::date + 1
      AND e.end_day >= (lower(p_during) AT TIME ZONE 'UTC')::date - 1
      AND d.during && p_during
  ) busy
$$;

-- The conflict calendar that has gone unread for longer than the host allows, or whose account lets us in no more;
-- longest first, none when all are fresh. Unreadable is never empty: while there is one, nothing is free (DESIGN 9).
-- A reading from the future is the mark of a clock that was wrong, not of freshness.
CREATE OR REPLACE FUNCTION find_stale_calendar(p_host_id uuid, p_now timestamptz)
RETURNS SETOF calendars LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.*
  FROM calendars c
  JOIN users u ON u.id = c.host_id
  JOIN calendar_connections k ON k.id = c.connection_id
  WHERE c.host_id = p_host_id AND c.checks_conflicts
    AND (
      c.last_synced_at IS NULL
      OR c.last_synced_at < p_now - make_interval(mins => u.max_staleness_minutes)
      OR c.last_synced_at > p_now + interval '5 minutes'
      OR k.status = 'reconnect'
    )
  ORDER BY c.last_synced_at NULLS FIRST
  LIMIT 1
$$;

-- Free slots of an event type that start in [p_from, p_to). The grid is anchored at the start of each working
-- window and counted on the host's wall clock; touching windows are one. Hours that never stop have no start, so
-- their grid counts from a fixed day: it must not depend on the question. Ranges are half-open: touching is free.
-- The new meeting's buffers widen it: its before-buffer applies after an existing event, its after-buffer before.
CREATE OR REPLACE FUNCTION get_available_slots(
  p_event_type_id uuid, p_from timestamptz, p_to timestamptz, p_now timestamptz
) RETURNS TABLE (starts_at timestamptz, ends_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH rules AS MATERIALIZED (
    SELECT
      et.host_id, et.schedule_id, u.time_zone,
      make_interval(mins => et.duration_minutes) AS duration,
      make_interval(mins => et.slot_interval_minutes) AS step,
      make_interval(mins => et.buffer_before_minutes) AS buffer_before,
      make_interval(mins => et.buffer_after_minutes) AS buffer_after,
      greatest(p_from, p_now + make_interval(mins => et.minimum_notice_minutes)) AS earliest,
      -- The booking window is counted in the host's days; its last day counts whole.
      least(p_to, local_to_instant(
        (p_now AT TIME ZONE u.time_zone)::date + et.booking_window_days + 1 + time '00:00', u.time_zone
      )) AS latest
    FROM event_types et JOIN users u ON u.id = et.host_id
    WHERE et.id = p_event_type_id
      AND NOT EXISTS (SELECT FROM find_stale_calendar(et.host_id, p_now))
  ),
  -- A joined window may have begun up to a week before; one that is longer never began.
  windows AS (
    SELECT unnest(range_agg(tstzrange(hours.opens_at, hours.closes_at))) AS during
    FROM rules r
    CROSS JOIN LATERAL generate_series(
      (r.earliest AT TIME ZONE r.time_zone)::date - 8 + time '00:00',
      (r.latest AT TIME ZONE r.time_zone)::date + 1 + time '00:00', interval '1 day'
    ) AS day(local)
    JOIN schedule_rules sr ON sr.schedule_id = r.schedule_id AND sr.weekday = extract(isodow FROM day.local)
    CROSS JOIN LATERAL (
      SELECT
        local_to_instant(day.local + make_interval(mins => sr.start_minute), r.time_zone) AS opens_at,
        local_to_instant(day.local + make_interval(mins => sr.end_minute), r.time_zone) AS closes_at
    ) hours
    -- Hours that lie in a skipped hour shrink to nothing, or would end before they begin.
    WHERE r.earliest < r.latest AND hours.opens_at < hours.closes_at
  ),
  candidates AS (
    SELECT DISTINCT slot.starts_at, slot.starts_at + r.duration AS ends_at
    FROM rules r
    JOIN windows w ON upper(w.during) > r.earliest AND lower(w.during) < r.latest
    CROSS JOIN LATERAL (
      -- A little earlier, because a skipped local time lies behind the clock it is shown at.
      SELECT timestamp '2001-01-01' AS local,
        r.earliest AT TIME ZONE r.time_zone - interval '3 hours' AS asked_from
    ) epoch
    CROSS JOIN LATERAL generate_series(
      CASE
        WHEN lower(w.during) > r.earliest - interval '168 hours' THEN lower(w.during) AT TIME ZONE r.time_zone
        ELSE epoch.local + r.step * floor(
          extract(epoch FROM epoch.asked_from - epoch.local) / extract(epoch FROM r.step)
        )
      END,
      upper(w.during) AT TIME ZONE r.time_zone, r.step
    ) AS grid(local)
    -- OFFSET 0 keeps the planner from asking again in every place that names it.
    CROSS JOIN LATERAL (SELECT local_to_instant(grid.local, r.time_zone) AS starts_at OFFSET 0) slot
    WHERE slot.starts_at >= r.earliest AND slot.starts_at < r.latest
      AND slot.starts_at >= lower(w.during) AND slot.starts_at + r.duration <= upper(w.during)
  ),
  busy AS MATERIALIZED (
    SELECT get_busy_times(r.host_id, tstzrange(
      r.earliest - r.buffer_before, r.latest + r.duration + r.buffer_after
    )) AS times
    FROM rules r WHERE r.earliest < r.latest
  )
  SELECT c.starts_at, c.ends_at
  FROM candidates c, rules r, busy
  WHERE NOT busy.times && tstzrange(c.starts_at - r.buffer_before, c.ends_at + r.buffer_after)
  ORDER BY c.starts_at
$$;
