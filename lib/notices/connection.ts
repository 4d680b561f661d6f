import { and, eq, ne } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import { isTold, isToldOften, queueNotice } from "./queue";

type Connection = typeof calendarConnections.$inferSelect;

/**
 * Notes whether an account lets us in, and tells its host: once when it no longer does, for all its calendars, and
 * once when it does again. An account that is being let go is left alone, and a feed is none: there is nothing to sign in
 * to, and its subscription says what is wrong.
 * @param now when that was tried: a run that began before the status last changed says nothing about it any more
 */
export async function noteConnectionStatus(
  connectionId: string,
  status: "connected" | "reconnect",
  lastError: string | null,
  now: Date,
): Promise<void> {
  const isConnection = and(
    eq(calendarConnections.id, connectionId),
    ne(calendarConnections.status, "disconnecting"),
    ne(calendarConnections.provider, "ics"),
  );
  const [known] = await database()
    .select({ status: calendarConnections.status })
    .from(calendarConnections)
    .where(isConnection);
  // Nearly every run ends here.
  if (!known || (status === "connected" && known.status === "connected")) return;
  await database().transaction(async (tx) => {
    const [before] = await tx.select().from(calendarConnections).where(isConnection).for("no key update");
    if (!before) return;
    const isNew = before.status !== status;
    if (isNew && isOvertaken(before, now)) return;
    if (isNew)
      await tx
        .update(calendarConnections)
        .set({ status, statusSince: now, lastError })
        .where(eq(calendarConnections.id, connectionId));
    if (status === "reconnect")
      return tellRefusal(tx, before, isNew ? now : before.statusSince, lastError, now);
    if (isNew) await tellReturn(tx, before, now);
  });
}

// No run takes as long; a status from further ahead is the mark of a clock that was wrong.
const longestRunMs = 15 * 60_000;

function isOvertaken({ statusSince }: Connection, now: Date): boolean {
  const ahead = statusSince.getTime() - now.getTime();
  return ahead > 0 && ahead < longestRunMs;
}

async function tellRefusal(
  tx: Transaction,
  { id, provider }: Connection,
  since: Date,
  reason: string | null,
  now: Date,
): Promise<void> {
  const key = refusalKey(id, since);
  if (await isTold(tx, [key])) return;
  if (await isToldOften(tx, refusalKey(id), now)) return;
  await queueNotice(
    tx,
    {
      key,
      change: { kind: "reconnect", reason },
      since,
      connectionId: id,
      link: reconnectLink(id, provider),
    },
    now,
  );
}

async function tellReturn(tx: Transaction, { id, statusSince }: Connection, now: Date): Promise<void> {
  if (!(await isTold(tx, [refusalKey(id, statusSince)]))) return;
  await queueNotice(
    tx,
    {
      key: `connection:${id}:reconnected:${statusSince.toISOString()}`,
      change: { kind: "reconnected" },
      since: statusSince,
      connectionId: id,
      link: "/connections",
    },
    now,
  );
}

const refusalKey = (id: string, since?: Date) => `connection:${id}:reconnect:${since?.toISOString() ?? ""}`;

function reconnectLink(id: string, provider: Connection["provider"]): string {
  return provider === "google" ? `/api/connect/google?reconnect=${id}` : `/connections/new?reconnect=${id}`;
}
