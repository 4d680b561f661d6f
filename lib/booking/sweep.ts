import { and, eq, isNotNull, isNull, lte, or } from "drizzle-orm";
import { database } from "@/db/client";
import { bookings } from "@/db/schema";
import { log } from "@/lib/log";
import { settleUnread } from "./confirm";
import { refuse } from "./decide";
import { lockBooking } from "./lock";

// A confirm run with all its retries takes minutes.
const graceMs = 15 * 60_000;
const longestMs = 2 * 3_600_000;

/**
 * Ids of bookings whose check should run again: holds, and moves, that nobody decided. A hold that has waited too long
 * is settled as the host chose for calendars that cannot be read. What waits for the host is left to them until
 * it is too late to answer.
 */
export async function sweepPending(now: Date): Promise<string[]> {
  await withEach(await listExpired(now), (id) => expire(id, now));
  const unchecked = await listUnchecked(now);
  const idsOf = (isHopeless: boolean) =>
    unchecked.filter((row) => row.isHopeless === isHopeless).map((row) => row.id);
  await withEach(idsOf(true), (id) => settleUnread(id, now));
  return idsOf(false);
}

/** One that cannot be settled must not keep the others from their turn; the next sweep comes back to it. */
async function withEach(ids: string[], work: (id: string) => Promise<unknown>): Promise<void> {
  for (const bookingId of ids) {
    await work(bookingId).catch((err) =>
      log().error({ part: "sweep-bookings", bookingId, err }, "a booking could not be settled"),
    );
  }
}

/** Nobody answered in time: before the meeting began, or before it was over where it was to move. */
async function expire(bookingId: string, now: Date): Promise<void> {
  await database().transaction(async (tx) => {
    const booking = await lockBooking(tx, bookingId);
    const { status, waitsFor, startsAt, endsAt, movesToStart } = booking;
    if (!waitsFor) return;
    const isTooLate = status === "pending" ? startsAt <= now : endsAt <= now || (movesToStart ?? now) <= now;
    if (isTooLate) await refuse(tx, booking, { because: "expired" }, now);
  });
}

async function listExpired(now: Date): Promise<string[]> {
  const { id, status, startsAt, endsAt, movesToStart, waitsFor } = bookings;
  const rows = await database()
    .select({ id })
    .from(bookings)
    .where(
      and(
        isUndecided,
        isNotNull(waitsFor),
        or(
          and(eq(status, "pending"), lte(startsAt, now)),
          and(isNotNull(movesToStart), or(lte(endsAt, now), lte(movesToStart, now))),
        ),
      ),
    );
  return rows.map((row) => row.id);
}

async function listUnchecked(now: Date) {
  const { id, status, sequence, createdAt, waitsFor } = bookings;
  const since = new Date(now.getTime() - graceMs);
  const rows = await database()
    .select({ id, status, sequence, createdAt })
    .from(bookings)
    .where(and(isUndecided, isNull(waitsFor), lte(createdAt, since)));
  // Since it moved, its age says no more how long the check has been under way.
  const isHopeless = (row: (typeof rows)[number]) =>
    row.status === "pending" && row.sequence === 0 && now.getTime() - row.createdAt.getTime() > longestMs;
  return rows.map((row) => ({ id: row.id, isHopeless: isHopeless(row) }));
}

/** As the index bookings_undecided has it. */
const isUndecided = or(eq(bookings.status, "pending"), isNotNull(bookings.movesToStart));
