-- Paths in the tree; in every PostgreSQL, and any owner of a database may make it.
CREATE EXTENSION IF NOT EXISTS ltree;--> statement-breakpoint
CREATE TYPE "public"."project_kind" AS ENUM('client', 'litigation', 'patent', 'case', 'project');--> statement-breakpoint
CREATE TYPE "public"."project_member_role" AS ENUM('viewer', 'editor', 'manager');--> statement-breakpoint
CREATE TABLE "project_members" (
	"project_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" "project_member_role" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_members_project_id_user_id_pk" PRIMARY KEY("project_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "project_members" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "projects" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"parent_id" uuid,
	"kind" "project_kind" NOT NULL,
	"name" text NOT NULL,
	"color" text NOT NULL,
	"archived_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"path" "ltree" DEFAULT '' NOT NULL,
	"kind_path" text DEFAULT '' NOT NULL,
	"is_archived" boolean DEFAULT false NOT NULL,
	CONSTRAINT "projects_name" CHECK (length("projects"."name") between 1 and 120 and "projects"."name" = btrim("projects"."name")),
	CONSTRAINT "projects_color" CHECK ("projects"."color" ~ '^#[0-9a-f]{6}$'),
	CONSTRAINT "projects_depth" CHECK (nlevel("projects"."path") between 1 and 12),
	CONSTRAINT "projects_kind_path" CHECK ("projects"."kind_path" ~ '^(client(\.(litigation|patent)(\.case)?)?)?$'
        and case "projects"."kind"
          when 'client' then "projects"."kind_path" = 'client'
          when 'litigation' then "projects"."kind_path" = 'client.litigation'
          when 'patent' then "projects"."kind_path" = 'client.patent'
          when 'case' then "projects"."kind_path" in ('client.litigation.case', 'client.patent.case')
          else true
        end)
);
--> statement-breakpoint
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_members" ADD CONSTRAINT "project_members_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_parent_id_projects_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "project_members_user_id" ON "project_members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "projects_parent_id" ON "projects" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "projects_path" ON "projects" USING gist ("path");--> statement-breakpoint
-- Policies and triggers name these; what they do is in db/functions/projects.sql.
CREATE FUNCTION my_project_paths() RETURNS ltree[] LANGUAGE sql STABLE AS $$ SELECT '{}'::ltree[] $$;--> statement-breakpoint
CREATE FUNCTION project_role(p_path ltree) RETURNS project_member_role LANGUAGE sql STABLE AS $$ SELECT NULL::project_member_role $$;--> statement-breakpoint
CREATE FUNCTION projects_place() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;--> statement-breakpoint
CREATE FUNCTION projects_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;--> statement-breakpoint
CREATE FUNCTION project_members_keep_a_manager() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;--> statement-breakpoint
CREATE TRIGGER projects_place BEFORE INSERT OR UPDATE OF id, parent_id, kind, archived_at, path, kind_path, is_archived
  ON projects FOR EACH ROW EXECUTE FUNCTION projects_place();--> statement-breakpoint
CREATE TRIGGER projects_follow AFTER INSERT OR UPDATE OF id, parent_id, kind, archived_at, path, kind_path, is_archived
  ON projects FOR EACH ROW EXECUTE FUNCTION projects_follow();--> statement-breakpoint
CREATE TRIGGER project_members_keep_a_manager AFTER DELETE OR UPDATE OF role, project_id ON project_members
  FOR EACH ROW EXECUTE FUNCTION project_members_keep_a_manager();--> statement-breakpoint
-- Where a project lies, and what follows from that, is nothing a request writes.
GRANT SELECT, DELETE, INSERT (id, parent_id, kind, name, color), UPDATE (name, color, archived_at) ON projects TO calends_user;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (role) ON project_members TO calends_user;--> statement-breakpoint
CREATE POLICY "members_see" ON "project_members" AS PERMISSIVE FOR SELECT TO "calends_user" USING (exists (select from projects p where p.id = project_id));--> statement-breakpoint
CREATE POLICY "managers_add" ON "project_members" AS PERMISSIVE FOR INSERT TO "calends_user" WITH CHECK ((select project_role(p.path) from projects p where p.id = project_id) = 'manager');--> statement-breakpoint
CREATE POLICY "managers_change" ON "project_members" AS PERMISSIVE FOR UPDATE TO "calends_user" USING ((select project_role(p.path) from projects p where p.id = project_id) = 'manager') WITH CHECK ((select project_role(p.path) from projects p where p.id = project_id) = 'manager');--> statement-breakpoint
CREATE POLICY "managers_remove_and_members_leave" ON "project_members" AS PERMISSIVE FOR DELETE TO "calends_user" USING (user_id = (select nullif(current_setting('app.user_id', true), '')::uuid) or (select project_role(p.path) from projects p where p.id = project_id) = 'manager');--> statement-breakpoint
CREATE POLICY "members_see" ON "projects" AS PERMISSIVE FOR SELECT TO "calends_user" USING (path <@ (select my_project_paths()));--> statement-breakpoint
CREATE POLICY "editors_add_below" ON "projects" AS PERMISSIVE FOR INSERT TO "calends_user" WITH CHECK (nullif(current_setting('app.user_id', true), '') is not null and (parent_id is null or project_role(subpath(path, 0, -1)) >= 'editor'));--> statement-breakpoint
CREATE POLICY "managers_change" ON "projects" AS PERMISSIVE FOR UPDATE TO "calends_user" USING (project_role(path) = 'manager') WITH CHECK (nullif(current_setting('app.user_id', true), '') is not null);--> statement-breakpoint
CREATE POLICY "managers_delete" ON "projects" AS PERMISSIVE FOR DELETE TO "calends_user" USING (project_role(path) = 'manager' and used_at is null);