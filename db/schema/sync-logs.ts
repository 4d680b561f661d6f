import { sql } from "drizzle-orm";
import { bigint, index, integer, jsonb, pgEnum, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { calendarBindings } from "./bindings";
import { calendarConnections, calendars } from "./calendars";
import { instant, ownedBy } from "./columns";
import { users } from "./users";

export const syncOperation = pgEnum("sync_operation", ["pull", "push", "reconcile", "watch"]);
export const syncStatus = pgEnum("sync_status", ["ok", "error"]);

/** One row per run (SPEC B11); it outlives the calendar it speaks of. */
export const syncLogs = pgTable(
  "sync_logs",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    hostId: uuid("host_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    connectionId: uuid("connection_id").references(() => calendarConnections.id, { onDelete: "set null" }),
    calendarId: uuid("calendar_id").references(() => calendars.id, { onDelete: "set null" }),
    bindingId: uuid("binding_id").references(() => calendarBindings.id, { onDelete: "set null" }),
    operation: syncOperation().notNull(),
    status: syncStatus().notNull(),
    processed: integer().notNull().default(0),
    created: integer().notNull().default(0),
    updated: integer().notNull().default(0),
    deleted: integer().notNull().default(0),
    durationMs: integer("duration_ms").notNull(),
    error: text(),
    /** What a person may want back: for `reconcile`, the version that lost. */
    detail: jsonb().$type<Record<string, unknown>>(),
    startedAt: instant("started_at").notNull(),
  },
  (table) => [
    index("sync_logs_host_started_at").on(table.hostId, table.startedAt.desc()),
    index("sync_logs_failures")
      .on(table.hostId, table.startedAt.desc())
      .where(sql`${table.status} = 'error'`),
    index("sync_logs_calendar").on(table.calendarId, table.startedAt.desc()),
    index("sync_logs_binding")
      .on(table.bindingId, table.startedAt.desc())
      .where(sql`${table.bindingId} is not null`),
    index("sync_logs_connection").on(table.connectionId),
    ownedBy(table.hostId),
  ],
).enableRLS();
