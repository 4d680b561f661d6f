CREATE TYPE "public"."booking_status" AS ENUM('pending', 'confirmed', 'declined', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."decline_reason" AS ENUM('conflict', 'unavailable');--> statement-breakpoint
CREATE TYPE "public"."connection_status" AS ENUM('connected', 'reconnect');--> statement-breakpoint
CREATE TYPE "public"."sync_operation" AS ENUM('pull', 'push');--> statement-breakpoint
CREATE TYPE "public"."sync_status" AS ENUM('ok', 'error');--> statement-breakpoint
CREATE TYPE "public"."event_status" AS ENUM('confirmed', 'tentative', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."event_transparency" AS ENUM('opaque', 'transparent');--> statement-breakpoint
CREATE TYPE "public"."user_role" AS ENUM('admin', 'host');--> statement-breakpoint
CREATE TABLE "appointment_targets" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"appointment_id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"uid" text NOT NULL,
	"remote_id" text,
	"etag" text,
	"pushed_hash" text,
	"pushed_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "appointment_targets_once" UNIQUE("appointment_id","calendar_id"),
	CONSTRAINT "appointment_targets_uid" UNIQUE("calendar_id","uid")
);
--> statement-breakpoint
ALTER TABLE "appointment_targets" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "appointments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"booking_id" uuid,
	"uid" text NOT NULL,
	"sequence" integer DEFAULT 0 NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"location" text,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"time_zone" text NOT NULL,
	CONSTRAINT "appointments_booking_id" UNIQUE("booking_id"),
	CONSTRAINT "appointments_uid" UNIQUE("uid"),
	CONSTRAINT "appointments_id_owner" UNIQUE("id","owner_id"),
	CONSTRAINT "appointments_times" CHECK ("appointments"."starts_at" < "appointments"."ends_at")
);
--> statement-breakpoint
ALTER TABLE "appointments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "bookings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"host_id" uuid NOT NULL,
	"event_type_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"buffer_before_minutes" integer NOT NULL,
	"buffer_after_minutes" integer NOT NULL,
	"blocked" "tstzrange" DEFAULT 'empty' NOT NULL,
	"status" "booking_status" DEFAULT 'pending' NOT NULL,
	"decline_reason" "decline_reason",
	"visitor_name" text NOT NULL,
	"visitor_email" text NOT NULL,
	"visitor_note" text,
	"visitor_time_zone" text NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_at" timestamp with time zone,
	CONSTRAINT "bookings_idempotency_key" UNIQUE("host_id","idempotency_key"),
	CONSTRAINT "bookings_id_host" UNIQUE("id","host_id"),
	CONSTRAINT "bookings_times" CHECK ("bookings"."starts_at" < "bookings"."ends_at"),
	CONSTRAINT "bookings_decline_reason" CHECK (("bookings"."status" = 'declined') = ("bookings"."decline_reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "bookings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calendar_connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"host_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"server_url" text NOT NULL,
	"account" text NOT NULL,
	"credentials" text NOT NULL,
	"status" "connection_status" DEFAULT 'connected' NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_connections_account" UNIQUE("host_id","provider","server_url","account"),
	CONSTRAINT "calendar_connections_id_host" UNIQUE("id","host_id")
);
--> statement-breakpoint
ALTER TABLE "calendar_connections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calendars" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"remote_id" text NOT NULL,
	"name" text NOT NULL,
	"color" text,
	"is_read_only" boolean DEFAULT false NOT NULL,
	"checks_conflicts" boolean DEFAULT false NOT NULL,
	"is_destination" boolean DEFAULT false NOT NULL,
	"cursor" text,
	"window_start" timestamp with time zone,
	"window_end" timestamp with time zone,
	"baseline_due_at" timestamp with time zone,
	"last_synced_at" timestamp with time zone,
	"last_error" text,
	"error_count" integer DEFAULT 0 NOT NULL,
	"unreadable" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"next_sync_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendars_remote_id" UNIQUE("connection_id","remote_id"),
	CONSTRAINT "calendars_id_host" UNIQUE("id","host_id")
);
--> statement-breakpoint
ALTER TABLE "calendars" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "event_types" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"host_id" uuid NOT NULL,
	"schedule_id" uuid NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"location" text,
	"duration_minutes" integer NOT NULL,
	"slot_interval_minutes" integer NOT NULL,
	"buffer_before_minutes" integer DEFAULT 0 NOT NULL,
	"buffer_after_minutes" integer DEFAULT 0 NOT NULL,
	"minimum_notice_minutes" integer DEFAULT 0 NOT NULL,
	"booking_window_days" integer DEFAULT 60 NOT NULL,
	"is_hidden" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "event_types_slug" UNIQUE("host_id","slug"),
	CONSTRAINT "event_types_id_host" UNIQUE("id","host_id"),
	CONSTRAINT "event_types_slug_form" CHECK ("event_types"."slug" ~ '^[a-z0-9](-?[a-z0-9])*$' and length("event_types"."slug") <= 60),
	CONSTRAINT "event_types_duration" CHECK ("event_types"."duration_minutes" between 5 and 1440),
	CONSTRAINT "event_types_slot_interval" CHECK ("event_types"."slot_interval_minutes" between 5 and 1440),
	CONSTRAINT "event_types_buffers" CHECK ("event_types"."buffer_before_minutes" between 0 and 1440 and "event_types"."buffer_after_minutes" between 0 and 1440),
	CONSTRAINT "event_types_notice" CHECK ("event_types"."minimum_notice_minutes" between 0 and 525600),
	CONSTRAINT "event_types_window" CHECK ("event_types"."booking_window_days" between 1 and 500)
);
--> statement-breakpoint
ALTER TABLE "event_types" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "schedule_rules" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"schedule_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"weekday" smallint NOT NULL,
	"start_minute" smallint NOT NULL,
	"end_minute" smallint NOT NULL,
	CONSTRAINT "schedule_rules_weekday" CHECK ("schedule_rules"."weekday" between 1 and 7),
	CONSTRAINT "schedule_rules_interval" CHECK ("schedule_rules"."start_minute" >= 0 and "schedule_rules"."start_minute" < "schedule_rules"."end_minute" and "schedule_rules"."end_minute" <= 1440)
);
--> statement-breakpoint
ALTER TABLE "schedule_rules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "schedules" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"host_id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_default" boolean DEFAULT false NOT NULL,
	CONSTRAINT "schedules_id_host" UNIQUE("id","host_id")
);
--> statement-breakpoint
ALTER TABLE "schedules" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sync_logs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_logs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"host_id" uuid NOT NULL,
	"connection_id" uuid,
	"calendar_id" uuid,
	"operation" "sync_operation" NOT NULL,
	"status" "sync_status" NOT NULL,
	"processed" integer DEFAULT 0 NOT NULL,
	"created" integer DEFAULT 0 NOT NULL,
	"updated" integer DEFAULT 0 NOT NULL,
	"deleted" integer DEFAULT 0 NOT NULL,
	"duration_ms" integer NOT NULL,
	"error" text,
	"started_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sync_logs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "synced_events" (
	"calendar_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"provider_event_id" text NOT NULL,
	"occurrence_key" text NOT NULL,
	"uid" text NOT NULL,
	"etag" text,
	"title" text NOT NULL,
	"starts_at" timestamp with time zone,
	"ends_at" timestamp with time zone,
	"during" "tstzrange" GENERATED ALWAYS AS (case when starts_at is not null then tstzrange(starts_at, ends_at) end) STORED,
	"start_day" date,
	"end_day" date,
	"status" "event_status" NOT NULL,
	"transparency" "event_transparency" NOT NULL,
	CONSTRAINT "synced_events_calendar_id_provider_event_id_occurrence_key_pk" PRIMARY KEY("calendar_id","provider_event_id","occurrence_key"),
	CONSTRAINT "synced_events_time" CHECK (("synced_events"."start_day" is null and "synced_events"."end_day" is null and "synced_events"."starts_at" is not null and "synced_events"."ends_at" >= "synced_events"."starts_at")
        or ("synced_events"."starts_at" is null and "synced_events"."ends_at" is null and "synced_events"."start_day" is not null and "synced_events"."end_day" > "synced_events"."start_day"))
);
--> statement-breakpoint
ALTER TABLE "synced_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "rate_limits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "setup_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "setup_links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"role" "user_role" DEFAULT 'host' NOT NULL,
	"handle" text,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"max_staleness_minutes" integer DEFAULT 60 NOT NULL,
	"session_epoch" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_handle_form" CHECK ("users"."handle" ~ '^[a-z0-9](-?[a-z0-9])*$' and length("users"."handle") <= 40)
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD CONSTRAINT "appointment_targets_appointment" FOREIGN KEY ("appointment_id","owner_id") REFERENCES "public"."appointments"("id","owner_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD CONSTRAINT "appointment_targets_calendar" FOREIGN KEY ("calendar_id","owner_id") REFERENCES "public"."calendars"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_booking" FOREIGN KEY ("booking_id","owner_id") REFERENCES "public"."bookings"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_event_type" FOREIGN KEY ("event_type_id","host_id") REFERENCES "public"."event_types"("id","host_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_connections" ADD CONSTRAINT "calendar_connections_host_id_users_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendars" ADD CONSTRAINT "calendars_connection" FOREIGN KEY ("connection_id","host_id") REFERENCES "public"."calendar_connections"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_host_id_users_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_schedule" FOREIGN KEY ("schedule_id","host_id") REFERENCES "public"."schedules"("id","host_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_rules" ADD CONSTRAINT "schedule_rules_schedule" FOREIGN KEY ("schedule_id","host_id") REFERENCES "public"."schedules"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_host_id_users_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_logs" ADD CONSTRAINT "sync_logs_host_id_users_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_logs" ADD CONSTRAINT "sync_logs_connection_id_calendar_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "public"."calendar_connections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sync_logs" ADD CONSTRAINT "sync_logs_calendar_id_calendars_id_fk" FOREIGN KEY ("calendar_id") REFERENCES "public"."calendars"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "synced_events" ADD CONSTRAINT "synced_events_calendar" FOREIGN KEY ("calendar_id","host_id") REFERENCES "public"."calendars"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bookings_host_starts_at" ON "bookings" USING btree ("host_id","starts_at");--> statement-breakpoint
CREATE UNIQUE INDEX "calendars_one_destination" ON "calendars" USING btree ("host_id") WHERE "calendars"."is_destination";--> statement-breakpoint
CREATE INDEX "calendars_host_conflicts" ON "calendars" USING btree ("host_id") WHERE "calendars"."checks_conflicts";--> statement-breakpoint
CREATE INDEX "calendars_next_sync_at" ON "calendars" USING btree ("next_sync_at") WHERE "calendars"."checks_conflicts";--> statement-breakpoint
CREATE UNIQUE INDEX "schedules_one_default" ON "schedules" USING btree ("host_id") WHERE "schedules"."is_default";--> statement-breakpoint
CREATE INDEX "sync_logs_host_started_at" ON "sync_logs" USING btree ("host_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sync_logs_calendar" ON "sync_logs" USING btree ("calendar_id","started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sync_logs_connection" ON "sync_logs" USING btree ("connection_id");--> statement-breakpoint
CREATE INDEX "synced_events_during" ON "synced_events" USING gist ("calendar_id","during");--> statement-breakpoint
CREATE INDEX "synced_events_days" ON "synced_events" USING btree ("calendar_id","start_day") WHERE "synced_events"."start_day" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_handle" ON "users" USING btree ("handle");--> statement-breakpoint
CREATE POLICY "owner" ON "appointment_targets" AS PERMISSIVE FOR ALL TO "calends_user" USING ("appointment_targets"."owner_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("appointment_targets"."owner_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "appointments" AS PERMISSIVE FOR ALL TO "calends_user" USING ("appointments"."owner_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("appointments"."owner_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "bookings" AS PERMISSIVE FOR ALL TO "calends_user" USING ("bookings"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("bookings"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "calendar_connections" AS PERMISSIVE FOR ALL TO "calends_user" USING ("calendar_connections"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("calendar_connections"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "calendars" AS PERMISSIVE FOR ALL TO "calends_user" USING ("calendars"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("calendars"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "event_types" AS PERMISSIVE FOR ALL TO "calends_user" USING ("event_types"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("event_types"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "schedule_rules" AS PERMISSIVE FOR ALL TO "calends_user" USING ("schedule_rules"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("schedule_rules"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "schedules" AS PERMISSIVE FOR ALL TO "calends_user" USING ("schedules"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("schedules"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "sync_logs" AS PERMISSIVE FOR ALL TO "calends_user" USING ("sync_logs"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("sync_logs"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "synced_events" AS PERMISSIVE FOR ALL TO "calends_user" USING ("synced_events"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("synced_events"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "users" AS PERMISSIVE FOR ALL TO "calends_user" USING ("users"."id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("users"."id" = (select nullif(current_setting('app.user_id', true), '')::uuid));