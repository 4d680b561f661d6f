import { AppError } from "@/lib/errors";
import { listConflictCalendars } from "@/lib/sync/due";
import { pullCalendar } from "@/lib/sync/pull";
import { confirmBooking } from "./confirm";
import { getBookingHost } from "./host";

/**
 * Reads every calendar that blocks the host afresh, then decides the booking (SPEC A5). All in one go: a reading
 * that an earlier attempt made is too old for this one.
 * @throws AppError reconnect, rate_limited or unavailable when a calendar could not be read; the booking stays pending
 */
export async function checkBooking(bookingId: string, now: Date): Promise<string> {
  const ids = await listConflictCalendars(await getBookingHost(bookingId));
  await Promise.all(ids.map((id) => pullCalendar(id, now).catch(ignoreRemoved)));
  return confirmBooking(bookingId, now);
}

/** A calendar disconnected meanwhile blocks nobody any more; one that is gone at its server is still asked for. */
function ignoreRemoved(error: unknown): void {
  if (!(error instanceof AppError && error.code === "not_found")) throw error;
}
