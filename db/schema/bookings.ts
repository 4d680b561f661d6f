import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, ownedBy, tstzmultirange } from "./columns";
import { eventTypes } from "./event-types";

export const bookingStatus = pgEnum("booking_status", ["pending", "confirmed", "declined", "cancelled"]);

/**
 * Why a booking was declined: the time went to something else, it could not be checked in time, the host said no,
 * or nobody answered before it began.
 */
export const declineReason = pgEnum("decline_reason", ["conflict", "unavailable", "host", "expired"]);

/** What only the host can decide: a booking that wants approval, or one whose calendars cannot be read. */
export const waitsFor = pgEnum("waits_for", ["approval", "unreadable_calendar"]);

/** Who did something to a booking. */
export const bookingSide = pgEnum("booking_side", ["visitor", "host"]);

/** What a visitor answered; the question as it was worded then. */
export type Answer = { id: string; label: string; answer: string };

/**
 * A visitor's booking. `blocked` is the meeting widened by its own buffers (minutes, as the event type had
 * them then), and the time it is to move to, kept by a trigger; an exclusion constraint over host × blocked makes a double booking
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
    /**
     * A move asked for and not decided yet. A confirmed booking holds both times until then, so a move that turns
     * out impossible loses nothing. `movedBy` says who asked.
     */
    movesToStart: instant("moves_to_start"),
    movesToEnd: instant("moves_to_end"),
    movedBy: bookingSide("moved_by"),
    blocked: tstzmultirange().notNull().default(sql`'{}'`),
    status: bookingStatus().notNull().default("pending"),
    /** Null while the confirm run decides by itself. */
    waitsFor: waitsFor("waits_for"),
    declineReason: declineReason("decline_reason"),
    cancelledBy: bookingSide("cancelled_by"),
    /** What was said to the other side when declining or cancelling. */
    reason: text(),
    /** SEQUENCE of its invitation (RFC 5546): rises with each change visitors are told of. */
    sequence: integer().notNull().default(0),
    visitorName: text("visitor_name").notNull(),
    visitorEmail: text("visitor_email").notNull(),
    visitorNote: text("visitor_note"),
    visitorPhone: text("visitor_phone"),
    answers: jsonb().$type<Answer[]>().notNull().default([]),
    /** BCP 47; how mails write dates and clocks. */
    visitorLanguage: text("visitor_language").notNull().default("en-GB"),
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
    index("bookings_event_type_starts_at")
      .on(table.eventTypeId, table.startsAt)
      .where(sql`${table.status} in ('pending', 'confirmed')`),
    index("bookings_undecided")
      .on(table.createdAt)
      .where(sql`${table.status} = 'pending' or ${table.movesToStart} is not null`),
    check("bookings_times", sql`${table.startsAt} < ${table.endsAt}`),
    check(
      "bookings_move",
      sql`(${table.movesToStart} is null) = (${table.movesToEnd} is null)
        and (${table.movesToStart} is null or ${table.status} = 'confirmed')
        and (${table.movesToStart} is null) = (${table.movedBy} is null)
        and ${table.movesToStart} < ${table.movesToEnd} is not false`,
    ),
    check(
      "bookings_waits_for",
      sql`${table.waitsFor} is null or ${table.status} = 'pending' or ${table.movesToStart} is not null`,
    ),
    check("bookings_cancelled_by", sql`(${table.status} = 'cancelled') = (${table.cancelledBy} is not null)`),
    check(
      "bookings_decline_reason",
      sql`(${table.status} = 'declined') = (${table.declineReason} is not null)`,
    ),
    ownedBy(table.hostId),
  ],
).enableRLS();
