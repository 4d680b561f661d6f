ALTER TABLE "inngest_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inngest_jobs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inngest_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inngest_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "inngest_waits" ENABLE ROW LEVEL SECURITY;