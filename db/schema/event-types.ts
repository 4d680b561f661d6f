import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, ownedBy } from "./columns";
import { schedules } from "./schedules";
import { users } from "./users";

/** `rolling_days` and `business_days` (Monday to Friday) count from today; `date_range` has two dates. */
export const bookingWindowKind = pgEnum("booking_window_kind", [
  "rolling_days",
  "business_days",
  "date_range",
]);

/**
 * Where people meet. `location` holds the link, the host's number, the address or free text; for `visitor_phone`
 * the host calls the number the visitor gives.
 */
export const locationKind = pgEnum("location_kind", [
  "video",
  "host_phone",
  "visitor_phone",
  "address",
  "other",
]);

/** What a host asks visitors beside name and e-mail. `id` stays the same when the words change. */
export type Question = {
  id: string;
  label: string;
  kind: "line" | "text" | "choice" | "checkbox";
  isRequired: boolean;
  /** For `choice`. */
  options: string[];
};

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
    locationKind: locationKind("location_kind").notNull().default("other"),
    location: text(),
    /** "#rrggbb", or null. */
    color: text(),
    /** The length offered first. */
    durationMinutes: integer("duration_minutes").notNull(),
    /** Further lengths a visitor may choose. */
    otherDurations: integer("other_durations").array().notNull().default(sql`'{}'`),
    slotIntervalMinutes: integer("slot_interval_minutes").notNull(),
    bufferBeforeMinutes: integer("buffer_before_minutes").notNull().default(0),
    bufferAfterMinutes: integer("buffer_after_minutes").notNull().default(0),
    minimumNoticeMinutes: integer("minimum_notice_minutes").notNull().default(0),
    bookingWindowKind: bookingWindowKind("booking_window_kind").notNull().default("rolling_days"),
    /** For the two kinds that count days. */
    bookingWindowDays: integer("booking_window_days").notNull().default(60),
    /** For `date_range`; both inclusive. */
    windowFirstDay: date("window_first_day"),
    windowLastDay: date("window_last_day"),
    /** Of this event type, per local day or ISO week of the schedule's zone; null: no limit. */
    dailyLimit: integer("daily_limit"),
    weeklyLimit: integer("weekly_limit"),
    dailyMinutesLimit: integer("daily_minutes_limit"),
    requiresApproval: boolean("requires_approval").notNull().default(false),
    questions: jsonb().$type<Question[]>().notNull().default([]),
    /** How many minutes before the start both sides are reminded. */
    reminderMinutes: integer("reminder_minutes").array().notNull().default(sql`'{1440,60}'`),
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
    check(
      "event_types_other_durations",
      sql`cardinality(${table.otherDurations}) <= 9 and 5 <= all(${table.otherDurations}) and 1440 >= all(${table.otherDurations})`,
    ),
    check("event_types_window", sql`${table.bookingWindowDays} between 1 and 500`),
    check(
      "event_types_date_range",
      sql`(${table.bookingWindowKind} = 'date_range') = (${table.windowFirstDay} is not null)
        and (${table.windowFirstDay} is null) = (${table.windowLastDay} is null)
        and ${table.windowFirstDay} <= ${table.windowLastDay} is not false`,
    ),
    check(
      "event_types_limits",
      sql`${table.dailyLimit} >= 1 is not false and ${table.weeklyLimit} >= 1 is not false
        and ${table.dailyMinutesLimit} >= 1 is not false`,
    ),
    check("event_types_color", sql`${table.color} ~ '^#[0-9a-f]{6}$'`),
    check(
      "event_types_reminders",
      sql`cardinality(${table.reminderMinutes}) <= 5 and 1 <= all(${table.reminderMinutes}) and 40320 >= all(${table.reminderMinutes})`,
    ),
    ownedBy(table.hostId),
  ],
).enableRLS();
