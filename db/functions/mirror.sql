-- Which appointments belong in which calendars (docs/mirror.md). The migration declares the trigger functions.

-- What enabled bindings want: all of one calendar, or all calendars of one appointment; exactly one of the two is given.
-- Where several bindings want the same, the oldest has it. A booking that is off is wanted nowhere.
CREATE OR REPLACE FUNCTION wanted_targets(p_calendar_id uuid, p_appointment_id uuid)
RETURNS TABLE (appointment_id uuid, calendar_id uuid, host_id uuid, binding_id uuid)
LANGUAGE plpgsql STABLE ROWS 100 AS $$
#variable_conflict use_column
DECLARE
  one appointments;
  way uuid[];
BEGIN
  IF p_calendar_id IS NOT NULL THEN
    RETURN QUERY
    WITH binding AS MATERIALIZED (
      SELECT * FROM calendar_bindings WHERE calendar_id = p_calendar_id AND is_enabled
    ), visible AS MATERIALIZED (
      -- Looked up, not compared: somebody may be a member of thousands (see my_memberships).
      SELECT p.id, string_to_array(p.path::text, '.')::uuid[] AS way
      FROM projects p CROSS JOIN (
        SELECT jsonb_object_agg(replace(m.project_id::text, '-', ''), 0) AS ids
        FROM project_members m WHERE m.user_id = (SELECT host_id FROM binding LIMIT 1)
      ) mine
      WHERE mine.ids ?| string_to_array(p.path::text, '.')
        AND EXISTS (SELECT FROM binding WHERE scope <> 'personal_only')
    ), in_scope AS (
      SELECT v.id, b.id AS binding_id, b.created_at
      FROM visible v CROSS JOIN binding b WHERE b.scope = 'all_visible'
      UNION ALL
      SELECT v.id, b.id, b.created_at
      FROM visible v CROSS JOIN unnest(v.way) above(id) JOIN binding b ON b.scope_id = above.id
      WHERE b.scope <> 'project' OR b.scope_id = v.id
    ), project AS (
      SELECT DISTINCT ON (id) id, binding_id FROM in_scope ORDER BY id, created_at, binding_id
    ), personal AS (
      SELECT host_id, id FROM binding WHERE scope IN ('all_visible', 'personal_only') OR include_personal
      ORDER BY created_at, id LIMIT 1
    )
    SELECT a.id, p_calendar_id, personal.host_id, personal.id
    FROM personal JOIN appointments a ON a.owner_id = personal.host_id AND a.project_id IS NULL
    LEFT JOIN bookings k ON k.id = a.booking_id
    WHERE a.booking_id IS NULL OR k.status = 'confirmed'
    UNION ALL
    SELECT a.id, p_calendar_id, (SELECT host_id FROM binding LIMIT 1), project.binding_id
    FROM project JOIN appointments a ON a.project_id = project.id;
    RETURN;
  END IF;
  SELECT * INTO one FROM appointments a WHERE a.id = p_appointment_id;
  IF one.project_id IS NULL THEN
    RETURN QUERY
    SELECT DISTINCT ON (b.calendar_id) one.id, b.calendar_id, b.host_id, b.id
    FROM calendar_bindings b
    WHERE b.host_id = one.owner_id AND b.is_enabled
      AND (b.scope IN ('all_visible', 'personal_only') OR b.include_personal)
      AND (one.booking_id IS NULL OR EXISTS (SELECT FROM bookings k WHERE k.id = one.booking_id AND k.status = 'confirmed'))
    ORDER BY b.calendar_id, b.created_at, b.id;
  ELSE
    way := (SELECT string_to_array(p.path::text, '.')::uuid[] FROM projects p WHERE p.id = one.project_id);
    RETURN QUERY
    SELECT DISTINCT ON (b.calendar_id) one.id, b.calendar_id, b.host_id, b.id
    FROM calendar_bindings b
    WHERE b.host_id IN (SELECT m.user_id FROM project_members m WHERE m.project_id = ANY (way)) AND b.is_enabled
      AND CASE b.scope
        WHEN 'all_visible' THEN true
        WHEN 'personal_only' THEN false
        WHEN 'project' THEN b.scope_id = one.project_id
        ELSE b.scope_id = ANY (way)
      END
    ORDER BY b.calendar_id, b.created_at, b.id;
  END IF;
