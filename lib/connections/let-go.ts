import { and, eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { isUsed, lockAccount } from "./google/account";
import { checkIssuer, openTokens } from "./google/credentials";
import { revokeGrant } from "./google/oauth";
import { openConnection } from "./open";

/**
 * Stops the push channels that calendars of a disconnected account left behind, also when it was connected again
 * meanwhile. Those that cannot be stopped end by themselves within days.
 * @throws AppError unavailable, rate_limited: worth another try
 */
export async function stopLeftChannels(connectionId: string): Promise<void> {
  const opened = await openConnection(connectionId).catch(unlessPassing);
  if (!opened) return;
  for (const channel of opened.connection.leftChannels) {
    await opened.provider.unwatch?.(channel).catch(unlessPassing);
    await forgetChannel(connectionId, channel.id);
  }
}

/**
 * Gives an account's grant back and deletes its connection, unless it was connected again. A grant that another
 * connection works with stays. @throws AppError unavailable, rate_limited: worth another try
 */
export async function letGo(connectionId: string): Promise<void> {
  const leaving = and(
    eq(calendarConnections.id, connectionId),
    eq(calendarConnections.status, "disconnecting"),
  );
  const [known] = await database()
    .select({ subject: calendarConnections.subject })
    .from(calendarConnections)
    .where(leaving);
  if (!known) return;
  await database().transaction(async (tx) => {
    const { subject } = known;
    if (subject !== null) await lockAccount(tx, subject);
    const [row] = await tx.delete(calendarConnections).where(leaving).returning();
    if (!row || subject === null || (await isUsed(tx, subject))) return;
    await revokeStored(row);
  });
}

/** After the last try: what is left at the provider ends there by itself, or by its owner's hand. */
export async function giveUpLettingGo(connectionId: string): Promise<void> {
  log().warn({ connectionId }, "an account's access could not be given back");
  await database()
    .delete(calendarConnections)
    .where(and(eq(calendarConnections.id, connectionId), eq(calendarConnections.status, "disconnecting")));
}

async function revokeStored(connection: typeof calendarConnections.$inferSelect): Promise<void> {
  const { id, serverUrl, credentials } = connection;
  try {
    checkIssuer(serverUrl);
    await revokeGrant(openTokens(id, credentials).refreshToken);
  } catch (error) {
    unlessPassing(error);
  }
}

async function forgetChannel(connectionId: string, channelId: string): Promise<void> {
  await database()
    .update(calendarConnections)
    .set({
      leftChannels: sql`(select coalesce(jsonb_agg(channel), '[]'::jsonb)
        from jsonb_array_elements(${calendarConnections.leftChannels}) channel where channel ->> 'id' <> ${channelId})`,
    })
    .where(eq(calendarConnections.id, connectionId));
}

/** Access that is withdrawn already, or a channel nobody knows, is what we wanted. */
function unlessPassing(error: unknown): null {
  if (!(error instanceof AppError) || error.code === "unavailable" || error.code === "rate_limited")
    throw error;
  return null;
}
