-- uuid and smallint inside gist exclusion constraints.
CREATE EXTENSION IF NOT EXISTS btree_gist;
--> statement-breakpoint
-- The role requests run as. Roles belong to the whole server, so it may be there already, or come this very moment
-- with another database. Where our user may not make roles, an administrator makes it once; the hint says how.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'calends_user') THEN
    CREATE ROLE calends_user NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The database user % may not create roles. Have an administrator run: CREATE ROLE calends_user NOLOGIN; GRANT calends_user TO %;',
      current_user, quote_ident(current_user);
END $$;
--> statement-breakpoint
DO $$
BEGIN
  IF NOT pg_has_role(current_user, 'calends_user', 'MEMBER') THEN
    EXECUTE format('GRANT calends_user TO %I', current_user);
  END IF;
EXCEPTION
  WHEN unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The database user % is not a member of the role calends_user. Have an administrator run: GRANT calends_user TO %;',
      current_user, quote_ident(current_user);
END $$;
