import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  pgTable,
  smallint,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { ownedBy } from "./columns";
import { users } from "./users";

/** A set of weekly hours, in the host's time zone. */
export const schedules = pgTable(
  "schedules",
  {
    id: uuid().primaryKey().defaultRandom(),
    hostId: uuid("host_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    name: text().notNull(),
    isDefault: boolean("is_default").notNull().default(false),
  },
  (table) => [
    unique("schedules_id_host").on(table.id, table.hostId),
    uniqueIndex("schedules_one_default").on(table.hostId).where(sql`${table.isDefault}`),
    ownedBy(table.hostId),
  ],
).enableRLS();

/**
 * One interval of wall-clock time on an ISO weekday (1 = Monday), in minutes after midnight; 1440 is 24:00.
 * The table also refuses overlapping intervals on a day.
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
      sql`${table.startMinute} >= 0 and ${table.startMinute} < ${table.endMinute} and ${table.endMinute} <= 1440`,
    ),
    ownedBy(table.hostId),
  ],
).enableRLS();
