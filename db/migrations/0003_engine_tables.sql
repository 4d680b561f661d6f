CREATE TYPE "public"."inngest_job_kind" AS ENUM('discovery', 'step', 'sleep', 'timeout', 'cron', 'debounce');--> statement-breakpoint
CREATE TYPE "public"."inngest_run_status" AS ENUM('running', 'completed', 'failed', 'cancelled');--> statement-breakpoint
CREATE TABLE "inngest_events" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inngest_events_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text NOT NULL,
	"name" text NOT NULL,
	"data" text NOT NULL,
	"occurs_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"extra" text,
	"received_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"routed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "inngest_jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" "inngest_job_kind" NOT NULL,
	"function_id" text NOT NULL,
	"run_id" text,
	"step_id" text,
	"name" text,
	"payload" text,
	"run_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"visible_at" timestamp with time zone DEFAULT clock_timestamp(),
	"parked_on" text,
	"attempt" integer DEFAULT 0 NOT NULL,
	"lost" integer DEFAULT 0 NOT NULL,
	"concurrency_keys" text[] DEFAULT '{}' NOT NULL,
	"concurrency_limits" integer[] DEFAULT '{}' NOT NULL,
	"lease_token" uuid,
	"lease_owner" text,
	"leased_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "inngest_jobs_parked" CHECK (("inngest_jobs"."parked_on" is not null) = ("inngest_jobs"."visible_at" is null))
);
--> statement-breakpoint
CREATE TABLE "inngest_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"function_id" text NOT NULL,
	"status" "inngest_run_status" DEFAULT 'running' NOT NULL,
	"events" text NOT NULL,
	"pending" text[] DEFAULT '{}' NOT NULL,
	"is_plan_only" boolean DEFAULT false NOT NULL,
	"concurrency_keys" text[] DEFAULT '{}' NOT NULL,
	"concurrency_limits" integer[] DEFAULT '{}' NOT NULL,
	"idempotency_key" text,
	"singleton_key" text,
	"output" text,
	"error" text,
	"created_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "inngest_runs_ended" CHECK (("inngest_runs"."status" = 'running') = ("inngest_runs"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "inngest_steps" (
	"run_id" text NOT NULL,
	"step_id" text NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "inngest_steps_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"is_error" boolean DEFAULT false NOT NULL,
	"value" text NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "inngest_steps_run_id_step_id_pk" PRIMARY KEY("run_id","step_id")
);
--> statement-breakpoint
CREATE TABLE "inngest_waits" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inngest_waits_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"run_id" text NOT NULL,
	"step_id" text,
	"event_name" text NOT NULL,
	"match_path" text,
	"match_value" text,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "inngest_jobs" ADD CONSTRAINT "inngest_jobs_run_id_inngest_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."inngest_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inngest_steps" ADD CONSTRAINT "inngest_steps_run_id_inngest_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."inngest_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "inngest_waits" ADD CONSTRAINT "inngest_waits_run_id_inngest_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."inngest_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "inngest_events_id" ON "inngest_events" USING btree ("id");--> statement-breakpoint
CREATE INDEX "inngest_events_unrouted" ON "inngest_events" USING btree ("seq") WHERE "inngest_events"."routed_at" is null;--> statement-breakpoint
CREATE INDEX "inngest_events_received_at" ON "inngest_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "inngest_jobs_due" ON "inngest_jobs" USING btree ("function_id","visible_at");--> statement-breakpoint
CREATE INDEX "inngest_jobs_run" ON "inngest_jobs" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "inngest_jobs_parked" ON "inngest_jobs" USING btree ("parked_on","run_at") WHERE "inngest_jobs"."parked_on" is not null;--> statement-breakpoint
CREATE INDEX "inngest_jobs_leased" ON "inngest_jobs" USING btree ("lease_owner") WHERE "inngest_jobs"."lease_token" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "inngest_runs_idempotency_key" ON "inngest_runs" USING btree ("idempotency_key");--> statement-breakpoint
CREATE UNIQUE INDEX "inngest_runs_singleton_key" ON "inngest_runs" USING btree ("singleton_key") WHERE "inngest_runs"."status" = 'running';--> statement-breakpoint
CREATE INDEX "inngest_runs_created_at" ON "inngest_runs" USING btree ("created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "inngest_runs_ended_at" ON "inngest_runs" USING btree ("ended_at") WHERE "inngest_runs"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "inngest_waits_event" ON "inngest_waits" USING btree ("event_name","match_value");--> statement-breakpoint
CREATE INDEX "inngest_waits_run" ON "inngest_waits" USING btree ("run_id");--> statement-breakpoint
-- A queue dies young: sweep dead rows early, so that a claim never wades through them.
ALTER TABLE inngest_jobs SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
--> statement-breakpoint
ALTER TABLE inngest_events SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500);
