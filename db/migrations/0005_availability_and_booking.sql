CREATE TYPE "public"."booking_side" AS ENUM('visitor', 'host');--> statement-breakpoint
CREATE TYPE "public"."waits_for" AS ENUM('approval', 'unreadable_calendar');--> statement-breakpoint
CREATE TYPE "public"."booking_window_kind" AS ENUM('rolling_days', 'business_days', 'date_range');--> statement-breakpoint
CREATE TYPE "public"."location_kind" AS ENUM('video', 'host_phone', 'visitor_phone', 'address', 'other');--> statement-breakpoint
CREATE TYPE "public"."mail_status" AS ENUM('queued', 'sent', 'failed');--> statement-breakpoint
CREATE TYPE "public"."when_unreadable" AS ENUM('wait_for_host', 'confirm_if_recent');--> statement-breakpoint
ALTER TYPE "public"."decline_reason" ADD VALUE 'host';--> statement-breakpoint
ALTER TYPE "public"."decline_reason" ADD VALUE 'expired';--> statement-breakpoint
CREATE TABLE "mail_outbox" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"data" jsonb NOT NULL,
	"booking_id" uuid,
	"to_name" text NOT NULL,
	"to_email" text NOT NULL,
	"status" "mail_status" DEFAULT 'queued' NOT NULL,
	"sent_by" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "mail_outbox_key" UNIQUE("key"),
	CONSTRAINT "mail_outbox_sent" CHECK (("mail_outbox"."status" = 'sent') = ("mail_outbox"."sent_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "mail_outbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "blocked_times" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"host_id" uuid NOT NULL,
	"title" text,
	"time_zone" text NOT NULL,
	"starts_at" timestamp NOT NULL,
	"ends_at" timestamp NOT NULL,
	"weekdays" smallint[],
	"every_weeks" smallint DEFAULT 1 NOT NULL,
	"until_day" date,
	CONSTRAINT "blocked_times_times" CHECK ("blocked_times"."starts_at" < "blocked_times"."ends_at"),
	CONSTRAINT "blocked_times_recurrence" CHECK (case when "blocked_times"."weekdays" is null then "blocked_times"."until_day" is null and "blocked_times"."every_weeks" = 1
        else "blocked_times"."weekdays" <@ '{1,2,3,4,5,6,7}'::smallint[] and cardinality("blocked_times"."weekdays") between 1 and 7
          and "blocked_times"."every_weeks" between 1 and 52 and "blocked_times"."until_day" >= "blocked_times"."starts_at"::date is not false
          and "blocked_times"."ends_at" <= "blocked_times"."starts_at" + interval '7 days' end)
);
--> statement-breakpoint
ALTER TABLE "blocked_times" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "schedule_overrides" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"schedule_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"day" date NOT NULL,
	"start_minute" smallint,
	"end_minute" smallint,
	CONSTRAINT "schedule_overrides_interval" CHECK (("schedule_overrides"."start_minute" is null and "schedule_overrides"."end_minute" is null)
        or ("schedule_overrides"."start_minute" is not null and "schedule_overrides"."end_minute" is not null and "schedule_overrides"."start_minute" between 0 and 1439
          and "schedule_overrides"."end_minute" between "schedule_overrides"."start_minute" + 1 and "schedule_overrides"."start_minute" + 1440))
);
--> statement-breakpoint
ALTER TABLE "schedule_overrides" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "schedule_rules" DROP CONSTRAINT "schedule_rules_interval";--> statement-breakpoint
ALTER TABLE "bookings" DROP CONSTRAINT "bookings_never_overlap";--> statement-breakpoint
ALTER TABLE "bookings" ALTER COLUMN "blocked" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "bookings" ALTER COLUMN "blocked" SET DATA TYPE tstzmultirange USING tstzmultirange("blocked");--> statement-breakpoint
ALTER TABLE "bookings" ALTER COLUMN "blocked" SET DEFAULT '{}';--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD COLUMN "removed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "during" "tstzrange" GENERATED ALWAYS AS (tstzrange(starts_at, ends_at)) STORED;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "moves_to_start" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "moves_to_end" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "moved_by" "booking_side";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "waits_for" "waits_for";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "cancelled_by" "booking_side";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "reason" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "sequence" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "visitor_phone" text;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "answers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "visitor_language" text DEFAULT 'en-GB' NOT NULL;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "all_day_blocks" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "location_kind" "location_kind" DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "color" text;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "other_durations" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "booking_window_kind" "booking_window_kind" DEFAULT 'rolling_days' NOT NULL;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "window_first_day" date;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "window_last_day" date;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "daily_limit" integer;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "weekly_limit" integer;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "daily_minutes_limit" integer;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "requires_approval" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "questions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "event_types" ADD COLUMN "reminder_minutes" integer[] DEFAULT '{1440,60}' NOT NULL;--> statement-breakpoint
ALTER TABLE "schedules" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "tentative_blocks" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "when_unreadable" "when_unreadable" DEFAULT 'wait_for_host' NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "recent_enough_minutes" integer DEFAULT 30 NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_outbox" ADD CONSTRAINT "mail_outbox_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "blocked_times" ADD CONSTRAINT "blocked_times_host_id_users_id_fk" FOREIGN KEY ("host_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_overrides" ADD CONSTRAINT "schedule_overrides_schedule" FOREIGN KEY ("schedule_id","host_id") REFERENCES "public"."schedules"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mail_outbox_created_at" ON "mail_outbox" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "mail_outbox_queued" ON "mail_outbox" USING btree ("created_at") WHERE "mail_outbox"."status" = 'queued';--> statement-breakpoint
CREATE INDEX "blocked_times_host" ON "blocked_times" USING btree ("host_id","starts_at");--> statement-breakpoint
CREATE INDEX "schedule_overrides_day" ON "schedule_overrides" USING btree ("schedule_id","day");--> statement-breakpoint
CREATE INDEX "appointments_during" ON "appointments" USING gist ("owner_id","during") WHERE "appointments"."booking_id" is null;--> statement-breakpoint
CREATE INDEX "bookings_event_type_starts_at" ON "bookings" USING btree ("event_type_id","starts_at") WHERE "bookings"."status" in ('pending', 'confirmed');--> statement-breakpoint
CREATE INDEX "bookings_undecided" ON "bookings" USING btree ("created_at") WHERE "bookings"."status" = 'pending' or "bookings"."moves_to_start" is not null;--> statement-breakpoint
CREATE INDEX "inngest_runs_failed" ON "inngest_runs" USING btree ("created_at" DESC NULLS LAST) WHERE "inngest_runs"."status" = 'failed';--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_move" CHECK (("bookings"."moves_to_start" is null) = ("bookings"."moves_to_end" is null)
        and ("bookings"."moves_to_start" is null or "bookings"."status" = 'confirmed')
        and ("bookings"."moves_to_start" is null) = ("bookings"."moved_by" is null)
        and "bookings"."moves_to_start" < "bookings"."moves_to_end" is not false);--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_waits_for" CHECK ("bookings"."waits_for" is null or "bookings"."status" = 'pending' or "bookings"."moves_to_start" is not null);--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_cancelled_by" CHECK (("bookings"."status" = 'cancelled') = ("bookings"."cancelled_by" is not null));--> statement-breakpoint
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_other_durations" CHECK (cardinality("event_types"."other_durations") <= 9 and 5 <= all("event_types"."other_durations") and 1440 >= all("event_types"."other_durations"));--> statement-breakpoint
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_date_range" CHECK (("event_types"."booking_window_kind" = 'date_range') = ("event_types"."window_first_day" is not null)
        and ("event_types"."window_first_day" is null) = ("event_types"."window_last_day" is null)
        and "event_types"."window_first_day" <= "event_types"."window_last_day" is not false);--> statement-breakpoint
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_limits" CHECK ("event_types"."daily_limit" >= 1 is not false and "event_types"."weekly_limit" >= 1 is not false
        and "event_types"."daily_minutes_limit" >= 1 is not false);--> statement-breakpoint
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_color" CHECK ("event_types"."color" ~ '^#[0-9a-f]{6}$');--> statement-breakpoint
ALTER TABLE "event_types" ADD CONSTRAINT "event_types_reminders" CHECK (cardinality("event_types"."reminder_minutes") <= 5 and 1 <= all("event_types"."reminder_minutes") and 40320 >= all("event_types"."reminder_minutes"));--> statement-breakpoint
ALTER TABLE "schedule_rules" ADD CONSTRAINT "schedule_rules_interval" CHECK ("schedule_rules"."start_minute" between 0 and 1439 and "schedule_rules"."end_minute" between "schedule_rules"."start_minute" + 1 and "schedule_rules"."start_minute" + 1440);--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_max_staleness" CHECK ("users"."max_staleness_minutes" between 15 and 10080);--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_recent_enough" CHECK ("users"."recent_enough_minutes" between 1 and 10080);--> statement-breakpoint
CREATE POLICY "owner" ON "blocked_times" AS PERMISSIVE FOR ALL TO "calends_user" USING ("blocked_times"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("blocked_times"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "schedule_overrides" AS PERMISSIVE FOR ALL TO "calends_user" USING ("schedule_overrides"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("schedule_overrides"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));