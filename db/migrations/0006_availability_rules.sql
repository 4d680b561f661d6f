-- What Drizzle cannot express.

-- Two intervals of one date never overlap; a row without minutes stands for the whole date, so it stands alone.
ALTER TABLE schedule_overrides ADD CONSTRAINT schedule_overrides_no_overlap
  EXCLUDE USING gist (schedule_id WITH =, day WITH =, int4range(start_minute, end_minute) WITH &&);
--> statement-breakpoint

-- `blocked` follows the booking's times and buffers, whatever code writes them: where it is, and where it moves to.
CREATE OR REPLACE FUNCTION bookings_set_blocked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.blocked := tstzmultirange(tstzrange(
    NEW.starts_at - make_interval(mins => NEW.buffer_before_minutes),
    NEW.ends_at + make_interval(mins => NEW.buffer_after_minutes), '[)'));
  IF NEW.moves_to_start IS NOT NULL THEN
    NEW.blocked := NEW.blocked + tstzmultirange(tstzrange(
      NEW.moves_to_start - make_interval(mins => NEW.buffer_before_minutes),
      NEW.moves_to_end + make_interval(mins => NEW.buffer_after_minutes), '[)'));
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint

-- The promise: nobody is ever double-booked.
ALTER TABLE bookings ADD CONSTRAINT bookings_never_overlap
  EXCLUDE USING gist (host_id WITH =, blocked WITH &&) WHERE (status IN ('pending', 'confirmed'));
--> statement-breakpoint

-- Rights of the request role; mail_outbox stays closed to it.
GRANT SELECT, INSERT, UPDATE, DELETE ON schedule_overrides, blocked_times TO calends_user;
--> statement-breakpoint
GRANT SELECT (tentative_blocks, when_unreadable, recent_enough_minutes),
  UPDATE (tentative_blocks, when_unreadable, recent_enough_minutes) ON users TO calends_user;
--> statement-breakpoint

-- Whoever watches a host's free times hears of every commit that may change them (DESIGN 16). PostgreSQL drops
-- repeats within a transaction, so a large sync is one message.
CREATE FUNCTION notify_availability() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('availability', host_id::text) FROM (SELECT DISTINCT host_id FROM changed) hosts;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY['bookings', 'blocked_times', 'schedules', 'schedule_rules', 'schedule_overrides',
    'event_types', 'synced_events']
  LOOP
    EXECUTE format('CREATE TRIGGER %1$s_inserted AFTER INSERT ON %1$s REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION notify_availability()', watched);
    EXECUTE format('CREATE TRIGGER %1$s_updated AFTER UPDATE ON %1$s REFERENCING NEW TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION notify_availability()', watched);
    EXECUTE format('CREATE TRIGGER %1$s_deleted AFTER DELETE ON %1$s REFERENCING OLD TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION notify_availability()', watched);
  END LOOP;
END $$;
--> statement-breakpoint

-- Calendars and users are written at every poll and every sign-in; only some columns matter here.
CREATE FUNCTION notify_availability_of_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('availability', coalesce(to_jsonb(NEW), to_jsonb(OLD)) ->> TG_ARGV[0]);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER calendars_updated AFTER UPDATE ON calendars FOR EACH ROW WHEN (
  (OLD.checks_conflicts, OLD.all_day_blocks) IS DISTINCT FROM (NEW.checks_conflicts, NEW.all_day_blocks)
  -- A calendar that was stale may open the page again.
  OR OLD.last_synced_at IS NULL OR NEW.last_synced_at > OLD.last_synced_at + interval '15 minutes'
) EXECUTE FUNCTION notify_availability_of_row('host_id');
--> statement-breakpoint
CREATE TRIGGER calendars_deleted AFTER DELETE ON calendars FOR EACH ROW
  EXECUTE FUNCTION notify_availability_of_row('host_id');
--> statement-breakpoint
CREATE TRIGGER users_updated AFTER UPDATE ON users FOR EACH ROW WHEN (
  (OLD.time_zone, OLD.max_staleness_minutes, OLD.tentative_blocks)
    IS DISTINCT FROM (NEW.time_zone, NEW.max_staleness_minutes, NEW.tentative_blocks)
) EXECUTE FUNCTION notify_availability_of_row('id');
--> statement-breakpoint
CREATE TRIGGER appointments_changed AFTER INSERT OR UPDATE OR DELETE ON appointments FOR EACH ROW
  EXECUTE FUNCTION notify_availability_of_row('owner_id');
