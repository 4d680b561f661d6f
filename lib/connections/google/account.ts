import { and, eq, ne, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import { env } from "@/lib/env";
import { revokeGrant } from "./oauth";

/** One at a time connects a Google account or gives its grant back, whichever host it is for. */
export async function lockAccount(tx: Transaction, subject: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`calends:google:${subject}`}, 0))`);
}

/** Gives back a grant that came to nothing, so that none lingers at Google. @throws AppError unavailable */
export async function giveBack(subject: string, token: string): Promise<void> {
  await database().transaction(async (tx) => {
    await lockAccount(tx, subject);
    if (!(await isUsed(tx, subject))) await revokeGrant(token);
  });
}

/**
 * Whether a connection, of this host or another, works with this account: revoking a token ends them all. One that wants
 * reconnecting has nothing to lose.
 */
export async function isUsed(tx: Transaction, subject: string): Promise<boolean> {
  const [other] = await tx
    .select({ id: calendarConnections.id })
    .from(calendarConnections)
    .where(
      and(
        eq(calendarConnections.provider, "google"),
        eq(calendarConnections.serverUrl, env().GOOGLE_ISSUER),
        eq(calendarConnections.subject, subject),
        ne(calendarConnections.status, "reconnect"),
      ),
    )
    .limit(1);
  return other !== undefined;
}
