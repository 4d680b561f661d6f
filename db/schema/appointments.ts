import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  check,
  date,
  foreignKey,
  index,
  integer,
  jsonb,
  pgPolicy,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { StoredRecurrence } from "@/lib/providers/recurrence";
import { calendarBindings } from "./bindings";
import { bookings } from "./bookings";
import { calendars } from "./calendars";
import { calendsUser, instant, ownedBy, tstzrange } from "./columns";
import { projects } from "./projects";
import { users } from "./users";

const me = sql`(select nullif(current_setting('app.user_id', true), '')::uuid)`;
const isSeen = sql`case when project_id is null then owner_id = ${me}
  else exists (select from projects p where p.id = project_id) end`;
const mayWrite = sql`booking_id is null and case when project_id is null then owner_id = ${me}
  else may_edit_project(project_id) end`;

/**
 * What is mirrored into calendars: personal (its owner's alone) or on a project. A confirmed booking owns one (DESIGN 6).
 * An all-day one has dates with an exclusive end; a trigger (db/functions/appointments.sql) keeps the instants they are
 * in `time_zone`, the revision, and what follows for its copies.
 */
export const appointments = pgTable(
  "appointments",
  {
    id: uuid().primaryKey().defaultRandom(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    bookingId: uuid("booking_id"),
    /** Null: personal. */
    projectId: uuid("project_id").references(() => projects.id),
    uid: text().notNull(),
    sequence: integer().notNull().default(0),
    title: text().notNull(),
    description: text(),
    location: text(),
    startsAt: instant("starts_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    during: tstzrange().generatedAlwaysAs(sql`tstzrange(starts_at, ends_at)`),
    startDay: date("start_day"),
    endDay: date("end_day"),
    timeZone: text("time_zone").notNull(),
    /** Null: it takes place once. Then `startsAt` … are its first occurrence. */
    recurrence: jsonb().$type<StoredRecurrence>(),
    /** The end of its last occurrence; null: it never ends. */
    lastEndsAt: instant("last_ends_at"),
    /** Up to when `appointment_occurrences` holds its occurrences. */
    expandedUntil: instant("expanded_until"),
    /** Rises with each change of its meaning or its place; who changes an older one is told (`conflict`). */
    revision: integer().notNull().default(1),
    createdAt: instant("created_at").notNull().defaultNow(),
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
    index("appointments_owner").on(table.ownerId, table.startsAt),
    index("appointments_project")
      .on(table.projectId, table.startsAt)
      .where(sql`${table.projectId} is not null`),
    index("appointments_recurring").on(table.expandedUntil).where(sql`${table.recurrence} is not null`),
    check("appointments_times", sql`${table.startsAt} < ${table.endsAt}`),
    check(
      "appointments_days",
      sql`coalesce(${table.startDay} < ${table.endDay}, num_nonnulls(${table.startDay}, ${table.endDay}) = 0)`,
    ),
    check(
      "appointments_recurrence",
      sql`${table.recurrence} is null or jsonb_typeof(${table.recurrence} -> 'rule') = 'string' and jsonb_typeof(${table.recurrence} -> 'exceptions') = 'array'`,
    ),
    check(
      "appointments_of_a_booking",
      sql`${table.bookingId} is null or num_nonnulls(${table.projectId}, ${table.startDay}, ${table.recurrence}) = 0`,
    ),
    pgPolicy("members_see", { to: calendsUser, for: "select", using: isSeen }),
    pgPolicy("editors_add", {
      to: calendsUser,
      for: "insert",
      withCheck: sql`owner_id = ${me} and ${mayWrite}`,
    }),
    pgPolicy("editors_change", { to: calendsUser, for: "update", using: mayWrite, withCheck: mayWrite }),
    pgPolicy("editors_delete", { to: calendsUser, for: "delete", using: mayWrite }),
  ],
).enableRLS();

/** Where a repeating appointment takes its owner's time, within the window that bookings are possible in. */
export const appointmentOccurrences = pgTable(
  "appointment_occurrences",
  {
    appointmentId: uuid("appointment_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    /** RECURRENCE-ID as UTC instant or date. */
    occurrenceKey: text("occurrence_key").notNull(),
    title: text().notNull(),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    during: tstzrange().generatedAlwaysAs(
      sql`case when starts_at is not null then tstzrange(starts_at, ends_at) end`,
    ),
    startDay: date("start_day"),
    endDay: date("end_day"),
  },
  (table) => [
    primaryKey({ columns: [table.appointmentId, table.occurrenceKey] }),
    foreignKey({
      name: "appointment_occurrences_appointment",
      columns: [table.appointmentId, table.ownerId],
      foreignColumns: [appointments.id, appointments.ownerId],
    })
      .onDelete("cascade")
      .onUpdate("cascade"),
    check(
      "appointment_occurrences_time",
      sql`(${table.startDay} is null and ${table.endDay} is null and ${table.startsAt} is not null and ${table.endsAt} >= ${table.startsAt})
        or (${table.startsAt} is null and ${table.endsAt} is null and ${table.startDay} is not null and ${table.endDay} > ${table.startDay})`,
    ),
    index("appointment_occurrences_during").using("gist", table.ownerId, table.during),
    index("appointment_occurrences_days")
      .using("gist", table.ownerId, sql`daterange(start_day, end_day)`)
      .where(sql`${table.startDay} is not null`),
    // As the appointment: who sees its copy in a calendar is told that it is one.
    pgPolicy("seen_with_it", {
      to: calendsUser,
      for: "select",
      using: sql`exists (select from appointments a where a.id = appointment_id)`,
    }),
  ],
).enableRLS();

/**
 * The copy of one appointment in one calendar (docs/mirror.md): where it lies and what was pushed. `remoteId` null: not
 * yet. Its owner is the calendar's. It outlives its appointment, until the copy is deleted.
 */
export const appointmentTargets = pgTable(
  "appointment_targets",
  {
    id: uuid().primaryKey().defaultRandom(),
    /** Null once the appointment was deleted. */
    appointmentId: uuid("appointment_id").references((): AnyPgColumn => appointments.id, {
      onDelete: "set null",
    }),
    calendarId: uuid("calendar_id").notNull(),
    ownerId: uuid("owner_id").notNull(),
    /** The binding that wants it there; null: none, or not any more. */
    bindingId: uuid("binding_id").references(() => calendarBindings.id, { onDelete: "set null" }),
    /** It is the copy of a booking that the host's destination calendar got, and stays whatever is bound. */
    isDestination: boolean("is_destination").notNull().default(false),
    uid: text().notNull(),
    remoteId: text("remote_id"),
    etag: text(),
    /** Hash of the meaning that was pushed, so that a push with nothing new asks nothing; see lib/mirror/pushed. */
    pushedHash: text("pushed_hash"),
    pushedAt: instant("pushed_at"),
    /** When a push is to look at it next: at once (the epoch), after a failure, or when whoever has it now has died. Null: all is done. */
    pushDueAt: instant("push_due_at").default(new Date(0)),
    /** Somebody works at it; until then nobody else writes the copy, whatever changes meanwhile. */
    takenUntil: instant("taken_until"),
    /** Failures in a row. */
    attempts: integer().notNull().default(0),
    lastError: text("last_error"),
    /** A pull saw that the copy is no longer what was pushed; what that means is not settled yet (docs/sync.md). */
    divergedAt: instant("diverged_at"),
    /** It vanished together with most others of its calendar: that is nobody's decision about this one. */
    vanishedInBulk: boolean("vanished_in_bulk").notNull().default(false),
    /** Set when the copy is to go: the push deletes it, then this row. */
    removedAt: instant("removed_at"),
  },
  (table) => [
    foreignKey({
      name: "appointment_targets_calendar",
      columns: [table.calendarId, table.ownerId],
      foreignColumns: [calendars.id, calendars.hostId],
    }).onDelete("cascade"),
    unique("appointment_targets_once").on(table.appointmentId, table.calendarId),
    unique("appointment_targets_uid").on(table.calendarId, table.uid),
    index("appointment_targets_remote_id").on(table.calendarId, table.remoteId),
    index("appointment_targets_diverged").on(table.divergedAt).where(sql`${table.divergedAt} is not null`),
    index("appointment_targets_push_due")
      .on(table.calendarId, table.pushDueAt)
      .where(sql`${table.pushDueAt} is not null`),
    index("appointment_targets_binding").on(table.bindingId),
    check(
      "appointment_targets_of_nothing",
      sql`${table.appointmentId} is not null or ${table.removedAt} is not null`,
    ),
    ownedBy(table.ownerId),
  ],
).enableRLS();
