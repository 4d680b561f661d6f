-- The tree of projects (docs/projects.md). The migration declares these functions, because its policies and triggers
-- name them; what they do is said here.

-- Where the signed-in user is a member: they see these nodes and everything below. The keys are ids as a path has them,
-- so that a row is looked up, however many there are. SECURITY DEFINER, because the policy on the table it reads asks it.
-- Takes no user: nobody asks about others.
CREATE OR REPLACE FUNCTION my_memberships() RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(jsonb_object_agg(replace(project_id::text, '-', ''), role), '{}')
  FROM project_members
  WHERE user_id = nullif(current_setting('app.user_id', true), '')::uuid
$$;

-- The strongest role of the signed-in user on the way up; null for a stranger. The ids are in the path, so it takes
-- only the primary key of project_members.
CREATE OR REPLACE FUNCTION project_role(p_path ltree) RETURNS project_member_role
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT max(role) FROM project_members
  WHERE user_id = nullif(current_setting('app.user_id', true), '')::uuid
    AND project_id = ANY (string_to_array(p_path::text, '.')::uuid[])
$$;

-- The tree changes by one transaction at a time: two moves at once could make a circle, and what is added below a node
-- on the move would keep its old path.
CREATE OR REPLACE FUNCTION lock_projects() RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtext('calends:projects'))
$$;

-- What follows from the node above.
CREATE OR REPLACE FUNCTION projects_place() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  above projects;
  own_kind text := nullif(NEW.kind::text, 'project');
BEGIN
  PERFORM lock_projects();
  IF NEW.parent_id IS NOT NULL THEN
    SELECT * INTO above FROM projects WHERE id = NEW.parent_id;
  END IF;
  NEW.path := coalesce(above.path, ''::ltree) || replace(NEW.id::text, '-', '');
  IF NEW.parent_id = NEW.id OR NEW.id = ANY (string_to_array(above.path::text, '.')::uuid[]) THEN
    RAISE check_violation USING MESSAGE = 'a project cannot lie below itself', CONSTRAINT = 'projects_no_circle';
  END IF;
  NEW.kind_path := concat_ws('.', nullif(above.kind_path, ''), own_kind);
  NEW.is_archived := NEW.archived_at IS NOT NULL OR coalesce(above.is_archived, false);
  RETURN NEW;
END $$;

-- What follows for the nodes below, level by level: a child that is touched places itself anew. A root has a manager:
-- who made it one.
CREATE OR REPLACE FUNCTION projects_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (OLD.path, OLD.kind_path, OLD.is_archived) IS DISTINCT FROM (NEW.path, NEW.kind_path, NEW.is_archived)
  THEN
    UPDATE projects SET parent_id = parent_id WHERE parent_id = NEW.id;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.parent_id IS NOT DISTINCT FROM NEW.parent_id THEN
    RETURN NULL;
  END IF;
  UPDATE projects SET used_at = now() WHERE id = NEW.parent_id AND used_at IS NULL;
  INSERT INTO project_members (project_id, user_id, role)
  SELECT NEW.id, nullif(current_setting('app.user_id', true), '')::uuid, 'manager'
  WHERE NEW.parent_id IS NULL AND nullif(current_setting('app.user_id', true), '') IS NOT NULL
  ON CONFLICT (project_id, user_id) DO UPDATE SET role = 'manager';
  RETURN NULL;
END $$;

-- The only way a request moves a project: a manager of it takes it to where they may add one. A policy could not judge
-- that, because it does not know where the row was.
CREATE OR REPLACE FUNCTION move_project(p_id uuid, p_parent_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM lock_projects();
  IF coalesce((SELECT project_role(path) = 'manager' FROM projects WHERE id = p_id), false)
    AND (p_parent_id IS NULL
      OR coalesce((SELECT project_role(path) >= 'editor' FROM projects WHERE id = p_parent_id), false))
  THEN
    UPDATE projects SET parent_id = p_parent_id WHERE id = p_id;
  ELSE
    RAISE insufficient_privilege USING MESSAGE = 'this project may not be moved there';
  END IF;
END $$;

-- A root keeps a manager; one whose project is being deleted goes with it.
CREATE OR REPLACE FUNCTION project_members_keep_a_manager() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM lock_projects();
  IF EXISTS (SELECT FROM projects WHERE id = OLD.project_id AND parent_id IS NULL)
    AND NOT EXISTS (SELECT FROM project_members WHERE project_id = OLD.project_id AND role = 'manager')
  THEN
    RAISE check_violation USING MESSAGE = 'a project at the top keeps a manager', CONSTRAINT = 'project_members_a_manager';
  END IF;
  RETURN NULL;
END $$;

REVOKE EXECUTE ON FUNCTION my_memberships, project_role, move_project, projects_place, projects_follow,
  project_members_keep_a_manager FROM PUBLIC;
GRANT EXECUTE ON FUNCTION my_memberships, project_role, move_project TO calends_user;
