import type { PgTable } from "drizzle-orm/pg-core";
import type { Transaction } from "@/db/client";
import {
  appointments,
  appointmentTargets,
  blockedTimes,
  bookings,
  calendarConnections,
  calendars,
  eventTypes,
  scheduleOverrides,
  scheduleRules,
  schedules,
  syncedEvents,
  users,
} from "@/db/schema";
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
  await fill(appointments, ({ host, appointments }) =>
    appointments.map((appointment) => ({
      ...appointment,
      ownerId: host.id,
      uid: `${appointment.id}@calends`,
      title: "Appointment",
      timeZone: "UTC",
    })),
  );
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
    calendars.map((calendar) => ({
      ...calendar,
      hostId: host.id,
      connectionId: host.id,
      remoteId: calendar.id,
      name: "Work",
    })),
  );
  await fill(appointmentTargets, ({ host, targets }) =>
    targets.map((target) => ({ ...target, ownerId: host.id })),
  );
  await fill(syncedEvents, ({ host, events }) =>
    events.map((event) => ({ ...event, hostId: host.id, title: "Busy" })),
  );
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
