import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { bindFirst } from "@/lib/bindings/first";
import { sealCredentials } from "@/lib/crypto";
import { env } from "@/lib/env";
import { noteConnectionStatus } from "@/lib/notices/connection";
import { parseInput } from "@/lib/parse";
import { discoverCaldav, type RemoteAccount, type TypedAccount } from "@/lib/providers";
import { lockHost } from "@/lib/users/lock-host";
import { saveConnection } from "./save";
import { caldavAccount } from "./schema";

/**
 * Connects a CalDAV account: finds it, lists its calendars, then stores both in one transaction; nothing is
 * stored when any of it fails. An account connected before gets the new password and keeps its calendars; the first
 * one of a host is bound to all they see.
 * @throws AppError invalid (naming the field), reconnect (wrong password) or unavailable
 */
export async function connectCaldav(viewer: Viewer, input: unknown): Promise<{ connectionId: string }> {
  const typed = parseInput(caldavAccount, input);
  const account = await findCaldavAccount(typed);
  return storeCaldav(viewer, account);
}

/** @throws AppError as discoverCaldav does */
export async function findCaldavAccount(typed: TypedAccount): Promise<RemoteAccount> {
  return discoverCaldav(typed, { allowPrivate: env().ALLOW_PRIVATE_ADDRESSES });
}

type Wishes = {
  /** Where the first binding goes, if this makes one; by its address. */
  calendarUrl?: string | undefined;
  /** Asked under the lock of the host, before anything is stored. */
  check?: (tx: Transaction) => Promise<void>;
};

/** Stores an account that was found. */
export async function storeCaldav(
  viewer: Viewer,
  account: RemoteAccount,
  { calendarUrl, check }: Wishes = {},
): Promise<{ connectionId: string }> {
  const now = new Date();
  const connectionId = await asViewer(viewer, async (tx) => {
    await lockHost(tx, viewer.userId);
    await check?.(tx);
    const { id, isNew } = await save(tx, viewer, account, now);
    if (isNew) await bindFirst(tx, viewer, { connectionId: id, calendarUrl }, now);
    return id;
  });
  await noteConnectionStatus(connectionId, "connected", null, now);
  return { connectionId };
}

async function save(
  tx: Transaction,
  viewer: Viewer,
  { credentials, calendars }: RemoteAccount,
  now: Date,
): Promise<{ id: string; isNew: boolean }> {
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
  await saveConnection(tx, viewer, { connection, calendars }, now);
  return { id, isNew: !known };
}
