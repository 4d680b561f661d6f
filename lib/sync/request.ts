import { and, eq, not, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendars } from "@/db/schema";
import { sendEvent } from "@/inngest/client";

type Reason = "manual" | "connected" | "notified";

/**
 * Asks for a pull of a calendar that may be seen in `tx`, once it commits. Adds nothing to one that was asked for
 * within the last minute and has not begun; an older wish may have been lost.
 */
export async function requestPull(
  tx: Transaction,
  calendarId: string,
  reason: Reason,
  now: Date,
): Promise<void> {
  const asked = await tx
    .update(calendars)
    .set({ syncRequestedAt: now })
    .where(and(eq(calendars.id, calendarId), not(isPullAsked(now))))
    .returning({ isSubscribed: calendars.isSubscribed });
  // Feeds have a queue of their own, so that slow ones keep no calendar waiting.
  for (const { isSubscribed } of asked)
    await sendEvent(tx, {
      name: isSubscribed ? "subscription/refresh.requested" : "calendar/sync.requested",
      data: { calendarId, reason },
    });
}

/** A pull was asked for a moment ago and has not begun. A wish from the future is one of a clock that was wrong. */
export const isPullAsked = (now: Date) => sql<boolean>`coalesce(${calendars.syncRequestedAt}
  between ${now.toISOString()}::timestamptz - interval '1 minute' + interval '1 millisecond'
  and ${now.toISOString()}::timestamptz + interval '1 minute', false)`;
