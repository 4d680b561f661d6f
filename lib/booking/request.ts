import { and, eq } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { sqlState, sqlStateOf } from "@/db/errors";
import { bookings, eventTypes, users } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { getAvailableSlots } from "@/lib/availability/slots";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { lockHost } from "@/lib/users/lock-host";
import { readAnswers } from "./answers";
import { chosenDuration } from "./duration";
import { justTaken } from "./free";
import type { BookingRow } from "./lock";
import { type BookingRequest, bookingRequest } from "./schema";
import { bookingToken } from "./token";

export type RequestedBooking = { token: string; status: BookingRow["status"] };
type EventTypeRow = typeof eventTypes.$inferSelect;

/**
 * Holds a free slot as a pending booking and queues its confirmation, both in one transaction. The same
 * idempotency key again gives the same booking.
 * @throws AppError invalid (naming the field), not_found (no such booking page) or conflict (just taken)
 */
export async function requestBooking(input: unknown, now: Date): Promise<RequestedBooking> {
  const request = parseInput(bookingRequest, input);
  const eventType = await getEventType(request);
  const booking =
    (await findRepeated(eventType, request)) ??
    (await hold(eventType.hostId, request, now).catch((error) => recover(error, eventType, request)));
  return { token: bookingToken(booking.id), status: booking.status };
}

async function getEventType(
  { host, eventType }: BookingRequest,
  tx: Pick<Transaction, "select"> = database(),
): Promise<EventTypeRow> {
  const [row] = await tx
    .select({ eventType: eventTypes })
    .from(eventTypes)
    .innerJoin(users, eq(users.id, eventTypes.hostId))
    .where(and(eq(users.handle, host), eq(eventTypes.slug, eventType)));
  if (!row) throw new AppError("not_found", "This booking page does not exist.");
  return row.eventType;
}

async function findRepeated(eventType: EventTypeRow, request: BookingRequest): Promise<BookingRow | null> {
  const [row] = await database()
    .select()
    .from(bookings)
    .where(and(eq(bookings.hostId, eventType.hostId), eq(bookings.idempotencyKey, request.idempotencyKey)));
  if (!row) return null;
  const { durationMinutes = eventType.durationMinutes, start, email } = request;
  const isSame =
    row.eventTypeId === eventType.id &&
    row.startsAt.getTime() === start.getTime() &&
    row.endsAt.getTime() === start.getTime() + durationMinutes * 60_000;
  if (isSame && row.visitorEmail === email) return row;
  throw new AppError("invalid", "This key was used for another booking.", { field: "idempotencyKey" });
}

async function hold(hostId: string, request: BookingRequest, now: Date): Promise<BookingRow> {
  return database().transaction(async (tx) => {
    await lockHost(tx, hostId);
    // Read again: whoever queued here may have waited for the host to save other buffers.
    const eventType = await getEventType(request, tx);
    const durationMinutes = chosenDuration(eventType, request.durationMinutes);
    const answers = readAnswers(eventType.questions, request.answers ?? {});
    if (eventType.locationKind === "visitor_phone" && !request.phone)
      throw new AppError("invalid", "Tell us the number to call.", { field: "phone" });
    const from = request.start;
    const to = new Date(from.getTime() + 1);
    const [slot] = await getAvailableSlots({ eventTypeId: eventType.id, from, to, now, durationMinutes }, tx);
    if (!slot) throw justTaken();
    const [booking] = await tx
      .insert(bookings)
      .values({
        hostId: eventType.hostId,
        eventTypeId: eventType.id,
        startsAt: slot.startsAt,
        endsAt: slot.endsAt,
        bufferBeforeMinutes: eventType.bufferBeforeMinutes,
        bufferAfterMinutes: eventType.bufferAfterMinutes,
        visitorName: request.name,
        visitorEmail: request.email,
        visitorPhone: request.phone || null,
        visitorNote: request.note || null,
        answers,
        ...(request.language && { visitorLanguage: request.language }),
        visitorTimeZone: request.timeZone,
        idempotencyKey: request.idempotencyKey,
      })
      .returning();
    if (!booking) throw new Error("The insert returned no booking.");
    const data = { bookingId: booking.id, start: booking.startsAt.toISOString() };
    await sendEvent(tx, { name: "booking/requested", data });
    return booking;
  });
}

/** A repeat that ran side by side with the first submit meets the unique key, or finds the slot gone to itself. */
async function recover(
  error: unknown,
  eventType: EventTypeRow,
  request: BookingRequest,
): Promise<BookingRow> {
  const repeated = await findRepeated(eventType, request);
  if (repeated) return repeated;
  if (sqlStateOf(error) === sqlState.exclusionViolation) throw justTaken();
  throw error;
}
