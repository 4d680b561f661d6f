import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { instant, ownedBy, tstzrange } from "./columns";
import { eventTypes } from "./event-types";

export const bookingStatus = pgEnum("booking_status", ["pending", "confirmed", "declined", "cancelled"]);

/** Why a booking was declined: the time went to something else, or a calendar could not be read. */
export const declineReason = pgEnum("decline_reason", ["conflict", "unavailable"]);

/**
 * A visitor's booking. `blocked` is the meeting widened by its own buffers (minutes, as the event type had
 * them then), kept by a trigger; an exclusion constraint over host × blocked makes a double booking
 * impossible, whatever code runs (DESIGN 7).
 */
export const bookings = pgTable(
  "bookings",
  {
    id: uuid().primaryKey().defaultRandom(),
    hostId: uuid("host_id").notNull(),
    eventTypeId: uuid("event_type_id").notNull(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    bufferBeforeMinutes: integer("buffer_before_minutes").notNull(),
    bufferAfterMinutes: integer("buffer_after_minutes").notNull(),
    blocked: tstzrange().notNull().default(sql`'empty'`),
    status: bookingStatus().notNull().default("pending"),
    declineReason: declineReason("decline_reason"),
    visitorName: text("visitor_name").notNull(),
    visitorEmail: text("visitor_email").notNull(),
    visitorNote: text("visitor_note"),
    visitorTimeZone: text("visitor_time_zone").notNull(),
    idempotencyKey: uuid("idempotency_key").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    decidedAt: instant("decided_at"),
  },
  (table) => [
    foreignKey({
      name: "bookings_event_type",
      columns: [table.eventTypeId, table.hostId],
      foreignColumns: [eventTypes.id, eventTypes.hostId],
    }),
    unique("bookings_idempotency_key").on(table.hostId, table.idempotencyKey),
    unique("bookings_id_host").on(table.id, table.hostId),
    index("bookings_host_starts_at").on(table.hostId, table.startsAt),
    check("bookings_times", sql`${table.startsAt} < ${table.endsAt}`),
    check(
      "bookings_decline_reason",
      sql`(${table.status} = 'declined') = (${table.declineReason} is not null)`,
    ),
    ownedBy(table.hostId),
  ],
).enableRLS();
