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
  const rows = await tx.execute<{ starts_at: string; ends_at: string }>(sql`
    select starts_at, ends_at from get_available_slots(
      ${eventTypeId}::uuid, ${from.toISOString()}::timestamptz, ${to.toISOString()}::timestamptz,
      ${now.toISOString()}::timestamptz, ${durationMinutes ?? null}::integer, ${except ?? null}::uuid)`);
  return rows.map((row) => ({ startsAt: new Date(row.starts_at), endsAt: new Date(row.ends_at) }));
}
