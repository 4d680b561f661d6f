import { randomUUID } from "node:crypto";
import { database } from "@/db/client";
import { calendarConnections, calendars, eventTypes, scheduleRules, schedules, users } from "@/db/schema";

/** `[weekday, from, to]` with ISO weekdays and "HH:MM" wall-clock times; "24:00" ends a day. */
export type Hours = [weekday: number, from: string, to: string][];

type Options = {
  timeZone?: string;
  hours?: Hours;
  eventType?: Partial<typeof eventTypes.$inferInsert>;
};

export const everyDay = (from: string, to: string): Hours =>
  [1, 2, 3, 4, 5, 6, 7].map((day) => [day, from, to]);

/** A host of their own with weekly hours and one event type: everything a booking page needs. */
export async function makeBookingPage({
  timeZone = "UTC",
  hours = everyDay("09:00", "17:00"),
  eventType,
}: Options = {}) {
  const handle = `host-${randomUUID().slice(0, 8)}`;
  const [host] = await database()
    .insert(users)
    .values({ email: `${handle}@example.test`, name: "Hanna Host", passwordHash: "none", handle, timeZone })
    .returning();
  const hostId = host?.id ?? "";
  const [schedule] = await database()
    .insert(schedules)
    .values({ hostId, name: "Hours", isDefault: true })
    .returning();
  const scheduleId = schedule?.id ?? "";
  if (hours.length > 0)
    await database()
      .insert(scheduleRules)
      .values(hours.map((rule) => ruleOf(rule, scheduleId, hostId)));
  const makeEventType = async (values: Partial<typeof eventTypes.$inferInsert> = {}) => {
    const [row] = await database()
      .insert(eventTypes)
      .values({
        hostId,
        scheduleId,
        slug: `meet-${randomUUID().slice(0, 8)}`,
        title: "Meeting",
        durationMinutes: 30,
        slotIntervalMinutes: 30,
        bookingWindowDays: 400,
        ...values,
      })
      .returning();
    if (!row) throw new Error("No event type was made.");
    return row;
  };
  return { hostId, handle, scheduleId, makeEventType, eventType: await makeEventType(eventType) };
}

function ruleOf([weekday, from, to]: Hours[number], scheduleId: string, hostId: string) {
  return { scheduleId, hostId, weekday, startMinute: minutes(from), endMinute: minutes(to) };
}

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return hour * 60 + minute;
}

/** A calendar that blocks bookings and was read just now, on a connection that leads nowhere. */
export async function makeCalendar(hostId: string, values: Partial<typeof calendars.$inferInsert> = {}) {
  const connectionId = randomUUID();
  await database().insert(calendarConnections).values({
    id: connectionId,
    hostId,
    provider: "fake",
    serverUrl: "https://calendar.example.test/",
    account: connectionId,
    credentials: "none",
  });
  const [row] = await database()
    .insert(calendars)
    .values({
      connectionId,
      hostId,
      remoteId: `https://calendar.example.test/${connectionId}/`,
      name: "Work",
      checksConflicts: true,
      lastSyncedAt: new Date(),
      ...values,
    })
    .returning();
  if (!row) throw new Error("No calendar was made.");
  return row;
}
