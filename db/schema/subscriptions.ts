import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { calendars } from "./calendars";
import { instant, ownedBy } from "./columns";
import { eventTransparency } from "./synced-events";

/** An event of a feed that could not be used, for a person to read. */
export type SkippedEvent = { uid: string; title: string; reason: string };

/**
 * A remote feed somebody subscribed to (SPEC D): what its calendar and its connection do not say already. Name and
 * colour, when it was and will be read, and what went wrong are its calendar's; its address is sealed in the
 * connection's credentials, since whoever has it reads the feed.
 */
export const calendarSubscriptions = pgTable(
  "calendar_subscriptions",
  {
    id: uuid().primaryKey().defaultRandom(),
    hostId: uuid("host_id").notNull(),
    calendarId: uuid("calendar_id").notNull(),
    /** How often its host wants it read. */
    refreshMinutes: integer("refresh_minutes").notNull(),
    /** How often the feed wants to be read (RFC 7986 §5.7, X-PUBLISHED-TTL); the longer of the two holds. */
    feedMinutes: integer("feed_minutes"),
    /** What was changed here about an event stays when the feed changes that event. */
    keepsLocalChanges: boolean("keeps_local_changes").notNull().default(true),
    /** Of the last good copy. */
    eventCount: integer("event_count").notNull().default(0),
    skippedCount: integer("skipped_count").notNull().default(0),
    /** The first of them. */
    skipped: jsonb().$type<SkippedEvent[]>().notNull().default([]),
    /** The last answer held so few events only that it is doubted; a second one like it is believed. */
    shrunkTo: integer("shrunk_to"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "calendar_subscriptions_calendar",
      columns: [table.calendarId, table.hostId],
      foreignColumns: [calendars.id, calendars.hostId],
    }).onDelete("cascade"),
    unique("calendar_subscriptions_calendar_id").on(table.calendarId),
    index("calendar_subscriptions_host").on(table.hostId, table.createdAt),
    check("calendar_subscriptions_interval", sql`${table.refreshMinutes} in (15, 30, 60, 360, 720, 1440)`),
    ownedBy(table.hostId),
  ],
).enableRLS();

/** One event of a feed as iCalendar: all components of its UID, with the time zones they name. For calendar apps. */
export const calendarObjects = pgTable(
  "calendar_objects",
  {
    calendarId: uuid("calendar_id").notNull(),
    hostId: uuid("host_id").notNull(),
    /** The `provider_event_id` of its synced events. */
    id: text().notNull(),
    uid: text().notNull(),
    /** Hash of what it means; feeds that write a new DTSTAMP each time change nothing. */
    etag: text().notNull(),
    data: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.calendarId, table.id] }),
    foreignKey({
      name: "calendar_objects_calendar",
      columns: [table.calendarId, table.hostId],
      foreignColumns: [calendars.id, calendars.hostId],
    }).onDelete("cascade"),
    ownedBy(table.hostId),
  ],
).enableRLS();

/** What a host decided about one event of a feed, for himself: the whole event, if it repeats. Null: as the feed says. */
export const localChanges = pgTable(
  "local_changes",
  {
    calendarId: uuid("calendar_id").notNull(),
    hostId: uuid("host_id").notNull(),
    providerEventId: text("provider_event_id").notNull(),
    /** Not shown, and takes no time. */
    isHidden: boolean("is_hidden").notNull().default(false),
    transparency: eventTransparency(),
    color: text(),
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.calendarId, table.providerEventId] }),
    foreignKey({
      name: "local_changes_calendar",
      columns: [table.calendarId, table.hostId],
      foreignColumns: [calendars.id, calendars.hostId],
    }).onDelete("cascade"),
    check("local_changes_color", sql`${table.color} ~ '^#[0-9a-f]{6}$'`),
    ownedBy(table.hostId),
  ],
).enableRLS();
