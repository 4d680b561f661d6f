import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { bookings } from "./bookings";
import { calendars } from "./calendars";
import { instant, ownedBy, tstzrange } from "./columns";
import { users } from "./users";

/** What is mirrored into calendars. A confirmed booking owns one (DESIGN 6). */
export const appointments = pgTable(
  "appointments",
  {
    id: uuid().primaryKey().defaultRandom(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    bookingId: uuid("booking_id"),
    uid: text().notNull(),
    sequence: integer().notNull().default(0),
    title: text().notNull(),
    description: text(),
    location: text(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    during: tstzrange().generatedAlwaysAs(sql`tstzrange(starts_at, ends_at)`),
    timeZone: text("time_zone").notNull(),
    /** When its meaning last changed here; decides whose word is newer (SPEC B8). */
    updatedAt: instant("updated_at").notNull().defaultNow(),
  },
  (table) => [
    foreignKey({
      name: "appointments_booking",
      columns: [table.bookingId, table.ownerId],
      foreignColumns: [bookings.id, bookings.hostId],
    }).onDelete("cascade"),
    unique("appointments_booking_id").on(table.bookingId),
    unique("appointments_uid").on(table.uid),
    unique("appointments_id_owner").on(table.id, table.ownerId),
    index("appointments_during").using("gist", table.ownerId, table.during),
    check("appointments_times", sql`${table.startsAt} < ${table.endsAt}`),
    ownedBy(table.ownerId),
  ],
).enableRLS();

/** The copy of one appointment in one calendar: where it lies and what was pushed. `remoteId` null: not yet. */
export const appointmentTargets = pgTable(
  "appointment_targets",
  {
    id: uuid().primaryKey().defaultRandom(),
    appointmentId: uuid("appointment_id").notNull(),
    calendarId: uuid("calendar_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    uid: text().notNull(),
    remoteId: text("remote_id"),
    etag: text(),
    /** Hash of the meaning that was pushed, so that a push with nothing new asks nothing; see lib/mirror/pushed. */
    pushedHash: text("pushed_hash"),
    pushedAt: instant("pushed_at"),
    lastError: text("last_error"),
    /** A pull saw that the copy is no longer what was pushed; what that means is not settled yet (docs/sync.md). */
    divergedAt: instant("diverged_at"),
    /** Set when the copy is to go: the push deletes it, then this row. */
    removedAt: instant("removed_at"),
  },
  (table) => [
    foreignKey({
      name: "appointment_targets_appointment",
      columns: [table.appointmentId, table.ownerId],
      foreignColumns: [appointments.id, appointments.ownerId],
    }).onDelete("cascade"),
    foreignKey({
      name: "appointment_targets_calendar",
      columns: [table.calendarId, table.ownerId],
      foreignColumns: [calendars.id, calendars.hostId],
    }).onDelete("cascade"),
    unique("appointment_targets_once").on(table.appointmentId, table.calendarId),
    unique("appointment_targets_uid").on(table.calendarId, table.uid),
    index("appointment_targets_remote_id").on(table.calendarId, table.remoteId),
    index("appointment_targets_diverged").on(table.divergedAt).where(sql`${table.divergedAt} is not null`),
    ownedBy(table.ownerId),
  ],
).enableRLS();
