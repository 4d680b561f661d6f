CREATE TYPE "public"."binding_scope" AS ENUM('all_visible', 'personal_only', 'project', 'client', 'litigation', 'patent', 'case');--> statement-breakpoint
CREATE TABLE "appointment_occurrences" (
	"appointment_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"occurrence_key" text NOT NULL,
	"title" text NOT NULL,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"during" "tstzrange" GENERATED ALWAYS AS (case when starts_at is not null then tstzrange(starts_at, ends_at) end) STORED,
	"start_day" date,
	"end_day" date,
	CONSTRAINT "appointment_occurrences_appointment_id_occurrence_key_pk" PRIMARY KEY("appointment_id","occurrence_key"),
	CONSTRAINT "appointment_occurrences_time" CHECK (("appointment_occurrences"."start_day" is null and "appointment_occurrences"."end_day" is null and "appointment_occurrences"."starts_at" is not null and "appointment_occurrences"."ends_at" >= "appointment_occurrences"."starts_at")
        or ("appointment_occurrences"."starts_at" is null and "appointment_occurrences"."ends_at" is null and "appointment_occurrences"."start_day" is not null and "appointment_occurrences"."end_day" > "appointment_occurrences"."start_day"))
);
--> statement-breakpoint
ALTER TABLE "appointment_occurrences" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calendar_bindings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"host_id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"scope" "binding_scope" NOT NULL,
	"scope_id" uuid,
	"scope_kind" "project_kind" GENERATED ALWAYS AS (case scope when 'client' then 'client'::project_kind when 'litigation' then 'litigation'::project_kind
        when 'patent' then 'patent'::project_kind when 'case' then 'case'::project_kind end) STORED,
	"include_personal" boolean DEFAULT false NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"last_synced_at" timestamp with time zone,
	"last_error" text,
	"error_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_bindings_once" UNIQUE NULLS NOT DISTINCT("calendar_id","scope","scope_id"),
	CONSTRAINT "calendar_bindings_scope" CHECK (("calendar_bindings"."scope" in ('all_visible', 'personal_only')) = ("calendar_bindings"."scope_id" is null))
);
--> statement-breakpoint
ALTER TABLE "calendar_bindings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "appointment_targets" DROP CONSTRAINT "appointment_targets_appointment";
--> statement-breakpoint
DROP INDEX "calendars_next_sync_at";--> statement-breakpoint
ALTER TABLE "appointment_targets" ALTER COLUMN "appointment_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD COLUMN "binding_id" uuid;--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD COLUMN "is_destination" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD COLUMN "push_due_at" timestamp with time zone DEFAULT '1970-01-01T00:00:00.000Z';--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD COLUMN "taken_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD COLUMN "vanished_in_bulk" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "project_id" uuid;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "start_day" date;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "end_day" date;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "recurrence" jsonb;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "last_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "expanded_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "created_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "is_mirrored" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_logs" ADD COLUMN "binding_id" uuid;--> statement-breakpoint
ALTER TABLE "appointment_occurrences" ADD CONSTRAINT "appointment_occurrences_appointment" FOREIGN KEY ("appointment_id","owner_id") REFERENCES "public"."appointments"("id","owner_id") ON DELETE cascade ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_id_kind" UNIQUE("id","kind");--> statement-breakpoint
ALTER TABLE "calendar_bindings" ADD CONSTRAINT "calendar_bindings_host_id_users_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_bindings" ADD CONSTRAINT "calendar_bindings_scope_id_projects_id_fk" FOREIGN KEY ("scope_id") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_bindings" ADD CONSTRAINT "calendar_bindings_calendar" FOREIGN KEY ("calendar_id","host_id") REFERENCES "public"."calendars"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_bindings" ADD CONSTRAINT "calendar_bindings_scope_kind" FOREIGN KEY ("scope_id","scope_kind") REFERENCES "public"."projects"("id","kind") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appointment_occurrences_during" ON "appointment_occurrences" USING gist ("owner_id","during");--> statement-breakpoint
CREATE INDEX "appointment_occurrences_days" ON "appointment_occurrences" USING gist ("owner_id",daterange(start_day, end_day)) WHERE "appointment_occurrences"."start_day" is not null;--> statement-breakpoint
CREATE INDEX "calendar_bindings_host" ON "calendar_bindings" USING btree ("host_id");--> statement-breakpoint
CREATE INDEX "calendar_bindings_scope_id" ON "calendar_bindings" USING btree ("scope_id");--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD CONSTRAINT "appointment_targets_appointment_id_appointments_id_fk" FOREIGN KEY ("appointment_id") REFERENCES "public"."appointments"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD CONSTRAINT "appointment_targets_binding_id_calendar_bindings_id_fk" FOREIGN KEY ("binding_id") REFERENCES "public"."calendar_bindings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_logs" ADD CONSTRAINT "sync_logs_binding_id_calendar_bindings_id_fk" FOREIGN KEY ("binding_id") REFERENCES "public"."calendar_bindings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appointment_targets_push_due" ON "appointment_targets" USING btree ("calendar_id","push_due_at") WHERE "appointment_targets"."push_due_at" is not null;--> statement-breakpoint
CREATE INDEX "appointment_targets_binding" ON "appointment_targets" USING btree ("binding_id");--> statement-breakpoint
CREATE INDEX "appointments_owner" ON "appointments" USING btree ("owner_id","starts_at");--> statement-breakpoint
CREATE INDEX "appointments_project" ON "appointments" USING btree ("project_id","starts_at") WHERE "appointments"."project_id" is not null;--> statement-breakpoint
CREATE INDEX "appointments_recurring" ON "appointments" USING btree ("expanded_until") WHERE "appointments"."recurrence" is not null;--> statement-breakpoint
CREATE INDEX "sync_logs_binding" ON "sync_logs" USING btree ("binding_id","started_at" DESC NULLS LAST) WHERE "sync_logs"."binding_id" is not null;--> statement-breakpoint
CREATE INDEX "calendars_next_sync_at" ON "calendars" USING btree ("next_sync_at") WHERE "calendars"."checks_conflicts" or "calendars"."is_destination" or "calendars"."is_mirrored";--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD CONSTRAINT "appointment_targets_of_nothing" CHECK ("appointment_targets"."appointment_id" is not null or "appointment_targets"."removed_at" is not null);--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_days" CHECK (coalesce("appointments"."start_day" < "appointments"."end_day", num_nonnulls("appointments"."start_day", "appointments"."end_day") = 0));--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_recurrence" CHECK ("appointments"."recurrence" is null or jsonb_typeof("appointments"."recurrence" -> 'rule') = 'string' and jsonb_typeof("appointments"."recurrence" -> 'exceptions') = 'array');--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_of_a_booking" CHECK ("appointments"."booking_id" is null or num_nonnulls("appointments"."project_id", "appointments"."start_day", "appointments"."recurrence") = 0);--> statement-breakpoint
DROP POLICY "owner" ON "appointments" CASCADE;--> statement-breakpoint
-- Policies and triggers name these; what they do is in db/functions.
CREATE FUNCTION my_memberships() RETURNS jsonb LANGUAGE sql STABLE AS $$ SELECT '{}'::jsonb $$;--> statement-breakpoint
CREATE FUNCTION may_edit_project(p_id uuid) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT false $$;--> statement-breakpoint
CREATE FUNCTION appointments_settle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;--> statement-breakpoint
CREATE FUNCTION appointments_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;--> statement-breakpoint
CREATE FUNCTION appointments_leave_copies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;--> statement-breakpoint
CREATE FUNCTION calendar_bindings_follow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;--> statement-breakpoint
CREATE FUNCTION mirrors_follow_projects() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;--> statement-breakpoint
CREATE POLICY "seen_with_it" ON "appointment_occurrences" AS PERMISSIVE FOR SELECT TO "calends_user" USING (exists (select from appointments a where a.id = appointment_id));--> statement-breakpoint
CREATE POLICY "owner_sees" ON "calendar_bindings" AS PERMISSIVE FOR SELECT TO "calends_user" USING (host_id = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner_deletes" ON "calendar_bindings" AS PERMISSIVE FOR DELETE TO "calends_user" USING (host_id = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner_adds" ON "calendar_bindings" AS PERMISSIVE FOR INSERT TO "calends_user" WITH CHECK (host_id = (select nullif(current_setting('app.user_id', true), '')::uuid) and (scope_id is null or exists (select from projects p where p.id = scope_id)));--> statement-breakpoint
CREATE POLICY "owner_changes" ON "calendar_bindings" AS PERMISSIVE FOR UPDATE TO "calends_user" USING (host_id = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK (host_id = (select nullif(current_setting('app.user_id', true), '')::uuid) and (scope_id is null or not is_enabled or exists (select from projects p where p.id = scope_id)));--> statement-breakpoint
ALTER POLICY "members_see" ON "projects" TO calends_user USING ((select my_memberships()) ?| string_to_array(path::text, '.'));--> statement-breakpoint
DROP FUNCTION my_project_paths();--> statement-breakpoint
CREATE POLICY "members_see" ON "appointments" AS PERMISSIVE FOR SELECT TO "calends_user" USING (case when project_id is null then owner_id = (select nullif(current_setting('app.user_id', true), '')::uuid)
  else exists (select from projects p where p.id = project_id) end);--> statement-breakpoint
CREATE POLICY "editors_add" ON "appointments" AS PERMISSIVE FOR INSERT TO "calends_user" WITH CHECK (owner_id = (select nullif(current_setting('app.user_id', true), '')::uuid) and booking_id is null and case when project_id is null then owner_id = (select nullif(current_setting('app.user_id', true), '')::uuid)
  else may_edit_project(project_id) end);--> statement-breakpoint
CREATE POLICY "editors_change" ON "appointments" AS PERMISSIVE FOR UPDATE TO "calends_user" USING (booking_id is null and case when project_id is null then owner_id = (select nullif(current_setting('app.user_id', true), '')::uuid)
  else may_edit_project(project_id) end) WITH CHECK (booking_id is null and case when project_id is null then owner_id = (select nullif(current_setting('app.user_id', true), '')::uuid)
  else may_edit_project(project_id) end);--> statement-breakpoint
CREATE POLICY "editors_delete" ON "appointments" AS PERMISSIVE FOR DELETE TO "calends_user" USING (booking_id is null and case when project_id is null then owner_id = (select nullif(current_setting('app.user_id', true), '')::uuid)
  else may_edit_project(project_id) end);--> statement-breakpoint
-- Until now each copy was one of a booking, in its host's destination calendar.
UPDATE appointment_targets t SET is_destination = true, push_due_at = CASE
  WHEN t.pushed_at IS NULL OR t.removed_at IS NOT NULL OR a.updated_at >= t.pushed_at THEN t.push_due_at END
FROM appointments a WHERE a.id = t.appointment_id;--> statement-breakpoint
UPDATE appointments SET last_ends_at = ends_at;--> statement-breakpoint
CREATE TRIGGER appointments_settle BEFORE INSERT OR UPDATE ON appointments
  FOR EACH ROW EXECUTE FUNCTION appointments_settle();--> statement-breakpoint
CREATE TRIGGER appointments_follow AFTER INSERT OR UPDATE ON appointments
  FOR EACH ROW EXECUTE FUNCTION appointments_follow();--> statement-breakpoint
CREATE TRIGGER appointments_leave_copies BEFORE DELETE ON appointments
  FOR EACH ROW EXECUTE FUNCTION appointments_leave_copies();--> statement-breakpoint
CREATE TRIGGER calendar_bindings_follow AFTER INSERT OR DELETE OR UPDATE OF calendar_id, scope, scope_id, include_personal, is_enabled
  ON calendar_bindings FOR EACH ROW EXECUTE FUNCTION calendar_bindings_follow();--> statement-breakpoint
CREATE TRIGGER projects_mirrors AFTER UPDATE ON projects
  FOR EACH ROW WHEN (OLD.path IS DISTINCT FROM NEW.path) EXECUTE FUNCTION mirrors_follow_projects();--> statement-breakpoint
CREATE TRIGGER project_members_mirrors AFTER INSERT OR DELETE OR UPDATE ON project_members
  FOR EACH ROW EXECUTE FUNCTION mirrors_follow_projects();--> statement-breakpoint
CREATE TRIGGER appointment_occurrences_changed AFTER INSERT OR UPDATE OR DELETE ON appointment_occurrences FOR EACH ROW
  EXECUTE FUNCTION notify_availability_of_row('owner_id');--> statement-breakpoint
-- When an account goes, its log rows lose it first, then their calendar, then their binding; in between nobody may look
-- for a binding that is gone already.
ALTER TABLE sync_logs ALTER CONSTRAINT sync_logs_binding_id_calendar_bindings_id_fk DEFERRABLE INITIALLY DEFERRED;--> statement-breakpoint
-- Where the trigger writes, requests do not: the revision, what a copy is. Nobody gives an appointment to somebody else.
GRANT SELECT ON appointment_occurrences TO calends_user;--> statement-breakpoint
REVOKE INSERT, UPDATE, DELETE ON appointment_targets FROM calends_user;--> statement-breakpoint
REVOKE UPDATE ON appointments FROM calends_user;--> statement-breakpoint
GRANT UPDATE (project_id, sequence, title, description, location, starts_at, ends_at, start_day, end_day, time_zone, recurrence,
  last_ends_at, expanded_until, updated_at) ON appointments TO calends_user;--> statement-breakpoint
GRANT SELECT, DELETE, INSERT (id, host_id, calendar_id, scope, scope_id, include_personal, is_enabled),
  UPDATE (calendar_id, scope, scope_id, include_personal, is_enabled) ON calendar_bindings TO calends_user;
