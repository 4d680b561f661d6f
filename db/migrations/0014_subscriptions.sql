CREATE TABLE "api_tokens" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	CONSTRAINT "api_tokens_hash" UNIQUE("hash")
);
--> statement-breakpoint
ALTER TABLE "api_tokens" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calendar_objects" (
	"calendar_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"id" text NOT NULL,
	"uid" text NOT NULL,
	"etag" text NOT NULL,
	"data" text NOT NULL,
	CONSTRAINT "calendar_objects_calendar_id_id_pk" PRIMARY KEY("calendar_id","id")
);
--> statement-breakpoint
ALTER TABLE "calendar_objects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "calendar_subscriptions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"host_id" uuid NOT NULL,
	"calendar_id" uuid NOT NULL,
	"refresh_minutes" integer NOT NULL,
	"feed_minutes" integer,
	"keeps_local_changes" boolean DEFAULT true NOT NULL,
	"event_count" integer DEFAULT 0 NOT NULL,
	"skipped_count" integer DEFAULT 0 NOT NULL,
	"skipped" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"shrunk_to" integer,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "calendar_subscriptions_calendar_id" UNIQUE("calendar_id"),
	CONSTRAINT "calendar_subscriptions_interval" CHECK ("calendar_subscriptions"."refresh_minutes" in (15, 30, 60, 360, 720, 1440))
);
--> statement-breakpoint
ALTER TABLE "calendar_subscriptions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "local_changes" (
	"calendar_id" uuid NOT NULL,
	"host_id" uuid NOT NULL,
	"provider_event_id" text NOT NULL,
	"is_hidden" boolean DEFAULT false NOT NULL,
	"transparency" "event_transparency",
	"color" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "local_changes_calendar_id_provider_event_id_pk" PRIMARY KEY("calendar_id","provider_event_id"),
	CONSTRAINT "local_changes_color" CHECK ("local_changes"."color" ~ '^#[0-9a-f]{6}$')
);
--> statement-breakpoint
ALTER TABLE "local_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "calendars_next_sync_at";--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "is_subscribed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "calendars" ADD COLUMN "is_enabled" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_objects" ADD CONSTRAINT "calendar_objects_calendar" FOREIGN KEY ("calendar_id","host_id") REFERENCES "public"."calendars"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_subscriptions" ADD CONSTRAINT "calendar_subscriptions_calendar" FOREIGN KEY ("calendar_id","host_id") REFERENCES "public"."calendars"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "local_changes" ADD CONSTRAINT "local_changes_calendar" FOREIGN KEY ("calendar_id","host_id") REFERENCES "public"."calendars"("id","host_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_tokens_user" ON "api_tokens" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "calendar_subscriptions_host" ON "calendar_subscriptions" USING btree ("host_id","created_at");--> statement-breakpoint
CREATE INDEX "calendars_next_sync_at" ON "calendars" USING btree ("next_sync_at") WHERE "calendars"."is_enabled" and ("calendars"."checks_conflicts" or "calendars"."is_destination" or "calendars"."is_mirrored" or "calendars"."is_subscribed");--> statement-breakpoint
CREATE POLICY "owner" ON "api_tokens" AS PERMISSIVE FOR ALL TO "calends_user" USING ("api_tokens"."user_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("api_tokens"."user_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "calendar_objects" AS PERMISSIVE FOR ALL TO "calends_user" USING ("calendar_objects"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("calendar_objects"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "calendar_subscriptions" AS PERMISSIVE FOR ALL TO "calends_user" USING ("calendar_subscriptions"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("calendar_subscriptions"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "owner" ON "local_changes" AS PERMISSIVE FOR ALL TO "calends_user" USING ("local_changes"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid)) WITH CHECK ("local_changes"."host_id" = (select nullif(current_setting('app.user_id', true), '')::uuid));--> statement-breakpoint
DO $$
DECLARE change record;
BEGIN
  FOR change IN SELECT * FROM (VALUES ('INSERT', 'inserted', 'NEW'), ('UPDATE', 'updated', 'NEW'), ('DELETE', 'deleted', 'OLD'))
    AS kinds(verb, done, kept)
  LOOP
    EXECUTE format('CREATE TRIGGER local_changes_%2$s AFTER %1$s ON local_changes REFERENCING %3$s TABLE AS changed
      FOR EACH STATEMENT EXECUTE FUNCTION notify_availability()', change.verb, change.done, change.kept);
  END LOOP;
END $$;--> statement-breakpoint
-- What a feed says is written by workers; a host says how often it is read, and what holds for himself.
GRANT SELECT ON calendar_objects TO calends_user;--> statement-breakpoint
GRANT SELECT, DELETE, INSERT (id, host_id, calendar_id, refresh_minutes, keeps_local_changes),
  UPDATE (refresh_minutes, keeps_local_changes) ON calendar_subscriptions TO calends_user;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON local_changes TO calends_user;--> statement-breakpoint
GRANT SELECT (id, user_id, name, created_at, last_used_at, expires_at), DELETE, INSERT (user_id, name, hash, expires_at)
  ON api_tokens TO calends_user;
