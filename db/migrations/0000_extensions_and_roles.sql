-- uuid and smallint inside gist exclusion constraints.
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
-- The role requests run as. Roles belong to the whole server, so another database may have made it already,
-- even at this very moment.
DO $$
BEGIN
  CREATE ROLE calends_user NOLOGIN NOSUPERUSER NOBYPASSRLS;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT calends_user TO %I', current_user);
EXCEPTION WHEN unique_violation THEN NULL;
END $$;
