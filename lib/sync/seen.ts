import { and, eq, isNotNull } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointmentTargets } from "@/db/schema";
import type { Seen } from "./diverged";
import type { ChangePlan } from "./plan";

/** The ids of the copies of ours that a calendar holds. */
export async function listCopies(tx: Transaction, calendarId: string): Promise<Set<string>> {
  const { remoteId } = appointmentTargets;
  const rows = await tx
    .select({ remoteId })
    .from(appointmentTargets)
    .where(and(eq(appointmentTargets.calendarId, calendarId), isNotNull(remoteId)));
  return new Set(rows.flatMap((row) => row.remoteId ?? []));
}

/** What a pull says of these copies. They are few, where the events of a calendar may be very many. */
export function seenOf(
  plan: ChangePlan,
  copies: ReadonlySet<string>,
): Pick<Seen, "changed" | "deletedIds" | "existingIds"> {
  const { changed, deletedIds, unchangedIds, unreadable, isWhole } = plan;
  const existing = new Set([...unchangedIds, ...Object.keys(unreadable)].filter((id) => copies.has(id)));
  const seen = [];
  for (const event of changed.values()) {
    const { id, seriesId = id } = event;
    const known = [id, seriesId].filter((name) => copies.has(name));
    if (known.length > 0) seen.push(event);
    for (const name of known) existing.add(name);
  }
  return { changed: seen, deletedIds, existingIds: isWhole ? [...existing] : null };
}
