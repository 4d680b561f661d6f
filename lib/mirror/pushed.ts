import { and, eq, isNull, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { appointmentTargets } from "@/db/schema";

/**
 * `appointment_targets.pushed_hash`: what certainly was pushed last ("" when nothing was), then, each after a blank,
 * what was tried since. An answer may have been lost, so each of them may be what lies there.
 */
export function readPushed(pushedHash: string | null): { certain: string | null; possible: string[] } {
  const hashes = (pushedHash ?? "").split(" ");
  return { certain: hashes[0] || null, possible: hashes.filter((hash) => hash !== "") };
}

/**
 * Before a put: whatever becomes of it, what it writes will be known for ours.
 * @returns false when nothing is to be put any more
 */
export async function noteAttempt(targetId: string, hash: string): Promise<boolean> {
  const before = sql`coalesce(${appointmentTargets.pushedHash}, '')`;
  const noted = await database()
    .update(appointmentTargets)
    .set({
      pushedHash: sql`case when ${hash} = any(string_to_array(${before}, ' ')) then ${before}
        else ${before} || ' ' || ${hash}::text end`,
    })
    .where(and(eq(appointmentTargets.id, targetId), isNull(appointmentTargets.removedAt)))
    .returning({ id: appointmentTargets.id });
  return noted.length > 0;
}
