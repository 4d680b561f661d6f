import { sql } from "drizzle-orm";
import { check, date, foreignKey, index, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { calendars } from "./calendars";
import { instant, ownedBy, tstzrange } from "./columns";

export const eventStatus = pgEnum("event_status", ["confirmed", "tentative", "cancelled"]);
export const eventTransparency = pgEnum("event_transparency", ["opaque", "transparent"]);

/**
 * One occurrence of a remote event inside the window (SPEC B6). A timed one has instants and, generated from
 * them, `during`; an all-day one has dates with an exclusive end.
 */
export const syncedEvents = pgTable(
  "synced_events",
  {
    calendarId: uuid("calendar_id").notNull(),
    hostId: uuid("host_id").notNull(),
    providerEventId: text("provider_event_id").notNull(),
    occurrenceKey: text("occurrence_key").notNull(),
    uid: text().notNull(),
    /** The series it is an occurrence of, where the provider names occurrences one by one. */
    seriesId: text("series_id"),
    etag: text(),
    title: text().notNull(),
    startsAt: instant("starts_at"),
    endsAt: instant("ends_at"),
    during: tstzrange().generatedAlwaysAs(
      sql`case when starts_at is not null then tstzrange(starts_at, ends_at) end`,
    ),
    startDay: date("start_day"),
    endDay: date("end_day"),
    status: eventStatus().notNull(),
    transparency: eventTransparency().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.calendarId, table.providerEventId, table.occurrenceKey] }),
    foreignKey({
      name: "synced_events_calendar",
      columns: [table.calendarId, table.hostId],
      foreignColumns: [calendars.id, calendars.hostId],
    }).onDelete("cascade"),
    check(
      "synced_events_time",
      sql`(${table.startDay} is null and ${table.endDay} is null and ${table.startsAt} is not null and ${table.endsAt} >= ${table.startsAt})
        or (${table.startsAt} is null and ${table.endsAt} is null and ${table.startDay} is not null and ${table.endDay} > ${table.startDay})`,
    ),
    index("synced_events_series")
      .on(table.calendarId, table.seriesId)
      .where(sql`${table.seriesId} is not null`),
    index("synced_events_during").using("gist", table.calendarId, table.during),
    index("synced_events_days")
      .using("gist", table.calendarId, sql`daterange(start_day, end_day)`)
      .where(sql`${table.startDay} is not null`),
    ownedBy(table.hostId),
  ],
).enableRLS();
