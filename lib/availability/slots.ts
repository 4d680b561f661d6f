import { sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";

export type Slot = { startsAt: Date; endsAt: Date };

export type SlotQuestion = {
  eventTypeId: string;
  from: Date;
  to: Date;
  now: Date;
  /** One of the event type's lengths; the one offered first when left out. */
  durationMinutes?: number | undefined;
  /** A booking that is to move: it neither blocks nor counts towards limits. */
  except?: string | undefined;
};

/** Free slots of an event type that start in [from, to), as the one SQL function decides (DESIGN 8). */
export async function getAvailableSlots(
  { eventTypeId, from, to, now, durationMinutes, except }: SlotQuestion,
  tx: Pick<Transaction, "execute"> = database(),
): Promise<Slot[]> {
  // One row of seconds: a month has a thousand slots, and a row each costs the driver more than the answer the database.
  const [row] = await tx.execute<{ starts: number[] | null; ends: number[] | null }>(sql`
    select array_agg(extract(epoch from starts_at)::float8 order by starts_at) as starts,
      array_agg(extract(epoch from ends_at)::float8 order by starts_at) as ends
    from get_available_slots(
      ${eventTypeId}::uuid, ${from.toISOString()}::timestamptz, ${to.toISOString()}::timestamptz,
      ${now.toISOString()}::timestamptz, ${durationMinutes ?? null}::integer, ${except ?? null}::uuid)`);
  const ends = row?.ends ?? [];
  return (row?.starts ?? []).map((start, n) => ({ startsAt: instant(start), endsAt: instant(ends[n]) }));
}

const instant = (seconds = Number.NaN) => new Date(seconds * 1000);
