import { and, eq, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import { sealAddress } from "./address";

/**
 * Reads a feed from where it says it has moved to for good, from the next time on; unless its host subscribes to that
 * already. The host is locked.
 */
export async function followMove(
  tx: Transaction,
  { connectionId, hostId }: { connectionId: string; hostId: string },
  url: string,
): Promise<void> {
  const address = sealAddress(connectionId, url);
  const [other] = await tx
    .select({ id: calendarConnections.id })
    .from(calendarConnections)
    .where(
      and(
        eq(calendarConnections.hostId, hostId),
        eq(calendarConnections.provider, "ics"),
        eq(calendarConnections.account, address.account),
        ne(calendarConnections.id, connectionId),
      ),
    );
  if (other) return;
  await tx
    .update(calendarConnections)
    .set(address)
    .where(and(eq(calendarConnections.id, connectionId), ne(calendarConnections.account, address.account)));
}
