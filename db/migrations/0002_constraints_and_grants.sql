-- What Drizzle cannot express.

-- Two intervals of one weekday never overlap; touching is fine.
ALTER TABLE schedule_rules ADD CONSTRAINT schedule_rules_no_overlap
  EXCLUDE USING gist (schedule_id WITH =, weekday WITH =, int4range(start_minute, end_minute) WITH &&);
--> statement-breakpoint

-- `blocked` follows the booking's times and buffers, whatever code writes them.
CREATE FUNCTION bookings_set_blocked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.blocked := tstzrange(
    NEW.starts_at - make_interval(mins => NEW.buffer_before_minutes),
    NEW.ends_at + make_interval(mins => NEW.buffer_after_minutes), '[)');
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER bookings_set_blocked BEFORE INSERT OR UPDATE ON bookings
  FOR EACH ROW EXECUTE FUNCTION bookings_set_blocked();
--> statement-breakpoint

-- The promise: nobody is ever double-booked.
ALTER TABLE bookings ADD CONSTRAINT bookings_never_overlap
  EXCLUDE USING gist (host_id WITH =, blocked WITH &&) WHERE (status IN ('pending', 'confirmed'));
--> statement-breakpoint

-- Rights of the request role. Tables not named here (engine, set-up links, rate limits) are closed to it.
GRANT USAGE ON SCHEMA public TO calends_user;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON
  schedules, schedule_rules, event_types, calendar_connections, calendars, appointments, appointment_targets
  TO calends_user;
--> statement-breakpoint
GRANT SELECT, UPDATE ON bookings TO calends_user;
--> statement-breakpoint
GRANT SELECT ON synced_events, sync_logs TO calends_user;
--> statement-breakpoint
-- Never the password hash, and nobody promotes themselves.
GRANT SELECT (id, email, name, role, handle, time_zone, max_staleness_minutes, session_epoch, created_at),
  UPDATE (name, handle, time_zone, max_staleness_minutes) ON users TO calends_user;
