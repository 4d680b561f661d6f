DROP INDEX "appointments_during";--> statement-breakpoint
DROP INDEX "synced_events_days";--> statement-breakpoint
CREATE INDEX "appointments_during" ON "appointments" USING gist ("owner_id","during");--> statement-breakpoint
CREATE INDEX "synced_events_days" ON "synced_events" USING gist ("calendar_id",daterange(start_day, end_day)) WHERE "synced_events"."start_day" is not null;