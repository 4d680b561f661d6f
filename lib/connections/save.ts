import { and, eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { isRead } from "@/lib/channels/health";
import { requestNewChannels } from "@/lib/channels/request";
import type { RemoteCalendar } from "@/lib/providers/provider";
import { requestPull } from "@/lib/sync/request";

type Connection = typeof calendarConnections.$inferInsert;
type Account = { connection: Omit<Connection, "hostId">; calendars: RemoteCalendar[] };

/**
 * Stores an account that just let us in, with its calendars. A known one takes the new credentials and keeps its
 * calendars with what was chosen for them, also those it does not list now; what is used of them is read at once.
 */
export async function saveConnection(
  tx: Transaction,
  viewer: Viewer,
  { connection, calendars: listed }: Account,
  now: Date,
): Promise<void> {
  const { account, subject, credentials } = connection;
  await tx
    .insert(calendarConnections)
    .values({ ...connection, hostId: viewer.userId })
    .onConflictDoUpdate({
      target: calendarConnections.id,
      set: {
        account,
        subject,
        credentials,
        // One that wants reconnecting works again when the caller notes so, which tells its host.
        status: sql`case when ${isLetGo} then 'connected' else ${calendarConnections.status} end`,
        statusSince: sql`case when ${isLetGo}
          then ${now.toISOString()}::timestamptz else ${calendarConnections.statusSince} end`,
      },
    });
  await saveCalendars(tx, viewer, connection.id, listed);
  await requestPulls(tx, connection.id, now);
  await requestNewChannels(tx, connection.id, now);
}

const isLetGo = sql`${calendarConnections.status} = 'disconnecting'`;

async function saveCalendars(
  tx: Transaction,
  { userId: hostId }: Viewer,
  connectionId: string,
  listed: RemoteCalendar[],
): Promise<void> {
  for (const { id: remoteId, name, color, isReadOnly, isPrimary = false } of listed) {
    const shown = { name, color, isReadOnly, isPrimary };
    await tx
      .insert(calendars)
      .values({ connectionId, hostId, remoteId, ...shown })
      .onConflictDoUpdate({ target: [calendars.connectionId, calendars.remoteId], set: shown });
  }
}

/** After refusals the next poll may be an hour away. */
async function requestPulls(tx: Transaction, connectionId: string, now: Date): Promise<void> {
  const used = await tx
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.connectionId, connectionId), isRead));
  for (const { id } of used) await requestPull(tx, id, "connected", now);
}
