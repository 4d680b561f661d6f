import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { database } from "@/db/client";
import {
  apiTokens,
  appointmentOccurrences,
  appointments,
  appointmentTargets,
  blockedTimes,
  bookings,
  calendarBindings,
  calendarObjects,
  calendarSubscriptions,
  eventTypes,
  localChanges,
  scheduleOverrides,
  schedules,
  syncChannels,
  syncedEvents,
  syncLogs,
} from "@/db/schema";
import { makeCalendar } from "./booking-page";
import { makeProject } from "./projects";
import { makeHost } from "./users";

const startsAt = new Date("2027-01-04T09:00:00Z");
const endsAt = new Date("2027-01-04T09:30:00Z");

/** A host with at least one row in every table that belongs to somebody. A new table gets its row here. */
export async function makeEverything() {
  const { user, viewer } = await makeHost();
  const hostId = user.id;
  const calendar = await makeCalendar(hostId);
  const bookingId = await makeBooking(hostId);
  const uid = `${bookingId}@calends`;
  const [appointment] = await database()
    .insert(appointments)
    .values({ ownerId: hostId, bookingId, uid, title: "Meeting", startsAt, endsAt, timeZone: "UTC" })
    .returning();
  await database()
    .insert(appointmentTargets)
    .values({ appointmentId: appointment?.id ?? "", calendarId: calendar.id, ownerId: hostId, uid });
  await makeSeries(hostId);
  await database().insert(calendarBindings).values({ hostId, calendarId: calendar.id, scope: "all_visible" });
  await database().insert(syncedEvents).values({
    calendarId: calendar.id,
    hostId,
    providerEventId: "event-1",
    occurrenceKey: "",
    uid: "event-1",
    title: "Dentist",
    startsAt,
    endsAt,
    status: "confirmed",
    transparency: "opaque",
  });
  await database().insert(syncChannels).values({
    id: randomUUID(),
    calendarId: calendar.id,
    hostId,
    secretHash: "none",
  });
  await database().insert(syncLogs).values({
    hostId,
    calendarId: calendar.id,
    connectionId: calendar.connectionId,
    operation: "pull",
    status: "ok",
    durationMs: 12,
    startedAt: startsAt,
  });
  await database().insert(blockedTimes).values({
    hostId,
    timeZone: "UTC",
    startsAt: "2027-01-05 12:00:00",
    endsAt: "2027-01-05 13:00:00",
  });
  await makeSubscribed(hostId, calendar.id);
  await database().insert(apiTokens).values({ userId: hostId, name: "Script", hash: randomUUID() });
  const [schedule] = await database().select().from(schedules).where(eq(schedules.hostId, hostId));
  await database()
    .insert(scheduleOverrides)
    .values({ hostId, scheduleId: schedule?.id ?? "", day: "2027-01-06" });
  const projectId = await makeProject({}, { [hostId]: "manager" });
  return { user, viewer, calendar, projectId };
}

/** What a subscription has besides its calendar, with one event that its host changed. */
async function makeSubscribed(hostId: string, calendarId: string): Promise<void> {
  const its = { hostId, calendarId };
  await database()
    .insert(calendarSubscriptions)
    .values({ ...its, refreshMinutes: 60 });
  await database()
    .insert(calendarObjects)
    .values({ ...its, id: "event-1", uid: "event-1", etag: "1", data: "" });
  await database()
    .insert(localChanges)
    .values({ ...its, providerEventId: "event-1" });
}

/** A personal appointment that is no booking's, and repeats. */
async function makeSeries(ownerId: string): Promise<void> {
  const [series] = await database()
    .insert(appointments)
    .values({
      ownerId,
      uid: `${randomUUID()}@calends`,
      title: "Every Monday",
      startsAt,
      endsAt,
      timeZone: "UTC",
      recurrence: { rule: "FREQ=WEEKLY", exceptions: [] },
    })
    .returning();
  await database()
    .insert(appointmentOccurrences)
    .values({
      appointmentId: series?.id ?? "",
      ownerId,
      occurrenceKey: startsAt.toISOString(),
      title: "Every Monday",
      startsAt,
      endsAt,
    });
}

async function makeBooking(hostId: string): Promise<string> {
  const [eventType] = await database().select().from(eventTypes).where(eq(eventTypes.hostId, hostId));
  const [booking] = await database()
    .insert(bookings)
    .values({
      hostId,
      eventTypeId: eventType?.id ?? "",
      startsAt,
      endsAt,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 0,
      status: "confirmed",
      visitorName: "Vera Visitor",
      visitorEmail: "vera@example.test",
      visitorTimeZone: "UTC",
      idempotencyKey: randomUUID(),
    })
    .returning();
  if (!booking) throw new Error("No booking was made.");
  return booking.id;
}
