import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  foreignKey,
  index,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { ownedBy, wallClock } from "./columns";
import { users } from "./users";

/** A set of hours: weekly rules and what replaces them on single dates. `timeZone` null: the host's. */
export const schedules = pgTable(
  "schedules",
  {
    id: uuid().primaryKey().defaultRandom(),
    hostId: uuid("host_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    isDefault: boolean("is_default").notNull().default(false),
    timeZone: text("time_zone"),
  },
  (table) => [
    unique("schedules_id_host").on(table.id, table.hostId),
    uniqueIndex("schedules_one_default").on(table.hostId).where(sql`${table.isDefault}`),
    ownedBy(table.hostId),
  ],
).enableRLS();

/**
 * One interval of wall-clock time on an ISO weekday (1 = Monday), in minutes after midnight; 1440 is 24:00, and
 * an interval that ends later goes on into the next day. The table also refuses overlapping intervals on a day.
 */
export const scheduleRules = pgTable(
  "schedule_rules",
  {
    id: uuid().primaryKey().defaultRandom(),
    scheduleId: uuid("schedule_id").notNull(),
    hostId: uuid("host_id").notNull(),
    weekday: smallint().notNull(),
    startMinute: smallint("start_minute").notNull(),
    endMinute: smallint("end_minute").notNull(),
  },
  (table) => [
    foreignKey({
      name: "schedule_rules_schedule",
      columns: [table.scheduleId, table.hostId],
      foreignColumns: [schedules.id, schedules.hostId],
    }).onDelete("cascade"),
    check("schedule_rules_weekday", sql`${table.weekday} between 1 and 7`),
    check(
      "schedule_rules_interval",
      sql`${table.startMinute} between 0 and 1439 and ${table.endMinute} between ${table.startMinute} + 1 and ${table.startMinute} + 1440`,
    ),
    ownedBy(table.hostId),
  ],
).enableRLS();

/**
 * One interval of a date that replaces its weekly hours; a row without minutes: no hours at all that date. The
 * table refuses overlapping intervals of a date, and any beside one without minutes.
 */
export const scheduleOverrides = pgTable(
  "schedule_overrides",
  {
    id: uuid().primaryKey().defaultRandom(),
    scheduleId: uuid("schedule_id").notNull(),
    hostId: uuid("host_id").notNull(),
    day: date().notNull(),
    startMinute: smallint("start_minute"),
    endMinute: smallint("end_minute"),
  },
  (table) => [
    foreignKey({
      name: "schedule_overrides_schedule",
      columns: [table.scheduleId, table.hostId],
      foreignColumns: [schedules.id, schedules.hostId],
    }).onDelete("cascade"),
    check(
      "schedule_overrides_interval",
      sql`(${table.startMinute} is null and ${table.endMinute} is null)
        or (${table.startMinute} is not null and ${table.endMinute} is not null and ${table.startMinute} between 0 and 1439
          and ${table.endMinute} between ${table.startMinute} + 1 and ${table.startMinute} + 1440)`,
    ),
    index("schedule_overrides_day").on(table.scheduleId, table.day),
    ownedBy(table.hostId),
  ],
).enableRLS();

/**
 * Time a host blocks by hand, for all their event types, on the wall clock of `timeZone`. With `weekdays` (ISO, in
 * order) it recurs on each of them, every `everyWeeks` weeks counted from the Monday of the week it starts in, until
 * `untilDay` (inclusive; null: for ever); `startsAt` and `endsAt` then say the first possible date, the clock and
 * the length.
 */
export const blockedTimes = pgTable(
  "blocked_times",
  {
    id: uuid().primaryKey().defaultRandom(),
    hostId: uuid("host_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: text(),
    timeZone: text("time_zone").notNull(),
    startsAt: wallClock("starts_at").notNull(),
    endsAt: wallClock("ends_at").notNull(),
    weekdays: smallint().array(),
    everyWeeks: smallint("every_weeks").notNull().default(1),
    untilDay: date("until_day"),
  },
  (table) => [
    check("blocked_times_times", sql`${table.startsAt} < ${table.endsAt}`),
    check(
      "blocked_times_recurrence",
      sql`case when ${table.weekdays} is null then ${table.untilDay} is null and ${table.everyWeeks} = 1
        else ${table.weekdays} <@ '{1,2,3,4,5,6,7}'::smallint[] and cardinality(${table.weekdays}) between 1 and 7
          and ${table.everyWeeks} between 1 and 52 and ${table.untilDay} >= ${table.startsAt}::date is not false
          and ${table.endsAt} <= ${table.startsAt} + interval '7 days' end`,
    ),
    index("blocked_times_host").on(table.hostId, table.startsAt),
    ownedBy(table.hostId),
  ],
).enableRLS();
