import { and, eq, isNotNull } from "drizzle-orm";
import { database } from "@/db/client";
import { calendars } from "@/db/schema";
import { noteUntold } from "@/lib/channels/untold";
import { openCalendar } from "@/lib/connections/open";
import { AppError } from "@/lib/errors";
import type { SyncWindow } from "@/lib/providers/provider";
import { findKnown, noteDoubt } from "@/lib/subscriptions/doubt";
import { planDoubt } from "@/lib/subscriptions/plan-doubt";
import { applyChanges } from "./apply";
import { nextPollAt } from "./due";
import { noteFailure } from "./failure";
import { findKnownCopies } from "./known-copies";
import { type Counts, logRun, noChange } from "./log";
import { type ChangePlan, planChanges } from "./plan";
import { isElsewhere, type Read } from "./still";

type Calendar = typeof calendars.$inferSelect;

const baselineEveryMs = 7 * 24 * 3_600_000;
const attempts = 6;

/**
 * Brings our copy of one calendar up to date: pages first, then one transaction (DESIGN 10). `now` is when the
 * pull began; after success the copy is at least as new as that.
 * @throws AppError from the provider, after noting it on the calendar; the last good copy stays
 */
export async function pullCalendar(calendarId: string, now: Date): Promise<Counts> {
  const begun: Begun = { read: null };
  try {
    const { counts } = await logRun(calendarId, "pull", now, () => pullOnce(calendarId, now, begun));
    return counts;
  } catch (error) {
    await noteFailure(calendarId, now, error, begun.read);
    throw error;
  }
}

/** What a pull last set out from; null before it could. */
type Begun = { read: Read | null };

type Done = { counts: Counts; isNews: boolean };
type Opened = Awaited<ReturnType<typeof openCalendar>>;

/**
 * A plan that another pull overtook is thrown away and made again, because it may have read less than that one
 * did; unless that one began after us and so did our work.
 */
async function pullOnce(calendarId: string, now: Date, begun: Begun): Promise<Done> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    await noteBegun(calendarId);
    const opened = await openCalendar(calendarId);
    begun.read = opened;
    const { isSubscribed, lastSyncedAt } = opened.calendar;
    if (attempt > 0 && lastSyncedAt && lastSyncedAt >= now)
      return { counts: noChange, isNews: !isSubscribed };
    const done = await readChanges(opened, now).catch(async (error) => {
      // What was wrong at the old address is nobody's business any more.
      if (await isElsewhere(opened)) return null;
      throw error;
    });
    if (done) return done;
  }
  throw new AppError("unavailable", "Other syncs of this calendar kept getting in between.");
}

/** Null when what was read is out of date. */
async function readChanges({ provider, timeZone, ...read }: Opened, now: Date): Promise<Done | null> {
  const { calendar } = read;
  const isBaseline = calendar.baselineDueAt === null || calendar.baselineDueAt <= now;
  const window = windowAt(now, timeZone);
  const cursor = isBaseline ? null : calendar.cursor;
  const isKnown = await findKnownCopies(calendar.id);
  const known = await findKnown(calendar);
  const pages = provider.pullChanges(calendar.remoteId, cursor, window, isKnown);
  const plan = await planChanges(pages, isBaseline, calendar.unreadable);
  const doubt = planDoubt(known, plan.feed);
  if (doubt) {
    await noteDoubt(read, doubt);
    return null;
  }
  const counts = await applyChanges(read, plan, outcomeOf(calendar, plan, window, now));
  if (!counts) return null;
  if (!plan.isWhole && counts.created + counts.updated + counts.deleted > 0) await noteUntold(calendar, now);
  return { counts, isNews: isNews(calendar, plan) };
}

/** A feed is read all day long, and nearly always is what it was: the log has no row of that. */
function isNews(
  { isSubscribed, errorCount }: Calendar,
  { changed, deletedIds, isWhole }: ChangePlan,
): boolean {
  return !isSubscribed || errorCount > 0 || isWhole || changed.size + deletedIds.length > 0;
}

/** Whoever asks from here on may know of something this pull does not read any more. */
async function noteBegun(calendarId: string): Promise<void> {
  await database()
    .update(calendars)
    .set({ syncRequestedAt: null })
    .where(and(eq(calendars.id, calendarId), isNotNull(calendars.syncRequestedAt)));
}

/** About −1 … +18 months, so that every booking window lies inside (DESIGN 11). */
function windowAt(now: Date, timeZone: string): SyncWindow {
  return { start: addDays(now, -31), end: addDays(now, 550), timeZone };
}

const addDays = (instant: Date, days: number) => new Date(instant.getTime() + days * 86_400_000);

/** After a reset the whole window was read anew; the next one is due in about a week, spread by the calendar's id. */
function outcomeOf(calendar: Calendar, plan: ChangePlan, window: SyncWindow, now: Date) {
  const baseline = plan.isWhole && {
    windowStart: window.start,
    windowEnd: window.end,
    baselineDueAt: new Date(now.getTime() + baselineEveryMs * (0.75 + 0.5 * fractionOf(calendar.id))),
  };
  return { ...baseline, lastSyncedAt: now, nextSyncAt: nextPollAt(now) };
}

const fractionOf = (id: string) => Number.parseInt(id.slice(0, 8), 16) / 0xffff_ffff;
