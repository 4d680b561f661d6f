import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections, calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { parseInput } from "@/lib/parse";
import { discoverCaldav, type RemoteAccount } from "@/lib/providers";
import { caldavAccount } from "./schema";

/**
 * Connects a CalDAV account: finds it, lists its calendars, then stores both in one transaction; nothing is
 * stored when any of it fails. An account connected before gets the new password and keeps its calendars.
 * @throws AppError invalid (naming the field), reconnect (wrong password) or unavailable
 */
export async function connectCaldav(viewer: Viewer, input: unknown): Promise<{ connectionId: string }> {
  const typed = parseInput(caldavAccount, input);
  const account = await discoverCaldav(typed, { allowPrivate: env().ALLOW_PRIVATE_ADDRESSES });
  return asViewer(viewer, async (tx) => {
    const connectionId = await saveConnection(tx, viewer, account);
    await saveCalendars(tx, viewer, connectionId, account);
    return { connectionId };
  });
}

async function saveConnection(tx: Transaction, viewer: Viewer, account: RemoteAccount): Promise<string> {
  const { serverUrl, username } = account.credentials;
  const [known] = await tx
    .select({ id: calendarConnections.id })
    .from(calendarConnections)
    .where(and(eq(calendarConnections.serverUrl, serverUrl), eq(calendarConnections.account, username)))
    .for("update");
  const id = known?.id ?? randomUUID();
  const credentials = sealCredentials(id, account.credentials, env().FERNET_KEYS);
  const row = {
    id,
    hostId: viewer.userId,
    provider: "caldav" as const,
    serverUrl,
    account: username,
    credentials,
  };
  await tx
    .insert(calendarConnections)
    .values(row)
    .onConflictDoUpdate({
      target: calendarConnections.id,
      set: { credentials, status: "connected", lastError: null },
    });
  return id;
}

async function saveCalendars(tx: Transaction, viewer: Viewer, connectionId: string, account: RemoteAccount) {
  for (const { id, name, color, isReadOnly } of account.calendars) {
    await tx
      .insert(calendars)
      .values({ connectionId, hostId: viewer.userId, remoteId: id, name, color, isReadOnly })
      .onConflictDoUpdate({
        target: [calendars.connectionId, calendars.remoteId],
        set: { name, color, isReadOnly },
      });
  }
}
