import { and, asc, desc, eq, gt, inArray, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { bookings, eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { hostBookingColumns } from "./columns";

export const bookingPeriods = ["upcoming", "past", "dropped"] as const;
/** `dropped` bookings were declined or cancelled; the others took or will take place. */
export type BookingPeriod = (typeof bookingPeriods)[number];
export type HostBooking = Awaited<ReturnType<typeof listBookings>>["bookings"][number];

/** The viewer's bookings: the next first, or the latest first when they are over. Pages count from 0. */
export async function listBookings(
  viewer: Viewer,
  { period, now, page = 0, size = 25 }: { period: BookingPeriod; now: Date; page?: number; size?: number },
) {
  const rows = await asViewer(viewer, (tx) =>
    select(tx)
      .where(and(eq(bookings.hostId, viewer.userId), belongsTo(period, now)))
      .orderBy(period === "upcoming" ? asc(bookings.startsAt) : desc(bookings.startsAt), asc(bookings.id))
      .offset(page * size)
      .limit(size + 1),
  );
  return { bookings: rows.slice(0, size), hasMore: rows.length > size };
}

/** What only the viewer can decide, the soonest first: bookings and moves that wait for their answer. */
export async function listWaitingBookings(viewer: Viewer, now: Date): Promise<HostBooking[]> {
  const asked = sql`coalesce(${bookings.movesToStart}, ${bookings.startsAt})`;
  return asViewer(viewer, (tx) =>
    select(tx)
      .where(
        and(eq(bookings.hostId, viewer.userId), isNotNull(bookings.waitsFor), gt(asked, now.toISOString())),
      )
      .orderBy(asked, asc(bookings.id)),
  );
}

function select(tx: Transaction) {
  return tx
    .select(hostBookingColumns)
    .from(bookings)
    .innerJoin(eventTypes, eq(eventTypes.id, bookings.eventTypeId))
    .$dynamic();
}

function belongsTo(period: BookingPeriod, now: Date): SQL | undefined {
  if (period === "dropped") return inArray(bookings.status, ["declined", "cancelled"]);
  const isOver = period === "past" ? lte(bookings.endsAt, now) : gt(bookings.endsAt, now);
  return and(inArray(bookings.status, ["pending", "confirmed"]), isOver);
}
