import { and, inArray, isNotNull } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "@/db/client";
import {
  appointments,
  appointmentTargets,
  blockedTimes,
  bookings,
  calendarConnections,
  calendarSubscriptions,
  calendars,
  eventTypes,
  localChanges,
  projectMembers,
  projects,
  scheduleOverrides,
  scheduleRules,
  schedules,
  syncedEvents,
  users,
} from "@/db/schema";
import { writeOccurrences } from "@/lib/appointments/occurrences";
import { recurrenceOf } from "./appointments";
import type { World } from "./world";

/** Writes worlds, each as a host of its own, with as few statements as there are tables. */
export async function insertWorlds(tx: Transaction, worlds: World[]): Promise<void> {
  const fill = async <T extends PgTable>(table: T, rowsOf: (world: World) => T["$inferInsert"][]) => {
    const rows = worlds.flatMap(rowsOf);
    for (let at = 0; at < rows.length; at += 2000) await tx.insert(table).values(rows.slice(at, at + 2000));
  };
  await fill(users, ({ host }) => [
    { ...host, email: `${host.id}@example.test`, name: "Hanna Host", passwordHash: "none" },
  ]);
  await fill(schedules, ({ host, schedule }) => [
    { ...schedule, hostId: host.id, name: "Hours", isDefault: true },
  ]);
  await fill(scheduleRules, ({ host, schedule, rules }) =>
    rules.map((rule) => ({ ...rule, hostId: host.id, scheduleId: schedule.id })),
  );
  await fill(scheduleOverrides, ({ host, schedule, overrides }) =>
    overrides.map((override) => ({ ...override, hostId: host.id, scheduleId: schedule.id })),
  );
  await fill(blockedTimes, ({ host, blockedTimes }) =>
    blockedTimes.map((blocked) => ({ ...blocked, hostId: host.id })),
  );
  await fill(eventTypes, eventTypesOf);
  await fill(bookings, bookingsOf);
  await fill(users, ({ colleagueId: id }) => [
    { id, email: `${id}@example.test`, name: "Carl Colleague", passwordHash: "none" },
  ]);
  const project = { kind: "project" as const, name: "Project", color: "#0e8a8c" };
  await fill(projects, ({ projectIds: { root, unseen } }) => [
    { ...project, id: root },
    { ...project, id: unseen },
  ]);
  await fill(projects, ({ projectIds: { root, seen } }) => [{ ...project, id: seen, parentId: root }]);
  // What lies below is seen, too.
  await fill(projectMembers, ({ host, projectIds: { root } }) => [
    { projectId: root, userId: host.id, role: "viewer" as const },
  ]);
  await fill(appointments, appointmentsOf);
  await fill(calendarConnections, ({ host }) => [
    {
      id: host.id,
      hostId: host.id,
      provider: "fake" as const,
      serverUrl: "https://calendar.example.test/",
      account: host.id,
      credentials: "none",
    },
  ]);
  await fill(calendars, ({ host, calendars }) =>
    calendars.map(({ feed, ...calendar }) => ({
      ...calendar,
      isSubscribed: Boolean(feed),
      hostId: host.id,
      connectionId: host.id,
      remoteId: calendar.id,
      name: "Work",
    })),
  );
  await fill(calendarSubscriptions, ({ host, calendars }) =>
    calendars.flatMap(({ id, feed }) => (feed ? [{ ...feed, calendarId: id, hostId: host.id }] : [])),
  );
  await fill(localChanges, ({ host, localChanges = [] }) =>
    localChanges.map((change) => ({ ...change, hostId: host.id })),
  );
  await fill(appointmentTargets, ({ host, targets }) =>
    targets.map((target) => ({ ...target, ownerId: host.id })),
  );
  await expand(tx, worlds);
  await fill(syncedEvents, ({ host, events }) =>
    events.map((event) => ({ ...event, hostId: host.id, title: "Busy" })),
  );
}

function appointmentsOf(world: World): (typeof appointments.$inferInsert)[] {
  const { host, colleagueId, projectIds } = world;
  return world.appointments.map((appointment) => {
    const { id, bookingId, startsAt, endsAt, startDay, endDay, timeZone = "UTC" } = appointment;
    const { place = "personal", isForeign } = appointment;
    return {
      ...{ id, bookingId, startsAt, endsAt, startDay, endDay, timeZone },
      ownerId: isForeign ? colleagueId : host.id,
      projectId: place === "personal" ? null : projectIds[place],
      uid: `${id}@calends`,
      title: "Appointment",
      recurrence: recurrenceOf(appointment),
    };
  });
}

/** As the product does it, since that is asked about, too. */
async function expand(tx: Transaction, worlds: World[]): Promise<void> {
  const askedAt = new Map(
    worlds.flatMap(({ appointments, question }) => appointments.map(({ id }) => [id, question.now])),
  );
  const ids = [...askedAt.keys()];
  const rows = await tx
    .select()
    .from(appointments)
    .where(and(inArray(appointments.id, ids), isNotNull(appointments.recurrence)));
  for (const row of rows) await writeOccurrences(tx, row, askedAt.get(row.id) ?? new Date(0));
}

function eventTypesOf({ host, schedule, eventType, otherEventTypeId }: World) {
  const common = { hostId: host.id, scheduleId: schedule.id, title: "Meeting" };
  return [
    { ...common, ...eventType, slug: "asked" },
    { ...common, id: otherEventTypeId, slug: "other", durationMinutes: 30, slotIntervalMinutes: 30 },
  ];
}

function bookingsOf({ host, bookings }: World): typeof import("@/db/schema").bookings.$inferInsert[] {
  return bookings.map((booking) => ({
    ...booking,
    hostId: host.id,
    movedBy: booking.movesToStart && "host",
    cancelledBy: booking.status === "cancelled" ? "visitor" : null,
    declineReason: booking.status === "declined" ? "host" : null,
    visitorName: "Vera Visitor",
    visitorEmail: "vera@example.test",
    visitorTimeZone: "UTC",
    idempotencyKey: booking.id,
  }));
}
