import { and, eq, isNotNull, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { type ChannelRef, calendarConnections, calendars, syncChannels } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

/**
 * Forgets a connection: its calendars and our copies of their events at once, its credentials as soon as what the
 * provider keeps for us is taken back (let-go.ts). Nothing changes in the calendars. @throws AppError not_found
 */
export async function disconnect(viewer: Viewer, connectionId: string): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const [connection] = await tx
      .select()
      .from(calendarConnections)
      .where(and(eq(calendarConnections.id, connectionId), ne(calendarConnections.status, "disconnecting")))
      .for("update");
    if (!connection) throw new AppError("not_found", "This connection does not exist.");
    if (connection.provider === "google") return beginLettingGo(tx, connection);
    await tx.delete(calendarConnections).where(eq(calendarConnections.id, connectionId));
  });
}

async function beginLettingGo(
  tx: Transaction,
  { id, leftChannels }: typeof calendarConnections.$inferSelect,
): Promise<void> {
  const open = await listChannels(tx, id);
  await tx.delete(calendars).where(eq(calendars.connectionId, id));
  await tx
    .update(calendarConnections)
    .set({
      status: "disconnecting",
      statusSince: new Date(),
      lastError: null,
      leftChannels: [...leftChannels, ...open],
    })
    .where(eq(calendarConnections.id, id));
  await sendEvent(tx, { name: "connection/disconnected", data: { connectionId: id } });
}

async function listChannels(tx: Transaction, connectionId: string): Promise<ChannelRef[]> {
  const rows = await tx
    .select({ id: syncChannels.id, resourceId: syncChannels.resourceId })
    .from(syncChannels)
    .innerJoin(calendars, eq(calendars.id, syncChannels.calendarId))
    .where(and(eq(calendars.connectionId, connectionId), isNotNull(syncChannels.resourceId)));
  return rows.flatMap(({ id, resourceId }) => (resourceId === null ? [] : [{ id, resourceId }]));
}
