import { sql } from "drizzle-orm";
import { boolean, check, foreignKey, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant, ownedBy } from "./columns";
import { schedules } from "./schedules";
import { users } from "./users";

/** What a visitor can book: `/book/{handle}/{slug}`. All lengths are minutes. */
export const eventTypes = pgTable(
  "event_types",
  {
    id: uuid().primaryKey().defaultRandom(),
    hostId: uuid("host_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    scheduleId: uuid("schedule_id").notNull(),
    slug: text().notNull(),
    title: text().notNull(),
    description: text(),
    location: text(),
    durationMinutes: integer("duration_minutes").notNull(),
    slotIntervalMinutes: integer("slot_interval_minutes").notNull(),
    bufferBeforeMinutes: integer("buffer_before_minutes").notNull().default(0),
    bufferAfterMinutes: integer("buffer_after_minutes").notNull().default(0),
    minimumNoticeMinutes: integer("minimum_notice_minutes").notNull().default(0),
    bookingWindowDays: integer("booking_window_days").notNull().default(60),
    isHidden: boolean("is_hidden").notNull().default(false),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "event_types_schedule",
      columns: [table.scheduleId, table.hostId],
      foreignColumns: [schedules.id, schedules.hostId],
    }),
    unique("event_types_slug").on(table.hostId, table.slug),
    unique("event_types_id_host").on(table.id, table.hostId),
    check(
      "event_types_slug_form",
      sql`${table.slug} ~ '^[a-z0-9](-?[a-z0-9])*$' and length(${table.slug}) <= 60`,
    ),
    check("event_types_duration", sql`${table.durationMinutes} between 5 and 1440`),
    check("event_types_slot_interval", sql`${table.slotIntervalMinutes} between 5 and 1440`),
    check(
      "event_types_buffers",
      sql`${table.bufferBeforeMinutes} between 0 and 1440 and ${table.bufferAfterMinutes} between 0 and 1440`,
    ),
    check("event_types_notice", sql`${table.minimumNoticeMinutes} between 0 and 525600`),
    check("event_types_window", sql`${table.bookingWindowDays} between 1 and 500`),
    ownedBy(table.hostId),
  ],
).enableRLS();
