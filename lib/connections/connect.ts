import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { noteConnectionStatus } from "@/lib/notices/connection";
import { parseInput } from "@/lib/parse";
import { discoverCaldav, type RemoteAccount } from "@/lib/providers";
import { lockHost } from "@/lib/users/lock-host";
import { saveConnection } from "./save";
import { caldavAccount } from "./schema";

/**
 * Connects a CalDAV account: finds it, lists its calendars, then stores both in one transaction; nothing is
 * stored when any of it fails. An account connected before gets the new password and keeps its calendars.
 * @throws AppError invalid (naming the field), reconnect (wrong password) or unavailable
 */
export async function connectCaldav(viewer: Viewer, input: unknown): Promise<{ connectionId: string }> {
  const typed = parseInput(caldavAccount, input);
  const account = await discoverCaldav(typed, { allowPrivate: env().ALLOW_PRIVATE_ADDRESSES });
  const saved = await asViewer(viewer, (tx) => save(tx, viewer, account));
  await noteConnectionStatus(saved.connectionId, "connected", null, new Date());
  return saved;
}

async function save(tx: Transaction, viewer: Viewer, { credentials, calendars }: RemoteAccount) {
  await lockHost(tx, viewer.userId);
  const { serverUrl, username } = credentials;
  const [known] = await tx
    .select({ id: calendarConnections.id })
    .from(calendarConnections)
    .where(and(eq(calendarConnections.serverUrl, serverUrl), eq(calendarConnections.account, username)))
    .for("update");
  const id = known?.id ?? randomUUID();
  const connection = {
    id,
    provider: "caldav" as const,
    serverUrl,
    account: username,
    credentials: sealCredentials(id, credentials, env().FERNET_KEYS),
  };
  await saveConnection(tx, viewer, { connection, calendars }, new Date());
  return { connectionId: id };
}
