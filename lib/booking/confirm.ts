import { and, eq, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { appointments, appointmentTargets, bookings, calendars, eventTypes, users } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { AppError } from "@/lib/errors";
import { bookingUid } from "./ics";
import { lockHost } from "./request";

type BookingRow = typeof bookings.$inferSelect;

/**
 * Decides a pending booking against what is known now: confirmed when its time is still free, else declined.
 * Call it after a fresh pull of the host's conflict calendars. A booking that is decided already stays as it is.
 */
export async function confirmBooking(bookingId: string, now: Date): Promise<BookingRow["status"]> {
  return database().transaction(async (tx) => {
    const booking = await lockBooking(tx, bookingId);
    if (booking.status !== "pending") return booking.status;
    if (await isTimeTaken(tx, booking)) return decide(tx, booking, now, "conflict");
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
    select get_busy_times(${hostId}::uuid, ${blocked}::tstzrange, ${id}::uuid) && ${blocked}::tstzrange as taken`);
  return row?.taken ?? true;
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
  const uid = bookingUid(booking.id);
  const [appointment] = await tx
    .insert(appointments)
    .values({
      ownerId: booking.hostId,
      bookingId: booking.id,
      uid,
      title: `${source.title}: ${booking.visitorName}`,
      description: describeVisitor(booking),
      location: source.location,
      startsAt: booking.startsAt,
      endsAt: booking.endsAt,
      timeZone: source.timeZone,
    })
    .returning();
  const [destination] = await tx
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.hostId, booking.hostId), eq(calendars.isDestination, true)));
  if (!appointment || !destination) return;
  await tx
    .insert(appointmentTargets)
    .values({ appointmentId: appointment.id, calendarId: destination.id, ownerId: booking.hostId, uid });
}

function describeVisitor({ visitorName, visitorEmail, visitorNote }: BookingRow): string {
  return [`${visitorName} <${visitorEmail}>`, visitorNote].filter(Boolean).join("\n\n");
}
