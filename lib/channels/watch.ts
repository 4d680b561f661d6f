import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendars, syncChannels } from "@/db/schema";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import { PushUnsupported } from "@/lib/providers";
import type { CalendarProvider } from "@/lib/providers/provider";
import { type Counts, logRun, noChange } from "@/lib/sync/log";
import { callbackOf } from "./callback";
import { findNeeds } from "./needs";
import { hashSecret, makeSecret } from "./secret";
import { replaceChannels, stopReplaced } from "./stop";

/**
 * Brings the channels of one calendar to what they should be: a new one where it wants one and has none that lasts, and
 * only then an end to the others. One at a time per calendar.
 * @throws AppError from the provider, as the sync log says then
 */
export async function watchCalendar(calendarId: string, now: Date): Promise<Counts> {
  const needs = await findNeeds(calendarId, now);
  if (!needs) return noChange;
  const callback = callbackOf(needs.provider);
  const { counts } = await logRun(calendarId, "watch", now, async () => {
    const { calendar, provider } = await openCalendar(calendarId);
    const address = needs.wantsChannel && !needs.isServed && callback.ok ? callback.address : null;
    const isOpened = address !== null && (await openChannel({ calendar, provider, address }, now));
    await replaceChannels(calendarId, { keepsOne: needs.wantsChannel }, now);
    const stopped = await stopReplaced(calendarId, provider, now);
    return { counts: { ...noChange, created: Number(isOpened), deleted: stopped } };
  });
  return counts;
}

type Opening = {
  calendar: typeof calendars.$inferSelect;
  provider: CalendarProvider;
  address: string;
};

/** @returns false when there is none for good */
async function openChannel({ calendar, provider, address }: Opening, now: Date): Promise<boolean> {
  const channel = { id: randomUUID(), secret: makeSecret(), address };
  // Before the provider is asked: its first notification may overtake the answer, or be all that is left of it.
  await addRow(calendar.id, channel, now);
  const opened = await provider.watch?.(calendar.remoteId, channel).catch(async (error) => {
    await settleFailure(channel.id, error, now);
    if (!(error instanceof PushUnsupported)) throw error;
    await database()
      .update(calendars)
      .set({ pushRefusal: error.message })
      .where(eq(calendars.id, calendar.id));
  });
  if (!opened) return false;
  const kept = await database()
    .update(syncChannels)
    .set(opened)
    .where(eq(syncChannels.id, channel.id))
    .returning({ id: syncChannels.id });
  if (kept.length > 0) return true;
  // The account was disconnected meanwhile, and nobody else knows of this one.
  await provider.unwatch?.({ id: channel.id, resourceId: opened.resourceId });
  return false;
}

async function addRow(calendarId: string, { id, secret }: { id: string; secret: string }, now: Date) {
  const added = await database().execute(sql`
    insert into sync_channels (id, calendar_id, host_id, secret_hash, created_at)
    select ${id}, id, host_id, ${hashSecret(secret)}, ${now.toISOString()}::timestamptz
    from calendars where id = ${calendarId} for key share`);
  if (added.count === 0) throw new AppError("not_found", "This calendar does not exist any more.");
}

const plainRefusals = ["reconnect", "forbidden", "not_found"];

/** Unless it was plainly refused, a channel may be there in spite of the error; then its first word says how to stop it. */
async function settleFailure(channelId: string, error: unknown, now: Date): Promise<void> {
  const isRefused =
    error instanceof PushUnsupported || (error instanceof AppError && plainRefusals.includes(error.code));
  const row = eq(syncChannels.id, channelId);
  if (isRefused) await database().delete(syncChannels).where(row);
  else await database().update(syncChannels).set({ replacedAt: now }).where(row);
}
