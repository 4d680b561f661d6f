import { eq, sql } from "drizzle-orm";
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

/** Before a put: whatever becomes of it, what it writes will be known for ours. */
export async function noteAttempt(targetId: string, hash: string): Promise<void> {
  const before = sql`coalesce(${appointmentTargets.pushedHash}, '')`;
  await database()
    .update(appointmentTargets)
    .set({
      pushedHash: sql`case when ${hash} = any(string_to_array(${before}, ' ')) then ${before}
        else ${before} || ' ' || ${hash}::text end`,
    })
    .where(eq(appointmentTargets.id, targetId));
}
