import { and, desc, eq, isNull, ne, notExists, or, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointmentTargets, calendars, syncedEvents } from "@/db/schema";
import { isRead } from "@/lib/channels/health";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import type { Target } from "@/lib/mirror/copy";
import type { RemoteCopy } from "@/lib/providers/provider";
import { pullCalendar } from "./pull";

export type Located = { calendarId: string; copy: RemoteCopy };

/**
 * A copy as it is at this moment: where it was, or where a put left it whose answer was lost; when it is not there any
 * more, wherever a fresh reading of the host's calendars has its UID. Null when it is nowhere.
 * @throws AppError also when a calendar it may have gone to cannot be read just now
 */
export async function locateCopy(target: Target, now: Date): Promise<Located | null> {
  const { calendarId } = target;
  const remoteId = target.remoteId ?? (await findNewId(target));
  if (remoteId !== null) {
    const copy = await getCopy(calendarId, remoteId);
    if (copy) return { calendarId, copy };
  }
  const place = await findPlace(target, now);
  const copy = place && (await getCopy(place.calendarId, place.remoteId).catch(failElsewhere));
  return copy ? { calendarId: place.calendarId, copy } : null;
}

/** Readings know nothing of what takes place long ago, or in years. */
async function findNewId({ calendarId, uid, pushedHash }: Target): Promise<string | null> {
  if (pushedHash === null) return null;
  const { calendar, provider } = await openCalendar(calendarId);
  return provider.findNewId(calendar.remoteId, uid);
}

/** One event as it is at this moment; null when it is gone. */
export async function getCopy(calendarId: string, remoteId: string): Promise<RemoteCopy | null> {
  const { calendar, provider, timeZone } = await openCalendar(calendarId);
  const copy = await provider.getEvent(calendar.remoteId, remoteId, timeZone);
  // What repeats and names no zone is on the host's clock, like all that floats.
  return copy?.recurrence ? { ...copy, timeZone: copy.timeZone ?? timeZone } : copy;
}

/** That another account is locked says nothing of the one whose run this is. */
export function failElsewhere(error: unknown): never {
  if (!(error instanceof AppError && error.code === "reconnect")) throw error;
  throw new AppError("unavailable", error.message, { cause: error });
}

async function findPlace(target: Target, now: Date) {
  // One that vanished with most others of its calendar is put back anyway, unless that reading has it at another address.
  if (!target.vanishedInBulk) await readAll(target, now);
  // One that somebody made repeat is the series, not an occurrence of it.
  const remoteId = sql<string>`coalesce(${syncedEvents.seriesId}, ${syncedEvents.providerEventId})`;
  const [place] = await database()
    .select({ calendarId: syncedEvents.calendarId, remoteId })
    .from(syncedEvents)
    .where(
      and(
        eq(syncedEvents.hostId, target.ownerId),
        eq(syncedEvents.uid, target.uid),
        ne(syncedEvents.status, "cancelled"),
        or(ne(syncedEvents.calendarId, target.calendarId), ne(remoteId, target.remoteId ?? "")),
        notExists(findOther(target)),
      ),
    )
    .orderBy(desc(eq(syncedEvents.calendarId, target.calendarId)))
    .limit(1);
  return place ?? null;
}

/** Another copy of the same that is to stay in that calendar: what lies there is that one. */
function findOther({ id, uid }: Target) {
  return database()
    .select({ id: appointmentTargets.id })
    .from(appointmentTargets)
    .where(
      and(
        eq(appointmentTargets.calendarId, syncedEvents.calendarId),
        eq(appointmentTargets.uid, uid),
        ne(appointmentTargets.id, id),
        isNull(appointmentTargets.removedAt),
      ),
    );
}

// Whoever takes an event elsewhere in two steps has done both by then.
const freshMs = 60_000;

/** Another calendar that stays closed, or one that is gone, is left out; for the rest it is worth waiting. */
async function readAll(target: Target, now: Date): Promise<void> {
  const ids = await listUnread(target, now);
  const readings = await Promise.allSettled(ids.map((id) => pullCalendar(id, now)));
  ids.forEach((id, n) => {
    const reading = readings[n];
    const closed = id === target.calendarId ? ["not_found"] : ["reconnect", "not_found", "forbidden"];
    if (reading?.status === "rejected" && !isOneOf(reading.reason, closed)) throw reading.reason;
  });
}

/** Where many copies went at once, one reading is enough for all: what was read since, a moment ago, is not read again. */
async function listUnread({ ownerId, calendarId, divergedAt }: Target, now: Date): Promise<string[]> {
  const rows = await database()
    .select({ id: calendars.id, readAt: calendars.lastSyncedAt })
    .from(calendars)
    .where(and(eq(calendars.hostId, ownerId), or(isRead, eq(calendars.id, calendarId))));
  const isFresh = (readAt: Date | null) =>
    divergedAt !== null &&
    readAt !== null &&
    readAt > divergedAt &&
    readAt <= now &&
    readAt.getTime() > now.getTime() - freshMs;
  return rows.flatMap(({ id, readAt }) => (isFresh(readAt) ? [] : [id]));
}

const isOneOf = (error: unknown, codes: string[]) => error instanceof AppError && codes.includes(error.code);
