import { isDeepStrictEqual } from "node:util";
import { eq, type SQL, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { againAfterDeadlock } from "@/db/errors";
import { calendars } from "@/db/schema";
import { noteCalendarRecovery } from "@/lib/notices/calendar";
import { keepFacts } from "@/lib/subscriptions/facts";
import { followMove } from "@/lib/subscriptions/moved";
import { lockHost } from "@/lib/users/lock-host";
import { markDiverged } from "./diverged";
import type { Counts } from "./log";
import { findObjects, writeObjects } from "./objects";
import type { ChangePlan } from "./plan";
import { forgetKnown, removeGone, writeChanged } from "./rows";
import { listCopies, seenOf } from "./seen";
import { lockStill, type Read } from "./still";

type Calendar = Read["calendar"];
type Unreadable = ChangePlan["unreadable"];
type Outcome = Pick<typeof calendars.$inferInsert, "windowStart" | "windowEnd" | "baselineDueAt"> & {
  lastSyncedAt: Date;
  nextSyncAt: SQL;
};

/**
 * Applies a plan in one transaction, cursor and rows together (DESIGN 10). Returns null and changes nothing
 * when the plan is out of date.
 */
export function applyChanges(read: Read, plan: ChangePlan, outcome: Outcome): Promise<Counts | null> {
  return againAfterDeadlock(() => database().transaction((tx) => apply(tx, read, plan, outcome)));
}

async function apply(
  tx: Transaction,
  read: Read,
  plan: ChangePlan,
  outcome: Outcome,
): Promise<Counts | null> {
  const { calendar } = read;
  if (plan.movedTo !== null) await lockHost(tx, calendar.hostId);
  const current = await lockStill(tx, read);
  if (!current) return null;

  const written = await writeChanged(tx, calendar, plan);
  if (calendar.isSubscribed) await keepFeed(tx, calendar, plan);
  else await noteDiverged(tx, calendar, plan, outcome);
  await forgetKnown(tx, calendar.id, plan.unchangedIds);
  const gone = await removeGone(tx, calendar.id, plan);
  await tx
    .update(calendars)
    .set({
      ...outcome,
      ...newOf(calendar, plan.cursor, await listUnreadable(tx, calendar, plan)),
      lastSyncedAt: laterOf(outcome.lastSyncedAt),
      lastError: null,
      errorCount: 0,
      failingSince: null,
    })
    .where(eq(calendars.id, calendar.id));
  await noteCalendarRecovery(tx, { ...calendar, failingSince: current.failingSince }, outcome.lastSyncedAt);
  return {
    processed: plan.changed.size + plan.deletedIds.length,
    ...written,
    deleted: written.deleted + gone,
  };
}

async function noteDiverged(
  tx: Transaction,
  { id, windowEnd }: Calendar,
  plan: ChangePlan,
  outcome: Outcome,
): Promise<void> {
  if (!plan.isWhole && plan.changed.size + plan.deletedIds.length === 0) return;
  const copies = await listCopies(tx, id);
  if (copies.size === 0) return;
  const window = { begunAt: outcome.lastSyncedAt, windowEnd: outcome.windowEnd ?? windowEnd };
  await markDiverged(tx, id, { ...seenOf(plan, copies), ...window });
}

async function keepFeed(tx: Transaction, calendar: Calendar, plan: ChangePlan): Promise<void> {
  await writeObjects(tx, calendar, plan);
  await keepFacts(tx, calendar.id, plan.feed);
  if (plan.movedTo !== null) await followMove(tx, calendar, plan.movedTo);
}

/** Of a feed those alone of which an older copy is kept; what was never of any use it counts as skipped. */
async function listUnreadable(
  tx: Transaction,
  { id, isSubscribed }: Calendar,
  { unreadable }: ChangePlan,
): Promise<Unreadable> {
  if (!isSubscribed) return unreadable;
  const kept = await findObjects(tx, id, Object.keys(unreadable));
  return Object.fromEntries(Object.entries(unreadable).filter(([eventId]) => kept.has(eventId)));
}

/** Both may be large, and are not written again where they say the same. */
function newOf(calendar: Calendar, cursor: string | null, unreadable: Unreadable) {
  return {
    ...(cursor !== calendar.cursor && { cursor }),
    ...(!isDeepStrictEqual(unreadable, calendar.unreadable) && { unreadable }),
  };
}

/** A slow pull must not make the copy look older than a quicker one left it; a wrong clock must not make it look new. */
function laterOf(readAt: Date) {
  const instant = sql`${readAt.toISOString()}::timestamptz`;
  const isLater = sql`${calendars.lastSyncedAt} between ${instant} and ${instant} + interval '5 minutes'`;
  return sql`case when ${isLater} then ${calendars.lastSyncedAt} else ${instant} end`;
}
