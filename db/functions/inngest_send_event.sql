-- Sends an event from inside the caller's transaction: it exists when that commits, and then wakes the engine.
-- Requests run as calends_user, who has no rights on the engine's tables; hence SECURITY DEFINER. An id that
-- was seen within a day is not sent again.
CREATE OR REPLACE FUNCTION inngest_send_event(
  event_name text, event_data text, event_id text DEFAULT NULL,
  event_time timestamptz DEFAULT NULL, event_extra text DEFAULT NULL
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  known_id text := coalesce(event_id, gen_random_uuid()::text);
BEGIN
  INSERT INTO inngest_events (id, name, data, occurs_at, extra)
  VALUES (known_id, event_name, event_data, coalesce(event_time, clock_timestamp()), event_extra)
  ON CONFLICT (id) DO UPDATE
    SET seq = DEFAULT, name = excluded.name, data = excluded.data, occurs_at = excluded.occurs_at,
      extra = excluded.extra, received_at = DEFAULT, routed_at = NULL
    WHERE inngest_events.received_at < clock_timestamp() - interval '24 hours'
      AND inngest_events.routed_at IS NOT NULL;
  PERFORM pg_notify('inngest', '');
  RETURN known_id;
END $$;

REVOKE EXECUTE ON FUNCTION inngest_send_event FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inngest_send_event TO calends_user;
