import { and, eq, isNull, lt, or, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { appointments, bookings, calendars, eventTypes, users } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { AppError } from "@/lib/errors";
import { addTarget } from "@/lib/mirror/targets";
import { lockHost } from "@/lib/users/lock-host";
import { bookingUid } from "./ics";

type BookingRow = typeof bookings.$inferSelect;

/**
 * Decides a pending booking against what is known now: confirmed when its time is still free, else declined.
 * A booking that is decided already stays as it is.
 * @param now every calendar that blocks the host must have been read since then
 * @throws AppError unavailable when one was not; the booking stays pending
 */
export async function confirmBooking(bookingId: string, now: Date): Promise<BookingRow["status"]> {
  return database().transaction(async (tx) => {
    const booking = await lockBooking(tx, bookingId);
    if (booking.status !== "pending") return booking.status;
    if (booking.startsAt <= now) return decide(tx, booking, now, "unavailable");
    if (await isTimeTaken(tx, booking)) return decide(tx, booking, now, "conflict");
    await requireRead(tx, booking, now);
    await decide(tx, booking, now, null);
    await addAppointment(tx, booking);
    await sendEvent(tx, { name: "booking/confirmed", data: { bookingId } });
    return "confirmed";
  });
}

/** Gives the slot back when the confirmation cannot be carried out. Only a pending booking changes. */
export async function declineBooking(bookingId: string, now: Date): Promise<void> {
  await database().transaction(async (tx) => {
    const booking = await lockBooking(tx, bookingId);
    if (booking.status === "pending") await decide(tx, booking, now, "unavailable");
  });
}

async function lockBooking(tx: Transaction, bookingId: string): Promise<BookingRow> {
  const find = () => tx.select().from(bookings).where(eq(bookings.id, bookingId));
  const [seen] = await find();
  if (!seen) throw new AppError("not_found", "This booking does not exist.");
  await lockHost(tx, seen.hostId);
  const [booking] = await find();
  return booking ?? seen;
}

async function isTimeTaken(tx: Transaction, { id, hostId, blocked }: BookingRow): Promise<boolean> {
  const [row] = await tx.execute<{ taken: boolean }>(sql`
    select get_busy_times(${hostId}::uuid, range_merge(${blocked}::tstzmultirange), ${id}::uuid)
      && ${blocked}::tstzmultirange as taken`);
  return row?.taken ?? true;
}

/** A calendar may have been ticked, or its pull overtaken, since the run listed what to read. */
async function requireRead(tx: Transaction, { hostId }: BookingRow, since: Date): Promise<void> {
  const [unread] = await tx
    .select({ name: calendars.name })
    .from(calendars)
    .where(
      and(
        eq(calendars.hostId, hostId),
        eq(calendars.checksConflicts, true),
        or(isNull(calendars.lastSyncedAt), lt(calendars.lastSyncedAt, since)),
      ),
    );
  if (unread) throw new AppError("unavailable", `The calendar ${unread.name} could not be read just now.`);
}

async function decide(
  tx: Transaction,
  { id }: BookingRow,
  now: Date,
  declineReason: BookingRow["declineReason"],
): Promise<BookingRow["status"]> {
  const status = declineReason ? "declined" : "confirmed";
  await tx.update(bookings).set({ status, declineReason, decidedAt: now }).where(eq(bookings.id, id));
  return status;
}

/** A confirmed booking owns an appointment, which is mirrored into the host's destination calendar (DESIGN 6). */
async function addAppointment(tx: Transaction, booking: BookingRow): Promise<void> {
  const [source] = await tx
    .select({ title: eventTypes.title, location: eventTypes.location, timeZone: users.timeZone })
    .from(eventTypes)
    .innerJoin(users, eq(users.id, eventTypes.hostId))
    .where(eq(eventTypes.id, booking.eventTypeId));
  if (!source) throw new Error(`Booking ${booking.id} has no event type.`);
  const [appointment] = await tx
    .insert(appointments)
    .values({
      ownerId: booking.hostId,
      bookingId: booking.id,
      uid: bookingUid(booking.id),
      title: `${source.title}: ${booking.visitorName}`,
      description: describeVisitor(booking),
      location: source.location,
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      timeZone: source.timeZone,
    })
    .returning();
  if (appointment) await addTarget(tx, appointment);
}

function describeVisitor({ visitorName, visitorEmail, visitorNote }: BookingRow): string {
  return [`${visitorName} <${visitorEmail}>`, visitorNote].filter(Boolean).join("\n\n");
}
