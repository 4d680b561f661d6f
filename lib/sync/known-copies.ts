import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { database } from "@/db/client";
import { appointmentTargets } from "@/db/schema";

/**
 * Says of an object whether it is a copy of ours, exactly as we wrote it: then a pull need not read what it says.
 * Undefined where the calendar holds none.
 */
export async function findKnownCopies(
  calendarId: string,
): Promise<((id: string, etag: string) => boolean) | undefined> {
  const { remoteId, etag, divergedAt } = appointmentTargets;
  const rows = await database()
    .select({ remoteId, etag })
    .from(appointmentTargets)
    .where(
      and(
        eq(appointmentTargets.calendarId, calendarId),
        isNotNull(remoteId),
        isNotNull(etag),
        // What is to be settled is read again.
        isNull(divergedAt),
      ),
    );
  if (rows.length === 0) return undefined;
  const etags = new Map(rows.map((row) => [row.remoteId, row.etag]));
  return (id, version) => etags.get(id) === version;
}
