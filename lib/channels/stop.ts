import { and, eq, isNotNull, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { syncChannels } from "@/db/schema";
import type { CalendarProvider } from "@/lib/providers/provider";

/**
 * Marks the channels of a calendar that are to be stopped: all but the newest that is open, or all. One that was never
 * opened takes nobody's place.
 */
export async function replaceChannels(
  calendarId: string,
  { keepsOne }: { keepsOne: boolean },
  now: Date,
): Promise<void> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const others = sql`resource_id is not null and id <> (
    select id from sync_channels
    where calendar_id = ${calendarId} and replaced_at is null and expires_at > ${at}
    order by created_at desc, expires_at desc, id limit 1)`;
  await database().execute(sql`
    update sync_channels set replaced_at = ${at}
    where calendar_id = ${calendarId} and replaced_at is null and ${keepsOne ? others : sql`true`}`);
}

/** Stops them at the provider and forgets them. @returns how many */
export async function stopReplaced(
  calendarId: string,
  provider: CalendarProvider,
  now: Date,
): Promise<number> {
  const replaced = await database()
    .select({
      id: syncChannels.id,
      resourceId: syncChannels.resourceId,
      expiresAt: syncChannels.expiresAt,
    })
    .from(syncChannels)
    .where(and(eq(syncChannels.calendarId, calendarId), isNotNull(syncChannels.replacedAt)));
  let stopped = 0;
  for (const { id, resourceId, expiresAt } of replaced) {
    // Nobody knows how to stop this one, if there is one; its first word would say.
    if (resourceId === null) continue;
    const isOver = expiresAt !== null && expiresAt <= now;
    if (!isOver) await provider.unwatch?.({ id, resourceId });
    await database().delete(syncChannels).where(eq(syncChannels.id, id));
    stopped += 1;
  }
  return stopped;
}
