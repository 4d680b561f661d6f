-- Sends an event from inside the caller's transaction: it exists when that commits, and then wakes the engine.
-- Requests run as calends_user, who has no rights on the engine's tables; hence SECURITY DEFINER. An id that
-- was seen before is not sent again.
CREATE OR REPLACE FUNCTION inngest_send_event(
  event_name text, event_data text, event_id text DEFAULT NULL,
  event_time timestamptz DEFAULT NULL, event_extra text DEFAULT NULL
) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  known_id text := coalesce(event_id, gen_random_uuid()::text);
BEGIN
  INSERT INTO inngest_events (id, name, data, occurs_at, extra)
  VALUES (known_id, event_name, event_data, coalesce(event_time, clock_timestamp()), event_extra)
  ON CONFLICT (id) DO NOTHING;
  PERFORM pg_notify('inngest', '');
  RETURN known_id;
END $$;

REVOKE EXECUTE ON FUNCTION inngest_send_event FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inngest_send_event TO calends_user;
