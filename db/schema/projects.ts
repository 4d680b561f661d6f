import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  customType,
  index,
  pgEnum,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { calendsUser, instant } from "./columns";
import { users } from "./users";

export const projectKind = pgEnum("project_kind", ["client", "litigation", "patent", "case", "project"]);

/** From the weakest to the strongest: policies compare them. */
export const projectMemberRole = pgEnum("project_member_role", ["viewer", "editor", "manager"]);

const ltree = customType<{ data: string }>({ dataType: () => "ltree" });

const isSignedIn = sql`nullif(current_setting('app.user_id', true), '') is not null`;
const isManager = sql`project_role(path) = 'manager'`;

/**
 * A node of the tree (docs/projects.md). What follows from the nodes above it (`path`, `kindPath`, `isArchived`) is
 * kept by a trigger, for everything below, too; nobody writes it. Members of a node see it and everything below.
 */
export const projects = pgTable(
  "projects",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Null: a root. */
    parentId: uuid("parent_id").references((): AnyPgColumn => projects.id),
    kind: projectKind().notNull(),
    name: text().notNull(),
    color: text().notNull(),
    archivedAt: instant("archived_at"),
    /** When something first lay in it, a project or an appointment: it can be archived from then on, not deleted. */
    usedAt: instant("used_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
    /** The ids from the root to itself, each as hex digits without hyphens. */
    path: ltree().notNull().default(""),
    /** The kinds on that way, without plain projects: `client.patent.case`. */
    kindPath: text("kind_path").notNull().default(""),
    /** It, or a node above it, is. */
    isArchived: boolean("is_archived").notNull().default(false),
  },
  (table) => [
    unique("projects_id_kind").on(table.id, table.kind),
    index("projects_parent_id").on(table.parentId),
    index("projects_path").using("gist", table.path),
    check(
      "projects_name",
      sql`length(${table.name}) between 1 and 120 and ${table.name} = btrim(${table.name})`,
    ),
    check("projects_color", sql`${table.color} ~ '^#[0-9a-f]{6}$'`),
    check("projects_depth", sql`nlevel(${table.path}) between 1 and 12`),
    check(
      "projects_kind_path",
      sql`${table.kindPath} ~ '^(client(\\.(litigation|patent)(\\.case)?)?)?$'
        and case ${table.kind}
          when 'client' then ${table.kindPath} = 'client'
          when 'litigation' then ${table.kindPath} = 'client.litigation'
          when 'patent' then ${table.kindPath} = 'client.patent'
          when 'case' then ${table.kindPath} in ('client.litigation.case', 'client.patent.case')
          else true
        end`,
    ),
    pgPolicy("members_see", {
      to: calendsUser,
      for: "select",
      using: sql`(select my_memberships()) ?| string_to_array(path::text, '.')`,
    }),
    pgPolicy("editors_add_below", {
      to: calendsUser,
      for: "insert",
      withCheck: sql`${isSignedIn} and (parent_id is null or project_role(subpath(path, 0, -1)) >= 'editor')`,
    }),
    // Its place is none of these columns: the function move_project alone changes it.
    pgPolicy("managers_change", { to: calendsUser, for: "update", using: isManager, withCheck: isSignedIn }),
    pgPolicy("managers_delete", {
      to: calendsUser,
      for: "delete",
      using: sql`${isManager} and used_at is null`,
    }),
  ],
).enableRLS();

const isManagedByMe = sql`(select project_role(p.path) from projects p where p.id = project_id) = 'manager'`;

/** Who may do what at a node and below it; the strongest role on the way up counts. */
export const projectMembers = pgTable(
  "project_members",
  {
    projectId: uuid("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: projectMemberRole().notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.userId] }),
    index("project_members_user_id").on(table.userId),
    pgPolicy("members_see", {
      to: calendsUser,
      for: "select",
      using: sql`exists (select from projects p where p.id = project_id)`,
    }),
    pgPolicy("managers_add", { to: calendsUser, for: "insert", withCheck: isManagedByMe }),
    pgPolicy("managers_change", {
      to: calendsUser,
      for: "update",
      using: isManagedByMe,
      withCheck: isManagedByMe,
    }),
    pgPolicy("managers_remove_and_members_leave", {
      to: calendsUser,
      for: "delete",
      using: sql`user_id = (select nullif(current_setting('app.user_id', true), '')::uuid) or ${isManagedByMe}`,
    }),
  ],
).enableRLS();
