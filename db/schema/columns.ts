import { sql } from "drizzle-orm";
import { type AnyPgColumn, customType, pgPolicy, pgRole, timestamp } from "drizzle-orm/pg-core";

/** The role requests run as (DESIGN 7): no bypass of row-level security, no rights on engine or sign-in tables. */
export const calendsUser = pgRole("calends_user").existing();

/** Set per transaction by `asUser`; null when nobody is signed in, which equals no row. */
const currentUserId = sql`(select nullif(current_setting('app.user_id', true), '')::uuid)`;

/** Rows belong to the user in `column`: nobody else sees, changes or adds them. */
export const ownedBy = (column: AnyPgColumn) =>
  pgPolicy("owner", {
    to: calendsUser,
    for: "all",
    using: sql`${column} = ${currentUserId}`,
    withCheck: sql`${column} = ${currentUserId}`,
  });

export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** `[start, end)` in PostgreSQL's text form. */
export const tstzrange = customType<{ data: string }>({ dataType: () => "tstzrange" });

/** Several of them, `{[start, end), …}` in PostgreSQL's text form. */
export const tstzmultirange = customType<{ data: string }>({ dataType: () => "tstzmultirange" });

/** A wall-clock time without a zone, `2026-03-18 09:30:00`. */
export const wallClock = (name: string) => timestamp(name, { mode: "string" });
