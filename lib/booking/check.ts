import { AppError } from "@/lib/errors";
import { listConflictCalendars, listFeedsToRead } from "@/lib/sync/due";
import { pullCalendar } from "@/lib/sync/pull";
import { confirmBooking } from "./confirm";
import { type BookingRow, getBooking } from "./lock";

/**
 * Reads every calendar that blocks the host afresh, then decides the booking or its move (SPEC A5). All in one go: a
 * reading that an earlier attempt made is too old for this one.
 * @throws AppError reconnect, rate_limited or unavailable when a calendar could not be read; nothing is decided then
 */
export async function checkBooking(bookingId: string, now: Date): Promise<BookingRow["status"]> {
  const { hostId } = await getBooking(bookingId);
  const readings = await readConflictCalendars(hostId, now);
  const failed = readings.find((reading) => reading.status === "rejected");
  if (failed) throw failed.reason;
  return confirmBooking(bookingId, now);
}

/**
 * Reads every calendar that blocks the host; waits for all of them, whether they can be read or not. Feeds are read
 * along, but hold nothing up: one that cannot be read, or not soon, has said all it will (docs/decisions/008).
 */
export async function readConflictCalendars(
  hostId: string,
  now: Date,
  { longestFeedMs = 10_000 }: { longestFeedMs?: number } = {},
): Promise<PromiseSettledResult<void>[]> {
  const [ids, feeds] = await Promise.all([listConflictCalendars(hostId), listFeedsToRead(hostId, now)]);
  const feedsRead = Promise.allSettled(feeds.map((id) => pullCalendar(id, now)));
  const [readings] = await Promise.all([
    Promise.allSettled(ids.map((id) => pullCalendar(id, now).then(() => {}, ignoreRemoved))),
    atMost(longestFeedMs, feedsRead),
  ]);
  return readings;
}

/** Until `work` is done, or the time is over; it goes on then. */
async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}

/** A calendar disconnected meanwhile blocks nobody any more; one that is gone at its server is still asked for. */
function ignoreRemoved(error: unknown): void {
  if (!(error instanceof AppError && error.code === "not_found")) throw error;
}
