ALTER TYPE "public"."connection_status" ADD VALUE 'disconnecting';--> statement-breakpoint
ALTER TYPE "public"."sync_operation" ADD VALUE 'reconcile';--> statement-breakpoint
ALTER TYPE "public"."sync_operation" ADD VALUE 'watch';--> statement-breakpoint
CREATE TABLE "sync_channels" (
	"id" uuid PRIMARY KEY NOT NULL,
	"calendar_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"secret_hash" text NOT NULL,
	"resource_id" text,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_notified_at" timestamp with time zone,
	"last_message_number" bigint DEFAULT 0 NOT NULL,
	"replaced_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "sync_channels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "calendars_next_sync_at";--> statement-breakpoint
ALTER TABLE "appointment_targets" ADD COLUMN "diverged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "appointments" ADD COLUMN "updated_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_connections" ADD COLUMN "subject" text;--> statement-breakpoint
ALTER TABLE "calendar_connections" ADD COLUMN "status_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "calendar_connections" ADD COLUMN "left_channels" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "is_primary" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "failing_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "sync_requested_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "push_refusal" text;--> statement-breakpoint
ALTER TABLE "sync_logs" ADD COLUMN "detail" jsonb;--> statement-breakpoint
ALTER TABLE "synced_events" ADD COLUMN "series_id" text;--> statement-breakpoint
ALTER TABLE "sync_channels" ADD CONSTRAINT "sync_channels_calendar" FOREIGN KEY ("calendar_id","host_id") REFERENCES "public"."calendars"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sync_channels_calendar" ON "sync_channels" USING btree ("calendar_id");--> statement-breakpoint
CREATE INDEX "sync_channels_expires_at" ON "sync_channels" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "appointment_targets_remote_id" ON "appointment_targets" USING btree ("calendar_id","remote_id");--> statement-breakpoint
CREATE INDEX "appointment_targets_diverged" ON "appointment_targets" USING btree ("diverged_at") WHERE "appointment_targets"."diverged_at" is not null;--> statement-breakpoint
CREATE INDEX "synced_events_series" ON "synced_events" USING btree ("calendar_id","series_id") WHERE "synced_events"."series_id" is not null;--> statement-breakpoint
CREATE INDEX "calendars_next_sync_at" ON "calendars" USING btree ("next_sync_at") WHERE "calendars"."checks_conflicts" or "calendars"."is_destination";--> statement-breakpoint
CREATE POLICY "owner" ON "sync_channels" AS PERMISSIVE FOR ALL TO "calends_user" USING ("sync_channels"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("sync_channels"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
GRANT SELECT ON sync_channels TO calends_user;
