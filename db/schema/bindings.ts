import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgPolicy,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { calendars } from "./calendars";
import { calendsUser, instant } from "./columns";
import { projectKind, projects } from "./projects";
import { users } from "./users";

export const bindingScope = pgEnum("binding_scope", [
  "all_visible",
  "personal_only",
  "project",
  "client",
  "litigation",
  "patent",
  "case",
]);

const me = sql`(select nullif(current_setting('app.user_id', true), '')::uuid)`;

/** One calendar tied to one scope (SPEC C3, docs/mirror.md): what is in the scope is copied into the calendar. */
export const calendarBindings = pgTable(
  "calendar_bindings",
  {
    id: uuid().primaryKey().defaultRandom(),
    hostId: uuid("host_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    calendarId: uuid("calendar_id").notNull(),
    scope: bindingScope().notNull(),
    scopeId: uuid("scope_id").references(() => projects.id, { onDelete: "cascade" }),
    /** The kind the node must be of; `project` means any node, itself alone. */
    scopeKind: projectKind("scope_kind").generatedAlwaysAs(
      sql`case scope when 'client' then 'client'::project_kind when 'litigation' then 'litigation'::project_kind
        when 'patent' then 'patent'::project_kind when 'case' then 'case'::project_kind end`,
    ),
    includePersonal: boolean("include_personal").notNull().default(false),
    isEnabled: boolean("is_enabled").notNull().default(true),
    /** When everything in its scope last was in the calendar. */
    lastSyncedAt: instant("last_synced_at"),
    lastError: text("last_error"),
    errorCount: integer("error_count").notNull().default(0),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "calendar_bindings_calendar",
      columns: [table.calendarId, table.hostId],
      foreignColumns: [calendars.id, calendars.hostId],
    }).onDelete("cascade"),
    foreignKey({
      name: "calendar_bindings_scope_kind",
      columns: [table.scopeId, table.scopeKind],
      foreignColumns: [projects.id, projects.kind],
    }).onDelete("cascade"),
    unique("calendar_bindings_once").on(table.calendarId, table.scope, table.scopeId).nullsNotDistinct(),
    index("calendar_bindings_host").on(table.hostId),
    index("calendar_bindings_scope_id").on(table.scopeId),
    check(
      "calendar_bindings_scope",
      sql`(${table.scope} in ('all_visible', 'personal_only')) = (${table.scopeId} is null)`,
    ),
    pgPolicy("owner_sees", { to: calendsUser, for: "select", using: sql`host_id = ${me}` }),
    pgPolicy("owner_deletes", { to: calendsUser, for: "delete", using: sql`host_id = ${me}` }),
    pgPolicy("owner_adds", {
      to: calendsUser,
      for: "insert",
      withCheck: sql`host_id = ${me} and (scope_id is null or exists (select from projects p where p.id = scope_id))`,
    }),
    // One whose project is out of sight may still be switched off.
    pgPolicy("owner_changes", {
      to: calendsUser,
      for: "update",
      using: sql`host_id = ${me}`,
      withCheck: sql`host_id = ${me} and (scope_id is null or not is_enabled or exists (select from projects p where p.id = scope_id))`,
    }),
  ],
).enableRLS();
