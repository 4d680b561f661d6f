import { and, eq, gt, isNull, lt, not, or, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars, users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { BookingRow } from "./lock";
import type { Wanted } from "./wanted";

// Clocks of two servers differ a little; a reading further ahead is the mark of a wrong one.
const clockSkewMs = 5 * 60_000;

/** What stands in the way of a wanted time. */
export type Obstacle = {
  kind: "event" | "appointment" | "block" | "booking";
  title: string;
  calendar: string | null;
};

/** The first thing known, but the booking itself, that stands in the wanted time or its buffers; null: it is free. */
export async function findObstacle(
  tx: Transaction,
  booking: BookingRow,
  wanted: Pick<Wanted, "startsAt" | "endsAt">,
): Promise<Obstacle | null> {
  const [obstacle] = await tx.execute<Obstacle>(sql`
    select case when kind in ('hold', 'move') then 'booking' else kind end as kind, title, calendar
    from get_busy_items(${booking.hostId}::uuid, ${withBuffers(booking, wanted)}, ${booking.id}::uuid)
    order by starts_at limit 1`);
  return obstacle ?? null;
}

/** An obstacle, said to the host. */
export function describeObstacle({ kind, title, calendar }: Obstacle): string {
  if (kind === "event") return `Your calendar ${calendar} has “${title}” at that time.`;
  if (kind === "booking") return `You have another booking then, “${title}”.`;
  return `You are busy then: “${title}”.`;
}

/**
 * The name of a calendar that blocks the host and was not read since then; null when all were. Feeds, which are not read
 * for each booking, count once they close the booking pages (find_stale_calendar).
 */
export async function findUnread(
  tx: Transaction,
  hostId: string,
  { since, now }: { since: Date; now: Date },
): Promise<string | null> {
  const { lastSyncedAt, isSubscribed } = calendars;
  const feedSince = sql`${now.toISOString()}::timestamptz
    - make_interval(mins => get_patience_minutes(calendars, ${users.maxStalenessMinutes}))`;
  const [unread] = await tx
    .select({ name: calendars.name })
    .from(calendars)
    .innerJoin(users, eq(users.id, calendars.hostId))
    .where(
      and(
        eq(calendars.hostId, hostId),
        eq(calendars.checksConflicts, true),
        or(
          isNull(lastSyncedAt),
          and(not(isSubscribed), lt(lastSyncedAt, since)),
          and(isSubscribed, lt(lastSyncedAt, feedSince)),
          gt(lastSyncedAt, new Date(now.getTime() + clockSkewMs)),
        ),
      ),
    );
  return unread?.name ?? null;
}

/** The wanted time, widened as the booking will block it. */
function withBuffers(
  { bufferBeforeMinutes, bufferAfterMinutes }: BookingRow,
  { startsAt, endsAt }: Pick<Wanted, "startsAt" | "endsAt">,
) {
  return sql`tstzrange(
    ${startsAt.toISOString()}::timestamptz - ${bufferBeforeMinutes} * interval '1 minute',
    ${endsAt.toISOString()}::timestamptz + ${bufferAfterMinutes} * interval '1 minute')`;
}

export const justTaken = () =>
  new AppError("conflict", "This time was just taken. Please choose another one.", { field: "start" });
