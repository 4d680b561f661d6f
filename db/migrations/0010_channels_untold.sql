ALTER TABLE "sync_channels" ADD COLUMN "untold_since" timestamp with time zone;--> statement-breakpoint
GRANT UPDATE (replaced_at) ON sync_channels TO calends_user;
