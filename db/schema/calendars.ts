import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, ownedBy } from "./columns";
import { users } from "./users";

/** `disconnecting`: its calendars are gone for everybody, and what the provider keeps for us is being taken back. */
export const connectionStatus = pgEnum("connection_status", ["connected", "reconnect", "disconnecting"]);

/** What stops a push channel at its provider. */
export type ChannelRef = { id: string; resourceId: string };

/**
 * An account at a provider, or the server of a subscribed feed (`ics`), which is shown with subscriptions alone.
 * `credentials` is sealed for this row (lib/crypto); never leaves the server, but for the address of a feed, to its host.
 */
export const calendarConnections = pgTable(
  "calendar_connections",
  {
    id: uuid().primaryKey(),
    hostId: uuid("host_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    provider: text({ enum: ["caldav", "google", "ics", "fake"] }).notNull(),
    serverUrl: text("server_url").notNull(),
    account: text().notNull(),
    /** The provider's own id of the account (OpenID Connect `sub`), which outlives a changed address. */
    subject: text(),
    credentials: text().notNull(),
    status: connectionStatus().notNull().default("connected"),
    /** Since when the status is what it is; sets one mail about it apart from the next. */
    statusSince: instant("status_since").notNull().defaultNow(),
    /** While disconnecting: what is still to be stopped. */
    leftChannels: jsonb("left_channels").$type<ChannelRef[]>().notNull().default([]),
    lastError: text("last_error"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    unique("calendar_connections_account").on(table.hostId, table.provider, table.serverUrl, table.account),
    unique("calendar_connections_id_host").on(table.id, table.hostId),
    ownedBy(table.hostId),
  ],
).enableRLS();

/**
 * One calendar of a connection, and how far it has been read. `cursor` null asks for everything;
 * `lastSyncedAt` is when it was last read whole and without error.
 */
export const calendars = pgTable(
  "calendars",
  {
    id: uuid().primaryKey().defaultRandom(),
    connectionId: uuid("connection_id").notNull(),
    hostId: uuid("host_id").notNull(),
    remoteId: text("remote_id").notNull(),
    name: text().notNull(),
    color: text(),
    isReadOnly: boolean("is_read_only").notNull().default(false),
    /** The account's own calendar, as against further or shared ones; where the provider says so. */
    isPrimary: boolean("is_primary").notNull().default(false),
    checksConflicts: boolean("checks_conflicts").notNull().default(false),
    /** All-day events block even where they are marked free. */
    allDayBlocks: boolean("all_day_blocks").notNull().default(false),
    isDestination: boolean("is_destination").notNull().default(false),
    cursor: text(),
    windowStart: instant("window_start"),
    windowEnd: instant("window_end"),
    baselineDueAt: instant("baseline_due_at"),
    lastSyncedAt: instant("last_synced_at"),
    lastError: text("last_error"),
    errorCount: integer("error_count").notNull().default(0),
    /** When the first of these errors in a row happened. */
    failingSince: instant("failing_since"),
    /** Events that exist remotely but could not be understood: provider event id → reason. */
    unreadable: jsonb().$type<Record<string, string>>().notNull().default({}),
    nextSyncAt: instant("next_sync_at").notNull().defaultNow(),
    /** Appointments are mirrored into it, or their copies still lie there: it is read. Kept by lib/mirror. */
    isMirrored: boolean("is_mirrored").notNull().default(false),
    /** The feed of a subscription (calendar_subscriptions). */
    isSubscribed: boolean("is_subscribed").notNull().default(false),
    /** False: a feed that was given up, and is not read until somebody asks for that. */
    isEnabled: boolean("is_enabled").notNull().default(true),
    /** A pull was asked for and has not begun: what asks again meanwhile adds nothing. */
    syncRequestedAt: instant("sync_requested_at"),
    /** Why its provider sends no notifications of this one, for good: it is polled. */
    pushRefusal: text("push_refusal"),
  },
  (table) => [
    foreignKey({
      name: "calendars_connection",
      columns: [table.connectionId, table.hostId],
      foreignColumns: [calendarConnections.id, calendarConnections.hostId],
    }).onDelete("cascade"),
    unique("calendars_remote_id").on(table.connectionId, table.remoteId),
    unique("calendars_id_host").on(table.id, table.hostId),
    uniqueIndex("calendars_one_destination").on(table.hostId).where(sql`${table.isDestination}`),
    index("calendars_host_conflicts").on(table.hostId).where(sql`${table.checksConflicts}`),
    index("calendars_next_sync_at")
      .on(table.nextSyncAt)
      .where(
        sql`${table.isEnabled} and (${table.checksConflicts} or ${table.isDestination} or ${table.isMirrored} or ${table.isSubscribed})`,
      ),
    ownedBy(table.hostId),
  ],
).enableRLS();
