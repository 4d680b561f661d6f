-- What the feeds of the signed-in user have between two instants, p_most of it at most, and days next to it: theirs are a
-- day from UTC's at most. SECURITY DEFINER, because under row-level security no index of ranges is used: their operators
-- might tell what others have. Takes no user: nobody asks about others.
CREATE OR REPLACE FUNCTION list_feed_events(p_from timestamptz, p_to timestamptz, p_most integer)
RETURNS SETOF synced_events
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.*
  FROM calendars c
  CROSS JOIN LATERAL (
    SELECT * FROM synced_events WHERE calendar_id = c.id AND during && tstzrange(p_from, p_to)
    UNION ALL
    -- What takes no time is an empty range, which overlaps nothing.
    SELECT * FROM synced_events
    WHERE calendar_id = c.id AND during <@ 'empty'::tstzrange AND starts_at >= p_from AND starts_at < p_to
    UNION ALL
    SELECT * FROM synced_events
    WHERE calendar_id = c.id AND start_day IS NOT NULL AND daterange(start_day, end_day)
      && daterange((p_from AT TIME ZONE 'UTC')::date - 1, (p_to AT TIME ZONE 'UTC')::date + 2)
  ) e
  WHERE c.host_id = nullif(current_setting('app.user_id', true), '')::uuid AND c.is_subscribed
  LIMIT p_most
$$;

REVOKE EXECUTE ON FUNCTION list_feed_events FROM PUBLIC;
GRANT EXECUTE ON FUNCTION list_feed_events TO calends_user;
