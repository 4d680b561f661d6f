import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { sqlState, sqlStateOf } from "@/db/errors";
import { calendars, users } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { profile } from "./schema";
import { checkTimeZone } from "./time-zone";

/** @throws AppError invalid (naming the field), or conflict when the handle is somebody else's */
export async function saveProfile(viewer: Viewer, input: unknown, now: Date): Promise<void> {
  const values = parseInput(profile, input);
  try {
    await asViewer(viewer, async (tx) => {
      const [before] = await tx
        .select({ timeZone: users.timeZone })
        .from(users)
        .where(eq(users.id, viewer.userId));
      if (before?.timeZone !== values.timeZone) await moveTo(tx, viewer, values.timeZone, now);
      await tx.update(users).set(values).where(eq(users.id, viewer.userId));
    });
  } catch (error) {
    if (sqlStateOf(error) !== sqlState.uniqueViolation) throw error;
    throw new AppError("conflict", "Somebody else has this address already.", { field: "handle" });
  }
}

/**
 * Floating times were read in the zone left behind, so every calendar is to be read again; feeds that work at once, since
 * their turn may be a week away.
 */
async function moveTo(tx: Transaction, viewer: Viewer, timeZone: string, now: Date): Promise<void> {
  await checkTimeZone(tx, timeZone);
  const { hostId, isSubscribed, errorCount, nextSyncAt } = calendars;
  const soon = sql<Date>`case when ${isSubscribed} and ${errorCount} = 0
    then least(${nextSyncAt}, ${now.toISOString()}::timestamptz) else ${nextSyncAt} end`;
  await tx.update(calendars).set({ baselineDueAt: now, nextSyncAt: soon }).where(eq(hostId, viewer.userId));
}
