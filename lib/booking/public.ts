import { and, asc, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { eventTypes, schedules, users } from "@/db/schema";

const hostColumns = { name: users.name, handle: users.handle, timeZone: users.timeZone };
const eventTypeColumns = {
  id: eventTypes.id,
  slug: eventTypes.slug,
  title: eventTypes.title,
  description: eventTypes.description,
  locationKind: eventTypes.locationKind,
  // A meeting's link and the host's number are for those who booked.
  location: sql<
    string | null
  >`case when ${eventTypes.locationKind} in ('address', 'other') then ${eventTypes.location} end`,
  color: eventTypes.color,
  durationMinutes: eventTypes.durationMinutes,
  otherDurations: eventTypes.otherDurations,
  slotIntervalMinutes: eventTypes.slotIntervalMinutes,
  minimumNoticeMinutes: eventTypes.minimumNoticeMinutes,
  bookingWindowKind: eventTypes.bookingWindowKind,
  bookingWindowDays: eventTypes.bookingWindowDays,
  windowFirstDay: eventTypes.windowFirstDay,
  windowLastDay: eventTypes.windowLastDay,
  requiresApproval: eventTypes.requiresApproval,
  questions: eventTypes.questions,
  /** The zone of its working hours, which its days are counted in. */
  timeZone: sql<string>`coalesce(${schedules.timeZone}, ${users.timeZone})`,
};

/** What anybody may know of a host and an event type. */
export type BookingPage = NonNullable<Awaited<ReturnType<typeof findBookingPage>>>;

/** The booking page `/book/{handle}/{slug}`; hidden event types are found by who knows their address. */
export async function findBookingPage(handle: string, slug: string) {
  if (!isName(handle) || !isName(slug)) return null;
  const [row] = await database()
    .select({ host: hostColumns, eventType: eventTypeColumns })
    .from(eventTypes)
    .innerJoin(users, eq(users.id, eventTypes.hostId))
    .innerJoin(schedules, eq(schedules.id, eventTypes.scheduleId))
    .where(and(eq(users.handle, handle), eq(eventTypes.slug, slug)));
  return row ? { ...row, host: { ...row.host, handle } } : null;
}

/** The host's page `/book/{handle}` with every event type that is not hidden; null when there is no such host. */
export async function listBookingPages(handle: string) {
  if (!isName(handle)) return null;
  const [host] = await database()
    .select({ id: users.id, ...hostColumns })
    .from(users)
    .where(eq(users.handle, handle));
  if (!host) return null;
  const rows = await database()
    .select(eventTypeColumns)
    .from(eventTypes)
    .innerJoin(users, eq(users.id, eventTypes.hostId))
    .innerJoin(schedules, eq(schedules.id, eventTypes.scheduleId))
    .where(and(eq(eventTypes.hostId, host.id), eq(eventTypes.isHidden, false)))
    .orderBy(asc(eventTypes.durationMinutes), asc(eventTypes.title));
  return { host: { name: host.name, handle, timeZone: host.timeZone }, eventTypes: rows };
}

/** Addresses come from anybody; the table holds nothing else (users_handle_form, event_types_slug_form). */
const isName = (text: string) => /^[a-z0-9-]{1,60}$/.test(text);
