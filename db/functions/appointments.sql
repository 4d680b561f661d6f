-- What the database keeps about appointments (docs/mirror.md). The migration declares these functions, because its
-- policies and triggers name them; what they do is said here.

-- Whether the signed-in user may add and change appointments there.
CREATE OR REPLACE FUNCTION may_edit_project(p_id uuid) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT project_role(path) >= 'editor' AND NOT is_archived FROM projects WHERE id = p_id), false)
$$;

-- Whether a user sees a project; for workers, who ask about others.
CREATE OR REPLACE FUNCTION sees_project(p_user_id uuid, p_path ltree) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT EXISTS (
    SELECT FROM project_members
    WHERE user_id = p_user_id AND project_id = ANY (string_to_array(p_path::text, '.')::uuid[])
  )
$$;

-- A day has instants too, those of its time zone: for order, and for whatever asks when it is over. The revision rises
-- with every change that anybody can see.
CREATE OR REPLACE FUNCTION appointments_settle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.start_day IS NOT NULL AND NEW.end_day IS NOT NULL THEN
    NEW.starts_at := local_to_instant(NEW.start_day::timestamp, NEW.time_zone);
    NEW.ends_at := local_to_instant(NEW.end_day::timestamp, NEW.time_zone);
  END IF;
  IF NEW.recurrence IS NULL THEN
    NEW.last_ends_at := NEW.ends_at;
    NEW.expanded_until := NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    NEW.revision := OLD.revision + (
      (NEW.owner_id, NEW.project_id, NEW.title, NEW.description, NEW.location, NEW.starts_at, NEW.ends_at, NEW.start_day,
        NEW.end_day, NEW.time_zone, NEW.recurrence)
      IS DISTINCT FROM
      (OLD.owner_id, OLD.project_id, OLD.title, OLD.description, OLD.location, OLD.starts_at, OLD.ends_at, OLD.start_day,
        OLD.end_day, OLD.time_zone, OLD.recurrence)
    )::integer;
  END IF;
  RETURN NEW;
END $$;

-- Its copies follow: the calendars it belongs in now, and what is to be written there. A project that was used cannot
-- be deleted any more.
CREATE OR REPLACE FUNCTION appointments_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.revision = NEW.revision THEN
    RETURN NULL;
  END IF;
  UPDATE projects SET used_at = now() WHERE id = NEW.project_id AND used_at IS NULL;
  -- First, since it has what it waits for before it has any target.
  PERFORM aim_targets(NULL, NEW.id);
  UPDATE appointment_targets SET push_due_at = 'epoch', attempts = 0
  WHERE appointment_id = NEW.id AND removed_at IS NULL;
  PERFORM request_push(calendar_id) FROM appointment_targets WHERE appointment_id = NEW.id AND push_due_at = 'epoch';
  RETURN NULL;
END $$;

-- Its copies stay behind as what is to be deleted; those that nobody ever tried to write are nothing.
CREATE OR REPLACE FUNCTION appointments_leave_copies() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  calendar uuid;
BEGIN
  PERFORM FROM appointment_targets WHERE appointment_id = OLD.id ORDER BY calendar_id FOR UPDATE;
  DELETE FROM appointment_targets WHERE appointment_id = OLD.id AND remote_id IS NULL AND pushed_hash IS NULL;
  FOR calendar IN
    UPDATE appointment_targets
    SET removed_at = coalesce(removed_at, now()), push_due_at = 'epoch', attempts = 0, diverged_at = NULL, appointment_id = NULL
    WHERE appointment_id = OLD.id
    RETURNING calendar_id
  LOOP
    PERFORM request_push(calendar);
  END LOOP;
  RETURN OLD;
END $$;

REVOKE EXECUTE ON FUNCTION may_edit_project, sees_project, appointments_follow, appointments_leave_copies
  FROM PUBLIC;
GRANT EXECUTE ON FUNCTION may_edit_project TO calends_user;
