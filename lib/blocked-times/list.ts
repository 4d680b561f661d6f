import { and, asc, eq, sql } from "drizzle-orm";
import { blockedTimes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type BlockedTime = typeof blockedTimes.$inferSelect;

/** The viewer's blocked times that are not over, the next first; the recurring ones before the others. */
export async function listBlockedTimes(viewer: Viewer, now: Date): Promise<BlockedTime[]> {
  const local = sql`${now.toISOString()}::timestamptz at time zone ${blockedTimes.timeZone}`;
  // An occurrence of the last date may go on for as long as the first one does.
  const lastEnd = sql`case when ${blockedTimes.weekdays} is null then ${blockedTimes.endsAt}
    else coalesce(${blockedTimes.untilDay} + 1 + (${blockedTimes.endsAt} - ${blockedTimes.startsAt}), 'infinity') end`;
  return asViewer(viewer, (tx) =>
    tx
      .select()
      .from(blockedTimes)
      .where(and(eq(blockedTimes.hostId, viewer.userId), sql`${lastEnd} > ${local}`))
      .orderBy(sql`${blockedTimes.weekdays} is null`, asc(blockedTimes.startsAt), asc(blockedTimes.title)),
  );
}
