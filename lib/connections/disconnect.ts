import { and, asc, eq, inArray, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { type ChannelRef, calendarConnections, calendars, syncChannels } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { lockHost } from "@/lib/users/lock-host";

/**
 * Forgets a connection: its calendars and our copies of their events at once, its credentials as soon as what the
 * provider keeps for us is taken back (let-go.ts). Nothing changes in the calendars. @throws AppError not_found
 */
export async function disconnect(viewer: Viewer, connectionId: string): Promise<void> {
  await asViewer(viewer, async (tx) => {
    await lockHost(tx, viewer.userId);
    const open = await lockChannels(tx, connectionId);
    const [connection] = await tx
      .select()
      .from(calendarConnections)
      .where(
        and(
          eq(calendarConnections.id, connectionId),
          ne(calendarConnections.status, "disconnecting"),
          ne(calendarConnections.provider, "ics"),
        ),
      )
      .for("update");
    if (!connection) throw new AppError("not_found", "This connection does not exist.");
    if (connection.provider === "google") return beginLettingGo(tx, connection, open);
    await tx.delete(calendarConnections).where(eq(calendarConnections.id, connectionId));
  });
}

/**
 * The channels of a connection's calendars, which nobody opens any further from here on. Calendars before their
 * channels and their connection, as runs and notifications do.
 */
async function lockChannels(tx: Transaction, connectionId: string): Promise<ChannelRef[]> {
  const own = await tx
    .select({ id: calendars.id })
    .from(calendars)
    .where(eq(calendars.connectionId, connectionId))
    .orderBy(asc(calendars.id))
    .for("update");
  const { id, resourceId, calendarId } = syncChannels;
  const calendarIds = own.map((calendar) => calendar.id);
  const rows = await tx
    .select({ id, resourceId })
    .from(syncChannels)
    .where(inArray(calendarId, calendarIds))
    .for("update");
  return rows.flatMap((row) => (row.resourceId === null ? [] : [{ id: row.id, resourceId: row.resourceId }]));
}

async function beginLettingGo(
  tx: Transaction,
  { id, leftChannels }: typeof calendarConnections.$inferSelect,
  open: ChannelRef[],
): Promise<void> {
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
