import { sql } from "drizzle-orm";
import { boolean, check, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { instant, ownedBy } from "./columns";

export const userRole = pgEnum("user_role", ["admin", "host"]);

/** What happens to a booking while a calendar that blocks it cannot be read (SPEC A5). */
export const whenUnreadable = pgEnum("when_unreadable", ["wait_for_host", "confirm_if_recent"]);

/** A host or an admin. `handle` is the name in `/book/{handle}`; null until the host chose one. */
export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey().defaultRandom(),
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text("password_hash").notNull(),
    role: userRole().notNull().default("host"),
    handle: text(),
    timeZone: text("time_zone").notNull().default("UTC"),
    /** New bookings close when a conflict calendar was last read longer ago than this (DESIGN 9). */
    maxStalenessMinutes: integer("max_staleness_minutes").notNull().default(60),
    /** Whether tentative events block (SPEC A4). */
    tentativeBlocks: boolean("tentative_blocks").notNull().default(true),
    whenUnreadable: whenUnreadable("when_unreadable").notNull().default("wait_for_host"),
    /** For `confirm_if_recent`: the last good reading of every conflict calendar may be this old. */
    recentEnoughMinutes: integer("recent_enough_minutes").notNull().default(30),
    /** Raised to end every sign-in of this user. */
    sessionEpoch: integer("session_epoch").notNull().default(0),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("users_email").on(sql`lower(${table.email})`),
    uniqueIndex("users_handle").on(table.handle),
    check(
      "users_handle_form",
      sql`${table.handle} ~ '^[a-z0-9](-?[a-z0-9])*$' and length(${table.handle}) <= 40`,
    ),
    check("users_max_staleness", sql`${table.maxStalenessMinutes} between 15 and 10080`),
    check("users_recent_enough", sql`${table.recentEnoughMinutes} between 1 and 10080`),
    ownedBy(table.id),
  ],
).enableRLS();

/** One-time links to the first-run set-up page; only the hash is kept. */
export const setupLinks = pgTable("setup_links", {
  tokenHash: text("token_hash").primaryKey(),
  createdAt: instant("created_at").notNull().defaultNow(),
}).enableRLS();

/** Counters of rate-limiter-flexible, which names the columns. */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: instant("expire"),
}).enableRLS();
