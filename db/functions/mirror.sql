-- Which appointments belong in which calendars (docs/mirror.md). The migration declares the trigger functions.

-- What enabled bindings want: all of one calendar, or all calendars of one appointment; exactly one of the two is given.
-- Where several bindings want the same, the oldest has it. A booking that is off is wanted nowhere.
CREATE OR REPLACE FUNCTION wanted_targets(p_calendar_id uuid, p_appointment_id uuid)
RETURNS TABLE (appointment_id uuid, calendar_id uuid, host_id uuid, binding_id uuid)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
  IF p_calendar_id IS NOT NULL THEN
    RETURN QUERY
    SELECT DISTINCT ON (a.id) a.id, b.calendar_id, b.host_id, b.id
    FROM calendar_bindings b
    CROSS JOIN LATERAL (
      SELECT personal.id, personal.booking_id
      FROM appointments personal
      WHERE personal.owner_id = b.host_id AND personal.project_id IS NULL
        AND (b.scope IN ('all_visible', 'personal_only') OR b.include_personal)
      UNION ALL
      SELECT of_project.id, NULL
      FROM appointments of_project
      JOIN projects p ON p.id = of_project.project_id
      WHERE b.scope <> 'personal_only'
        AND p.path <@ ARRAY(
          SELECT seen.path FROM project_members m JOIN projects seen ON seen.id = m.project_id WHERE m.user_id = b.host_id
        )
        AND CASE b.scope
          WHEN 'all_visible' THEN true
          WHEN 'project' THEN p.id = b.scope_id
          ELSE b.scope_id = ANY (string_to_array(p.path::text, '.')::uuid[])
        END
    ) a
    WHERE b.calendar_id = p_calendar_id AND b.is_enabled
      AND (a.booking_id IS NULL OR EXISTS (SELECT FROM bookings k WHERE k.id = a.booking_id AND k.status = 'confirmed'))
    ORDER BY a.id, b.created_at, b.id;
  ELSE
    RETURN QUERY
    SELECT DISTINCT ON (b.calendar_id) a.id, b.calendar_id, b.host_id, b.id
    FROM appointments a
    LEFT JOIN projects p ON p.id = a.project_id
    CROSS JOIN LATERAL (SELECT string_to_array(p.path::text, '.')::uuid[] AS ids) way
    JOIN calendar_bindings b ON b.is_enabled AND CASE
      WHEN a.project_id IS NULL
        THEN b.host_id = a.owner_id AND (b.scope IN ('all_visible', 'personal_only') OR b.include_personal)
      ELSE CASE b.scope
          WHEN 'all_visible' THEN true
          WHEN 'personal_only' THEN false
          WHEN 'project' THEN b.scope_id = a.project_id
          ELSE b.scope_id = ANY (way.ids)
        END
        AND sees_project(b.host_id, p.path)
      END
    WHERE a.id = p_appointment_id
      AND (a.booking_id IS NULL OR EXISTS (SELECT FROM bookings k WHERE k.id = a.booking_id AND k.status = 'confirmed'))
    ORDER BY b.calendar_id, b.created_at, b.id;
  END IF;
END $$;

-- Makes the targets of one calendar, or of one appointment, those that are wanted: adds, takes back what was to go, and
-- lets go; what nobody ever tried to write is simply gone. The copy of a booking in the destination calendar stays, bound
-- or not. What comes back may have been deleted already, so it is no longer certain what lies there.
CREATE OR REPLACE FUNCTION aim_targets(p_calendar_id uuid, p_appointment_id uuid) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH wanted AS MATERIALIZED (
    SELECT * FROM wanted_targets(p_calendar_id, p_appointment_id)
  ), let_go AS MATERIALIZED (
    SELECT t.id, t.remote_id IS NULL AND t.pushed_hash IS NULL AS is_nothing
    FROM appointment_targets t
    WHERE (t.calendar_id = p_calendar_id OR t.appointment_id = p_appointment_id)
      AND t.removed_at IS NULL AND NOT t.is_destination
      AND NOT EXISTS (SELECT FROM wanted w WHERE w.appointment_id = t.appointment_id AND w.calendar_id = t.calendar_id)
  ), forgotten AS (
    DELETE FROM appointment_targets t USING let_go WHERE t.id = let_go.id AND let_go.is_nothing
  ), removed AS (
    UPDATE appointment_targets t
    SET removed_at = now(), binding_id = NULL, push_due_at = 'epoch', attempts = 0
    FROM let_go WHERE t.id = let_go.id AND NOT let_go.is_nothing
  ), unbound AS (
    UPDATE appointment_targets t SET binding_id = NULL
    WHERE (t.calendar_id = p_calendar_id OR t.appointment_id = p_appointment_id)
      AND t.is_destination AND t.binding_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM wanted w WHERE w.appointment_id = t.appointment_id AND w.calendar_id = t.calendar_id)
  )
  INSERT INTO appointment_targets (appointment_id, calendar_id, owner_id, binding_id, is_destination, uid)
  SELECT
    w.appointment_id, w.calendar_id, w.host_id, w.binding_id, at_destination,
    -- Some servers refuse one UID in two calendars of an account (DESIGN 18).
    CASE WHEN at_destination THEN a.uid
      ELSE split_part(a.uid, '@', 1) || '.' || replace(w.calendar_id::text, '-', '') || '@' || split_part(a.uid, '@', 2)
    END
  FROM wanted w
  JOIN appointments a ON a.id = w.appointment_id
  JOIN calendars c ON c.id = w.calendar_id
  CROSS JOIN LATERAL (
    SELECT a.booking_id IS NOT NULL AND c.is_destination AND NOT EXISTS (
      SELECT FROM appointment_targets t WHERE t.appointment_id = a.id AND t.is_destination AND t.removed_at IS NULL
    ) AS at_destination
  ) d
  LEFT JOIN appointment_targets t ON t.appointment_id = w.appointment_id AND t.calendar_id = w.calendar_id
  WHERE t.id IS NULL OR t.removed_at IS NOT NULL OR t.binding_id IS DISTINCT FROM w.binding_id
  ON CONFLICT (appointment_id, calendar_id) DO UPDATE SET
    binding_id = excluded.binding_id,
    removed_at = NULL,
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