END $$;

-- Makes the targets of one calendar, or of one appointment, those that are wanted: adds, takes back what was to go, and
-- lets go; what nobody ever tried to write is simply gone. The copy of a booking in the destination calendar stays, bound
-- or not. What comes back may have been deleted already, so it is no longer certain what lies there.
CREATE OR REPLACE FUNCTION aim_targets(p_calendar_id uuid, p_appointment_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  -- Who disconnects a calendar has it before its bindings, and who deletes a binding has that before its targets. So has
  -- this, or the two could wait for each other.
  IF p_calendar_id IS NOT NULL THEN
    PERFORM FROM calendars c WHERE c.id = p_calendar_id FOR KEY SHARE;
    PERFORM FROM calendar_bindings b WHERE b.calendar_id = p_calendar_id ORDER BY b.id FOR KEY SHARE;
  ELSE
    PERFORM FROM wanted_targets(NULL, p_appointment_id) w JOIN calendars c ON c.id = w.calendar_id
    ORDER BY c.id FOR KEY SHARE OF c;
    PERFORM FROM wanted_targets(NULL, p_appointment_id) w JOIN calendar_bindings b ON b.id = w.binding_id
    ORDER BY b.id FOR KEY SHARE OF b;
    -- Calendar by calendar, as everybody who changes copies in several.
    PERFORM FROM appointment_targets t WHERE t.appointment_id = p_appointment_id ORDER BY t.calendar_id FOR UPDATE;
  END IF;
  WITH wanted AS MATERIALIZED (
    SELECT * FROM wanted_targets(p_calendar_id, p_appointment_id)
  ), known AS MATERIALIZED (
    -- Two halves, so that one plan serves both: only one of them is ever executed.
    SELECT * FROM appointment_targets WHERE p_calendar_id IS NOT NULL AND calendar_id = p_calendar_id
    UNION ALL
    SELECT * FROM appointment_targets WHERE p_calendar_id IS NULL AND appointment_id = p_appointment_id
  ), let_go AS MATERIALIZED (
    -- As it is once nobody else writes it: a put may just begin.
    SELECT t.id, t.is_destination, t.remote_id IS NULL AND t.pushed_hash IS NULL AS is_nothing
    FROM known JOIN appointment_targets t ON t.id = known.id
    WHERE known.removed_at IS NULL AND (NOT known.is_destination OR known.binding_id IS NOT NULL)
      AND NOT EXISTS (
        SELECT FROM wanted w WHERE w.appointment_id = known.appointment_id AND w.calendar_id = known.calendar_id
      )
    FOR UPDATE OF t
  ), forgotten AS (
    DELETE FROM appointment_targets t USING let_go
    WHERE t.id = let_go.id AND NOT let_go.is_destination AND let_go.is_nothing
  ), removed AS (
    UPDATE appointment_targets t
    SET removed_at = now(), binding_id = NULL, push_due_at = 'epoch', attempts = 0
    FROM let_go WHERE t.id = let_go.id AND NOT let_go.is_destination AND NOT let_go.is_nothing
  ), unbound AS (
    UPDATE appointment_targets t SET binding_id = NULL FROM let_go WHERE t.id = let_go.id AND let_go.is_destination
  ), missing AS MATERIALIZED (
    SELECT w.* FROM wanted w
    LEFT JOIN known t ON t.appointment_id = w.appointment_id AND t.calendar_id = w.calendar_id
    WHERE t.id IS NULL OR t.removed_at IS NOT NULL OR t.binding_id IS DISTINCT FROM w.binding_id
  )
  INSERT INTO appointment_targets (appointment_id, calendar_id, owner_id, binding_id, is_destination, uid)
  SELECT
    m.appointment_id, m.calendar_id, m.host_id, m.binding_id, at_destination,
    -- Some servers refuse one UID in two calendars of an account (DESIGN 18). The same again when the account is
    -- connected anew, so that what was left in the calendar is found, and not put there twice.
    CASE WHEN at_destination THEN a.uid
      ELSE split_part(a.uid, '@', 1) || '.' || md5(concat_ws(' ', m.host_id, k.provider, k.server_url, k.account, c.remote_id))
        || '@' || split_part(a.uid, '@', 2)
    END
  FROM missing m
  JOIN appointments a ON a.id = m.appointment_id
  JOIN calendars c ON c.id = m.calendar_id
  JOIN calendar_connections k ON k.id = c.connection_id
  CROSS JOIN LATERAL (
    SELECT a.booking_id IS NOT NULL AND c.is_destination AND NOT EXISTS (
      SELECT FROM appointment_targets t WHERE t.appointment_id = a.id AND t.is_destination AND t.removed_at IS NULL
    ) AS at_destination
  ) d
  -- One that is being deleted is waited for, and then is none.
  FOR KEY SHARE OF a, c
  ON CONFLICT (appointment_id, calendar_id) DO UPDATE SET
    binding_id = excluded.binding_id,
    removed_at = NULL,
    is_destination = CASE WHEN appointment_targets.removed_at IS NULL THEN appointment_targets.is_destination
      ELSE excluded.is_destination END,
    pushed_hash = CASE WHEN appointment_targets.removed_at IS NULL THEN appointment_targets.pushed_hash
      ELSE ' ' || ltrim(appointment_targets.pushed_hash) END,
    push_due_at = CASE WHEN appointment_targets.removed_at IS NULL THEN appointment_targets.push_due_at ELSE 'epoch' END,
    attempts = CASE WHEN appointment_targets.removed_at IS NULL THEN appointment_targets.attempts ELSE 0 END;
END $$;

-- Asks for a push of a calendar once the transaction commits; one wish for each, however much was changed.
CREATE OR REPLACE FUNCTION request_push(p_calendar_id uuid) RETURNS void LANGUAGE sql AS $$
  SELECT inngest_send_event(
    'calendar/push.requested', json_build_object('calendarId', p_calendar_id)::text,
    'push:' || p_calendar_id || ':' || pg_current_xact_id()
  )
$$;

-- A calendar that something is bound to is read from now on; lib/mirror says when that ends.
CREATE OR REPLACE FUNCTION calendar_bindings_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM request_push(OLD.calendar_id);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    UPDATE calendars SET is_mirrored = true WHERE id = NEW.calendar_id AND NOT is_mirrored;
    PERFORM request_push(NEW.calendar_id);
  END IF;
  RETURN NULL;
END $$;

-- Who sees a project, or where it lies, has changed: the calendars of everybody that concerns are looked at anew.
CREATE OR REPLACE FUNCTION mirrors_follow_projects() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
BEGIN
  IF TG_TABLE_NAME = 'project_members' THEN
    PERFORM request_push(b.calendar_id) FROM calendar_bindings b
    WHERE b.is_enabled AND b.host_id IN ((before ->> 'user_id')::uuid, (after ->> 'user_id')::uuid);
  ELSE
    PERFORM request_push(b.calendar_id) FROM calendar_bindings b
    WHERE b.is_enabled AND b.host_id IN (
      SELECT m.user_id FROM project_members m
      WHERE m.project_id = ANY (string_to_array(concat_ws('.', before ->> 'path', after ->> 'path'), '.')::uuid[])
    );
  END IF;
  RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION wanted_targets, aim_targets, request_push, calendar_bindings_follow, mirrors_follow_projects
  FROM PUBLIC;
