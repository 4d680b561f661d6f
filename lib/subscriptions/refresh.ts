import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { consume, type Limit } from "@/lib/rate-limit/limit";
import { requestPull } from "@/lib/sync/request";
import { getCalendarId, getSubscription } from "./get";
import type { Subscription } from "./view";

// Of one feed: its server is somebody else's.
const refreshes: Limit = { name: "feed-refresh", points: 30, seconds: 600 };

/**
 * Asks for a refresh now; one that was given up is tried again, its failures forgotten.
 * @throws AppError not_found; rate_limited
 */
export async function refreshSubscription(viewer: Viewer, id: string, now: Date): Promise<Subscription> {
  const calendarId = await asViewer(viewer, (tx) => getCalendarId(tx, id));
  await consume(refreshes, calendarId);
  await asViewer(viewer, async (tx) => {
    await beginAnew(tx, calendarId, now);
    await requestPull(tx, calendarId, "manual", now);
  });
  return getSubscription(viewer, id);
}

/**
 * Enables a feed, forgets what went wrong, and makes it due: a refresh that is asked for and lost is then asked for again
 * by the next poll that finds it waiting for too long, however rarely the feed is read otherwise.
 */
export async function beginAnew(tx: Transaction, calendarId: string, now: Date): Promise<void> {
  // What was asked for before it was given up went by.
  await tx
    .update(calendars)
    .set({ isEnabled: true, syncRequestedAt: null })
    .where(and(eq(calendars.id, calendarId), eq(calendars.isEnabled, false)));
  await tx
    .update(calendars)
    .set({ errorCount: 0, lastError: null, failingSince: null, nextSyncAt: now })
    .where(eq(calendars.id, calendarId));
}
