import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import type { FeedFacts } from "@/lib/providers/provider";

/**
 * Notes what a feed says of itself, where that is not what it said before. Null: it is what it was. Either way it is
 * not doubted any more. Name and colour stay what its host made them.
 */
export async function keepFacts(tx: Transaction, calendarId: string, facts: FeedFacts | null): Promise<void> {
  if (!facts) {
    await tx.execute(sql`
      update calendar_subscriptions set shrunk_to = null
      where calendar_id = ${calendarId}::uuid and shrunk_to is not null`);
    return;
  }
  const said = sql`(${facts.refreshMinutes}::integer, ${facts.eventCount}::integer, ${facts.skippedCount}::integer,
    ${JSON.stringify(facts.skipped)}::text::jsonb, null::integer)`;
  await tx.execute(sql`
    update calendar_subscriptions
    set (feed_minutes, event_count, skipped_count, skipped, shrunk_to) = ${said}
    where calendar_id = ${calendarId}::uuid
      and (feed_minutes, event_count, skipped_count, skipped, shrunk_to) is distinct from ${said}`);
}
