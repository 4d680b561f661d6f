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
-- repeated time; the offset of the day before leads to the first. Where that is the same offset, as nearly always,
-- there is nothing to look for.
-- One expression that repeats itself, because PostgreSQL inlines nothing else, and a page asks this a hundred times.
CREATE OR REPLACE FUNCTION local_to_instant(p_local timestamp, p_zone text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN (p_local AT TIME ZONE p_zone - interval '24 hours') AT TIME ZONE p_zone = p_local - interval '24 hours'
      THEN p_local AT TIME ZONE p_zone
    WHEN with_offset_of_day_before(p_local, p_zone) AT TIME ZONE p_zone = p_local
      THEN least(with_offset_of_day_before(p_local, p_zone), p_local AT TIME ZONE p_zone)
    ELSE p_local AT TIME ZONE p_zone
  END
$$;

-- The dates from p_first to p_last with the instants they begin and end at. On an even one, of 24 hours, a time of
-- the wall clock is simply so long after its beginning; a date that the zone skips ends where it begins.
CREATE OR REPLACE FUNCTION get_local_days(p_zone text, p_first date, p_last date)
RETURNS TABLE (day date, starts_at timestamptz, ends_at timestamptz, is_even boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT p_first + n, midnight.here, midnight.next, midnight.next - midnight.here = interval '24 hours'
  FROM generate_series(0, p_last - p_first) n
  CROSS JOIN LATERAL (
    SELECT
      local_to_instant(p_first + n + time '00:00', p_zone) AS here,
      local_to_instant(p_first + n + 1 + time '00:00', p_zone) AS next
    OFFSET 0
  ) midnight
$$;

-- When a schedule is open on the dates from p_first to p_last: weekly rules, or what overrides them. An overridden
-- day is its overrides' alone, so what comes over midnight from the days before ends where it begins.
CREATE OR REPLACE FUNCTION get_open_hours(p_schedule_id uuid, p_zone text, p_first date, p_last date)
RETURNS TABLE (starts_at timestamptz, ends_at timestamptz, source text)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  WITH rules AS MATERIALIZED (
    SELECT weekday, start_minute, end_minute FROM schedule_rules WHERE schedule_id = p_schedule_id
  ),
  overrides AS MATERIALIZED (
    SELECT day, start_minute, end_minute FROM schedule_overrides
    WHERE schedule_id = p_schedule_id AND day BETWEEN p_first AND p_last
  ),
  days AS MATERIALIZED (
    SELECT d.*, extract(isodow FROM d.day)::smallint AS weekday, d.day IN (SELECT o.day FROM overrides o) AS is_overridden
    FROM get_local_days(p_zone, p_first, p_last) d
    WHERE d.starts_at < d.ends_at
  ),
  overridden AS MATERIALIZED (SELECT day, starts_at FROM days WHERE is_overridden)
  SELECT hours.opens_at, hours.closes_at, minutes.source
  FROM days d
  CROSS JOIN LATERAL (
    SELECT r.start_minute, r.end_minute, 'rule' AS source
    FROM rules r WHERE r.weekday = d.weekday AND NOT d.is_overridden
    UNION ALL
    SELECT o.start_minute, o.end_minute, 'override'
    FROM overrides o WHERE o.day = d.day AND o.start_minute IS NOT NULL
  ) minutes
  CROSS JOIN LATERAL (
    SELECT
      CASE
        WHEN d.is_even THEN d.starts_at + make_interval(mins => minutes.start_minute)
        ELSE local_to_instant(d.day + make_interval(mins => minutes.start_minute), p_zone)
      END AS opens_at,
      least(
        CASE
          WHEN d.is_even AND minutes.end_minute <= 1440 THEN d.starts_at + make_interval(mins => minutes.end_minute)
          ELSE local_to_instant(d.day + make_interval(mins => minutes.end_minute), p_zone)
        END,
        (SELECT min(o.starts_at) FROM overridden o WHERE o.day > d.day)
      ) AS closes_at
    OFFSET 0
  ) hours
  -- Hours that lie in a skipped hour shrink to nothing, or would end before they begin.
  WHERE hours.opens_at < hours.closes_at
$$;

-- What keeps the host busy within p_during, one row for each place it takes: active bookings with their own buffers
-- (one that is to move takes two), the host's own appointments, blocked times, and the events of every calendar that
-- checks conflicts. Days are the host's local ones. An appointment on a project takes time while its owner sees that.
-- The copy of an appointment, of whomever, does not count where we put it: the appointment itself does (DESIGN 6), for its
-- owner. Once somebody has moved it, it is busy time like any other, unless it is to go. Its calendar is found by its own
-- name, since two accounts may show the same one; every UID of ours ends alike, so others are not looked for.
-- Of a feed somebody subscribed to, what its host decided about an event (local_changes) goes before what the feed says, and
-- before all_day_blocks; only the events of feeds are looked up there.
-- p_except leaves one booking out.
CREATE OR REPLACE FUNCTION get_busy_items(p_host_id uuid, p_during tstzrange, p_except uuid DEFAULT NULL)
RETURNS TABLE (
  kind text, title text, calendar text, read_at timestamptz, is_all_day boolean, starts_at timestamptz,
  ends_at timestamptz, buffer_before_minutes integer, buffer_after_minutes integer, during tstzrange
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT
    place.kind, (SELECT t.title FROM event_types t WHERE t.id = b.event_type_id) || ': ' || b.visitor_name,
    NULL::text, NULL::timestamptz, false, place.starts_at, place.ends_at,
    b.buffer_before_minutes, b.buffer_after_minutes, blocked.during
  FROM bookings b
  CROSS JOIN LATERAL (VALUES
    (CASE b.status WHEN 'pending' THEN 'hold' ELSE 'booking' END, b.starts_at, b.ends_at),
    ('move', b.moves_to_start, b.moves_to_end)
  ) AS place(kind, starts_at, ends_at)
  CROSS JOIN LATERAL (
    SELECT tstzrange(
      place.starts_at - make_interval(mins => b.buffer_before_minutes),
      place.ends_at + make_interval(mins => b.buffer_after_minutes)
    ) AS during
  ) blocked
  WHERE b.host_id = p_host_id AND b.status IN ('pending', 'confirmed') AND b.id IS DISTINCT FROM p_except
    AND b.blocked && p_during AND place.starts_at IS NOT NULL AND blocked.during && p_during
  UNION ALL
  SELECT 'appointment', a.title, NULL, NULL, false, a.starts_at, a.ends_at, 0, 0, a.during
  FROM appointments a
  WHERE a.owner_id = p_host_id AND a.booking_id IS NULL AND a.during && p_during
    AND a.start_day IS NULL AND a.recurrence IS NULL
    AND (a.project_id IS NULL OR EXISTS (
      SELECT FROM projects p
      JOIN project_members m ON m.user_id = p_host_id AND m.project_id = ANY (string_to_array(p.path::text, '.')::uuid[])
      WHERE p.id = a.project_id
    ))
  UNION ALL
  -- Its own instants are those of its own zone, at most a day from the host's.
  SELECT
    'appointment', a.title, NULL, NULL, true, d.starts_at, d.ends_at, 0, 0, tstzrange(d.starts_at, d.ends_at)
  FROM users u
  JOIN appointments a ON a.owner_id = u.id
  CROSS JOIN LATERAL (
    SELECT
      local_to_instant(a.start_day::timestamp, u.time_zone) AS starts_at,
      local_to_instant(a.end_day::timestamp, u.time_zone) AS ends_at
    OFFSET 0
  ) d
  WHERE u.id = p_host_id AND a.start_day IS NOT NULL AND a.recurrence IS NULL
    AND a.during && tstzrange(lower(p_during) - interval '2 days', upper(p_during) + interval '2 days')
    AND (a.project_id IS NULL OR EXISTS (
      SELECT FROM projects p
      JOIN project_members m ON m.user_id = p_host_id AND m.project_id = ANY (string_to_array(p.path::text, '.')::uuid[])
      WHERE p.id = a.project_id
    ))
    AND d.starts_at < d.ends_at AND d.starts_at < upper(p_during) AND d.ends_at > lower(p_during)
  UNION ALL
  SELECT 'appointment', o.title, NULL, NULL, false, o.starts_at, o.ends_at, 0, 0, o.during
  FROM appointment_occurrences o
  JOIN appointments a ON a.id = o.appointment_id
  WHERE o.owner_id = p_host_id AND o.during && p_during
    AND (a.project_id IS NULL OR EXISTS (
      SELECT FROM projects p
      JOIN project_members m ON m.user_id = p_host_id AND m.project_id = ANY (string_to_array(p.path::text, '.')::uuid[])
      WHERE p.id = a.project_id
    ))
  UNION ALL
  SELECT
    'appointment', o.title, NULL, NULL, true, d.starts_at, d.ends_at, 0, 0, tstzrange(d.starts_at, d.ends_at)
  FROM users u
  JOIN appointment_occurrences o ON o.owner_id = u.id
  JOIN appointments a ON a.id = o.appointment_id
  CROSS JOIN LATERAL (
    SELECT
      local_to_instant(o.start_day::timestamp, u.time_zone) AS starts_at,
      local_to_instant(o.end_day::timestamp, u.time_zone) AS ends_at
    OFFSET 0
  ) d
  WHERE u.id = p_host_id AND o.start_day IS NOT NULL
    AND daterange(o.start_day, o.end_day) && daterange(
      (lower(p_during) AT TIME ZONE 'UTC')::date - 1, (upper(p_during) AT TIME ZONE 'UTC')::date + 2
    )
    AND (a.project_id IS NULL OR EXISTS (
      SELECT FROM projects p
      JOIN project_members m ON m.user_id = p_host_id AND m.project_id = ANY (string_to_array(p.path::text, '.')::uuid[])
      WHERE p.id = a.project_id
    ))
    AND d.starts_at < d.ends_at AND d.starts_at < upper(p_during) AND d.ends_at > lower(p_during)
  UNION ALL
  SELECT
    'block', coalesce(b.title, 'Blocked time'), NULL, NULL, false, t.starts_at, t.ends_at, 0, 0,
    tstzrange(t.starts_at, t.ends_at)
  FROM blocked_times b
  CROSS JOIN LATERAL (
    SELECT b.starts_at AS local WHERE b.weekdays IS NULL
    UNION ALL
    SELECT day.local + b.starts_at::time
    FROM generate_series(
      -- One lasts a week at most, and a zone is a day away from UTC at most.
      greatest(b.starts_at::date, (lower(p_during) AT TIME ZONE 'UTC')::date - 9)::timestamp,
      least(b.until_day, (upper(p_during) AT TIME ZONE 'UTC')::date + 1)::timestamp, interval '1 day'
    ) AS day(local)
    WHERE extract(isodow FROM day.local) = ANY (b.weekdays)
      AND (day.local::date - date_trunc('week', b.starts_at)::date) / 7 % b.every_weeks = 0
  ) occurrence
  CROSS JOIN LATERAL (
    SELECT
      local_to_instant(occurrence.local, b.time_zone) AS starts_at,
      local_to_instant(occurrence.local + (b.ends_at - b.starts_at), b.time_zone) AS ends_at
    OFFSET 0
  ) t
  WHERE b.host_id = p_host_id
    AND b.starts_at <= upper(p_during) AT TIME ZONE 'UTC' + interval '1 day'
    AND (b.weekdays IS NOT NULL OR b.ends_at >= lower(p_during) AT TIME ZONE 'UTC' - interval '1 day')
    AND t.starts_at < t.ends_at AND t.starts_at < upper(p_during) AND t.ends_at > lower(p_during)
  UNION ALL
  SELECT 'event', e.title, c.name, c.last_synced_at, false, e.starts_at, e.ends_at, 0, 0, e.during
  FROM users u
  JOIN calendars c ON c.host_id = u.id AND c.checks_conflicts
  JOIN synced_events e ON e.calendar_id = c.id
  WHERE u.id = p_host_id AND e.during && p_during
    AND e.status <> 'cancelled' AND (e.status <> 'tentative' OR u.tentative_blocks)
    AND CASE WHEN c.is_subscribed THEN 'opaque' = coalesce(
      (
        SELECT CASE WHEN l.is_hidden THEN 'transparent' ELSE l.transparency END
        FROM local_changes l WHERE l.calendar_id = e.calendar_id AND l.provider_event_id = e.provider_event_id
      ),
      e.transparency
    ) ELSE e.transparency = 'opaque' END
    AND NOT (e.uid LIKE '%@calends' AND EXISTS (
      SELECT FROM calendars own
      JOIN appointment_targets t ON t.calendar_id = own.id AND t.uid = e.uid
      LEFT JOIN appointments a ON a.id = t.appointment_id
      WHERE own.host_id = p_host_id AND own.remote_id = c.remote_id AND (
        t.removed_at IS NOT NULL
        OR a.recurrence IS NULL AND a.start_day IS NULL AND a.starts_at = e.starts_at AND a.ends_at = e.ends_at
        OR EXISTS (
          SELECT FROM appointment_occurrences o
          WHERE o.appointment_id = a.id AND o.starts_at = e.starts_at AND o.ends_at = e.ends_at
        )
      )
    ))
  UNION ALL
  SELECT
    'event', e.title, c.name, c.last_synced_at, true, d.starts_at, d.ends_at, 0, 0,
    tstzrange(d.starts_at, d.ends_at)
  FROM users u
  JOIN calendars c ON c.host_id = u.id AND c.checks_conflicts
  JOIN synced_events e ON e.calendar_id = c.id
  CROSS JOIN LATERAL (
    SELECT
      local_to_instant(e.start_day::timestamp, u.time_zone) AS starts_at,
      local_to_instant(e.end_day::timestamp, u.time_zone) AS ends_at
    OFFSET 0
  ) d
  WHERE u.id = p_host_id AND e.start_day IS NOT NULL
    AND daterange(e.start_day, e.end_day) && daterange(
      (lower(p_during) AT TIME ZONE 'UTC')::date - 1, (upper(p_during) AT TIME ZONE 'UTC')::date + 2
    )
    AND e.status <> 'cancelled' AND (e.status <> 'tentative' OR u.tentative_blocks)
    AND CASE WHEN c.is_subscribed THEN 'opaque' = coalesce(
      (
        SELECT CASE WHEN l.is_hidden THEN 'transparent' ELSE l.transparency END
        FROM local_changes l WHERE l.calendar_id = e.calendar_id AND l.provider_event_id = e.provider_event_id
      ),
      CASE WHEN c.all_day_blocks THEN 'opaque' ELSE e.transparency END
    ) ELSE e.transparency = 'opaque' OR c.all_day_blocks END
    AND NOT (e.uid LIKE '%@calends' AND EXISTS (
      SELECT FROM calendars own
      JOIN appointment_targets t ON t.calendar_id = own.id AND t.uid = e.uid
      LEFT JOIN appointments a ON a.id = t.appointment_id
      WHERE own.host_id = p_host_id AND own.remote_id = c.remote_id AND (
        t.removed_at IS NOT NULL
        OR a.recurrence IS NULL AND a.start_day = e.start_day AND a.end_day = e.end_day
        OR EXISTS (
          SELECT FROM appointment_occurrences o
          WHERE o.appointment_id = a.id AND o.start_day = e.start_day AND o.end_day = e.end_day
        )
      )
    ))
    AND d.starts_at < d.ends_at AND d.starts_at < upper(p_during) AND d.ends_at > lower(p_during)
$$;

-- All of it as one set of times.
CREATE OR REPLACE FUNCTION get_busy_times(p_host_id uuid, p_during tstzrange, p_except uuid DEFAULT NULL)
RETURNS tstzmultirange LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  -- In order, because range_agg sorts by itself three times as long as by instants.
  RETURN (
    SELECT coalesce(range_agg(busy.during), '{}'::tstzmultirange)
    FROM (SELECT i.during FROM get_busy_items(p_host_id, p_during, p_except) i ORDER BY i.starts_at) busy
  );
END
$$;

-- How often a feed is read: as its host wants, or as the feed itself does where that is rarer; once a week at least.
CREATE OR REPLACE FUNCTION get_refresh_minutes(p_calendar_id uuid) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(
    (
      SELECT greatest(s.refresh_minutes, least(coalesce(s.feed_minutes, 0), 10080))
      FROM calendar_subscriptions s WHERE s.calendar_id = p_calendar_id
    ),
    60
  )
$$;

-- How old a reading of a calendar may be before it keeps everything closed: as its host allows, but of a feed, whose server
-- is nobody's account, a day or three intervals, whichever is longer.
CREATE OR REPLACE FUNCTION get_patience_minutes(p_calendar calendars, p_host_minutes integer) RETURNS integer
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN p_calendar.is_subscribed THEN greatest(p_host_minutes, 1440, 3 * get_refresh_minutes(p_calendar.id))
    ELSE p_host_minutes
  END
$$;

-- The conflict calendar that has gone unread for longer than it may, or whose account lets us in no more;
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
      OR c.last_synced_at < p_now - make_interval(mins => get_patience_minutes(c, u.max_staleness_minutes))
      OR c.last_synced_at > p_now + interval '5 minutes'
      OR k.status = 'reconnect'
    )
  ORDER BY c.last_synced_at NULLS FIRST
  LIMIT 1
$$;

-- The first and the last date an event type can be booked for when it is p_today in its schedule's zone; null: any.
-- Never beyond what was read of the calendars that check conflicts: what nobody has read is not free. A start of the
-- last day, in whatever zone, with the longest duration and buffer, ends within four dates.
CREATE OR REPLACE FUNCTION get_booking_window(p_event_type event_types, p_today date)
RETURNS TABLE (first_day date, last_day date)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT
    CASE WHEN p_event_type.booking_window_kind = 'date_range' THEN p_event_type.window_first_day END,
    least(
      CASE p_event_type.booking_window_kind
        WHEN 'date_range' THEN p_event_type.window_last_day
        WHEN 'rolling_days' THEN p_today + p_event_type.booking_window_days
        -- Counted from a Friday on the weekend, and two days more for each weekend between.
        ELSE p_today - greatest(weekday - 5, 0) + p_event_type.booking_window_days
          + (least(weekday, 5) - 1 + p_event_type.booking_window_days) / 5 * 2
      END,
      (
        SELECT (min(c.window_end) AT TIME ZONE 'UTC')::date - 4
        FROM calendars c WHERE c.host_id = p_event_type.host_id AND c.checks_conflicts
      ),
      -- Nor beyond what is known of what repeats (lib/appointments/occurrences).
      CASE WHEN EXISTS (SELECT FROM appointment_occurrences o WHERE o.owner_id = p_event_type.host_id) THEN p_today + 530 END
    )
  FROM (SELECT extract(isodow FROM p_today)::integer AS weekday) today
$$;

-- The dates on which an event type takes no further booking of that length, by each of its limits.
CREATE OR REPLACE FUNCTION get_full_days(
  p_event_type event_types, p_zone text, p_first date, p_last date, p_minutes integer, p_except uuid,
  OUT by_count datemultirange, OUT by_week datemultirange, OUT by_minutes datemultirange
) LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  monday date := date_trunc('week', p_first::timestamp);
  sunday date := date_trunc('week', p_last::timestamp)::date + 6;
BEGIN
  by_count := '{}';
  by_week := '{}';
  by_minutes := '{}';
  IF num_nonnulls(p_event_type.daily_limit, p_event_type.weekly_limit, p_event_type.daily_minutes_limit) = 0 THEN
    RETURN;
  END IF;
  WITH places AS (
    SELECT
      (place.starts_at AT TIME ZONE p_zone)::date AS day,
      extract(epoch FROM place.ends_at - place.starts_at) / 60 AS minutes
    FROM bookings b
    CROSS JOIN LATERAL (VALUES (b.starts_at, b.ends_at), (b.moves_to_start, b.moves_to_end)) AS place(starts_at, ends_at)
    WHERE b.host_id = p_event_type.host_id AND b.event_type_id = p_event_type.id
      AND b.status IN ('pending', 'confirmed') AND b.id IS DISTINCT FROM p_except AND place.starts_at IS NOT NULL
      AND b.blocked && tstzrange(
        local_to_instant(monday::timestamp, p_zone), local_to_instant(sunday + 1 + time '00:00', p_zone)
      )
  ),
  days AS (SELECT day, count(*) AS bookings, sum(minutes) AS minutes FROM places GROUP BY day),
  weeks AS (SELECT date_trunc('week', day::timestamp)::date AS monday, count(*) AS bookings FROM places GROUP BY 1)
  SELECT
    coalesce((
      SELECT range_agg(daterange(day, day + 1)) FROM days WHERE bookings >= p_event_type.daily_limit
    ), '{}'),
    coalesce((
      SELECT range_agg(daterange(w.monday, w.monday + 7)) FROM weeks w WHERE bookings >= p_event_type.weekly_limit
    ), '{}'),
    CASE
      WHEN p_minutes > p_event_type.daily_minutes_limit THEN '{(,)}'
      ELSE coalesce((
        SELECT range_agg(daterange(day, day + 1)) FROM days WHERE minutes + p_minutes > p_event_type.daily_minutes_limit
      ), '{}')
    END
  INTO by_count, by_week, by_minutes;
END
$$;

-- Every start of an event type's grid in [p_from, p_to), in order, and what each of the rules says against it; p_at is
-- judged too, also where it is no start of the grid. docs/availability.md says it in words.
-- The grid is anchored at the start of each working window and counted on the wall clock of the schedule's zone;
-- touching windows are one. Hours that never stop have no start, so a week after it the grid counts from a fixed
-- day: it must not depend on the question. Ranges are half-open: touching is free. The new meeting's buffers widen
-- it: its before-buffer applies after an existing event, its after-buffer before.
-- Its queries take the same way whatever is asked, so they are planned once per connection.
CREATE OR REPLACE FUNCTION get_starts(
  p_event_type_id uuid, p_from timestamptz, p_to timestamptz, p_now timestamptz,
  p_duration_minutes integer DEFAULT NULL, p_except uuid DEFAULT NULL, p_at timestamptz DEFAULT NULL
) RETURNS TABLE (
  starts_at timestamptz, ends_at timestamptz, is_outside_hours boolean, is_off_grid boolean, is_stale boolean,
  is_too_soon boolean, is_outside_window boolean, is_day_full boolean, is_week_full boolean,
  are_minutes_full boolean, is_busy boolean
)
LANGUAGE plpgsql STABLE PARALLEL SAFE SET plan_cache_mode = force_generic_plan SET jit = off AS $$
#variable_conflict use_column
DECLARE
  type event_types;
  zone text;
  minutes integer;
  duration interval;
  step interval;
  buffer_before interval;
  after_start interval;
  earliest timestamptz;
  first_day date;
  last_day date;
  window_opens timestamptz;
  window_closes timestamptz;
  full_by_count datemultirange;
  full_by_week datemultirange;
  full_by_minutes datemultirange;
  is_any_full boolean;
  is_any_stale boolean;
  busy tstzmultirange;
BEGIN
  SELECT t.* INTO type FROM event_types t WHERE t.id = p_event_type_id;
  minutes := coalesce(p_duration_minutes, type.duration_minutes);
  IF type.id IS NULL OR minutes <> ALL (type.duration_minutes || type.other_durations) OR p_from >= p_to THEN
    RETURN;
  END IF;
  SELECT coalesce(s.time_zone, u.time_zone) INTO zone
  FROM schedules s JOIN users u ON u.id = s.host_id WHERE s.id = type.schedule_id;

  duration := make_interval(mins => minutes);
  step := make_interval(mins => type.slot_interval_minutes);
  buffer_before := make_interval(mins => type.buffer_before_minutes);
  after_start := make_interval(mins => minutes + type.buffer_after_minutes);
  earliest := p_now + make_interval(mins => type.minimum_notice_minutes);
  first_day := p_from AT TIME ZONE zone;
  last_day := p_to AT TIME ZONE zone;
  SELECT
    coalesce(local_to_instant(w.first_day::timestamp, zone), '-infinity'),
    local_to_instant(w.last_day + 1 + time '00:00', zone)
  INTO window_opens, window_closes
  FROM get_booking_window(type, (p_now AT TIME ZONE zone)::date) w;
  SELECT f.by_count, f.by_week, f.by_minutes INTO full_by_count, full_by_week, full_by_minutes
  FROM get_full_days(type, zone, first_day, last_day, minutes, p_except) f;
  is_any_full := NOT (isempty(full_by_count) AND isempty(full_by_week) AND isempty(full_by_minutes));
  is_any_stale := EXISTS (SELECT FROM find_stale_calendar(type.host_id, p_now));
  busy := get_busy_times(type.host_id, tstzrange(p_from - buffer_before, p_to + after_start), p_except);

  RETURN QUERY
  -- A window may have begun nine dates before, should the zone skip one of them; earlier makes no difference. A slot
  -- that starts last may end on the date after.
  WITH windows AS MATERIALIZED (
    SELECT
      lower(joined.during) AS starts_at, upper(joined.during) AS ends_at, lower(joined.during) AT TIME ZONE zone AS local
    FROM (
      SELECT unnest(range_agg(tstzrange(h.starts_at, h.ends_at))) AS during
      FROM get_open_hours(type.schedule_id, zone, first_day - 9, last_day + 2) h
    ) joined
    WHERE upper(joined.during) > p_from AND lower(joined.during) < p_to
  ),
  -- The parts of the grid that have one anchor and lie on one date, and the first and last instant a start may have.
  parts AS (
    SELECT
      d.*, anchor.local AS anchor, greatest(anchor.valid_from, p_from) AS first_at,
      least(anchor.valid_to, p_to - interval '1 microsecond', w.ends_at - duration) AS last_at
    FROM windows w
    CROSS JOIN LATERAL (VALUES
      (w.local, w.starts_at, w.starts_at + interval '168 hours'),
      (timestamp '2001-01-01', w.starts_at + interval '168 hours 1 microsecond', timestamptz 'infinity')
    ) AS anchor(local, valid_from, valid_to)
    JOIN get_local_days(zone, first_day - 1, last_day) d
      ON d.day BETWEEN w.local::date AND (w.ends_at AT TIME ZONE zone)::date
    WHERE anchor.valid_from < p_to AND anchor.valid_to >= p_from
  ),
  candidates AS (
    -- A day of 24 hours is counted in instants, from the first that may be on; in seconds, because an interval of days
    -- would follow the clock of the session.
    SELECT clock.at, p.day, false AS is_outside_hours, false AS is_off_grid
    FROM parts p
    CROSS JOIN LATERAL (
      SELECT
        extract(epoch FROM p.anchor - p.day::timestamp) AS anchor,
        extract(epoch FROM greatest(p.first_at, p.starts_at) - p.starts_at) AS first,
        extract(epoch FROM step) AS each
    ) seconds
    CROSS JOIN LATERAL generate_series(
      p.starts_at + make_interval(secs => (
        seconds.anchor + seconds.each * greatest(ceil((seconds.first - seconds.anchor) / seconds.each), 0)
      )::double precision),
      least(p.last_at, p.ends_at - interval '1 microsecond'), step
    ) AS clock(at)
    WHERE p.is_even AND p.first_at < p.ends_at AND p.last_at >= p.starts_at
    UNION ALL
    -- On any other, each time of its clock is turned into an instant by itself.
    SELECT start.at, (start.at AT TIME ZONE zone)::date, false, false
    FROM parts p
    CROSS JOIN LATERAL generate_series(
      p.anchor + step * greatest(
        ceil(extract(epoch FROM p.day - p.anchor) / extract(epoch FROM step)), 0
      )::double precision,
      p.day + time '23:59:59.999999', step
    ) AS clock(local)
    CROSS JOIN LATERAL (SELECT local_to_instant(clock.local, zone) AS at OFFSET 0) start
    WHERE NOT p.is_even AND start.at BETWEEN p.first_at AND p.last_at
    UNION ALL
    SELECT p_at, (p_at AT TIME ZONE zone)::date, NOT is_inside, is_inside
    FROM (
      SELECT EXISTS (SELECT FROM windows w WHERE p_at >= w.starts_at AND p_at + duration <= w.ends_at) AS is_inside
    ) hours
    WHERE p_at IS NOT NULL
  )
  SELECT
    c.at, c.at + duration, c.is_outside_hours, c.is_off_grid, is_any_stale,
    c.at < earliest,
    c.at < window_opens OR c.at >= window_closes,
    is_any_full AND full_by_count @> c.day,
    is_any_full AND full_by_week @> c.day,
    is_any_full AND full_by_minutes @> c.day,
    busy && tstzrange(c.at - buffer_before, c.at + after_start)
  FROM (SELECT DISTINCT ON (at) * FROM candidates ORDER BY at, is_outside_hours, is_off_grid) c;
END
$$;

DROP FUNCTION IF EXISTS get_available_slots(uuid, timestamptz, timestamptz, timestamptz);

-- Free slots of an event type that start in [p_from, p_to), in order: the starts nothing speaks against.
CREATE OR REPLACE FUNCTION get_available_slots(
  p_event_type_id uuid, p_from timestamptz, p_to timestamptz, p_now timestamptz,
  p_duration_minutes integer DEFAULT NULL, p_except uuid DEFAULT NULL
) RETURNS TABLE (starts_at timestamptz, ends_at timestamptz)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT s.starts_at, s.ends_at
  FROM get_starts(p_event_type_id, greatest(p_from, p_now), p_to, p_now, p_duration_minutes, p_except) s
  WHERE NOT (
    s.is_stale OR s.is_too_soon OR s.is_outside_window OR s.is_day_full OR s.is_week_full OR s.are_minutes_full
    OR s.is_busy
  )
$$;
