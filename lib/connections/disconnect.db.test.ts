import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { database, type Transaction } from "@/db/client";
import { makeGoogleConnection, startOwnGoogle } from "@/db/factories/google";
import { makeHost } from "@/db/factories/users";
import { calendarConnections, calendars, syncChannels } from "@/db/schema";
import type { GoogleServer } from "@/emulators/google/server";
import { hashSecret } from "@/lib/channels/secret";
import { disconnect } from "./disconnect";

// Runs that are under way when their calendar goes: none of them may be lost, nor keep anybody from letting go.

let google: GoogleServer;
beforeAll(async () => {
  google = await startOwnGoogle();
});
afterAll(() => google.stop());

/** Disconnects while a run holds `first` and then wants `then`; both must come to an end. */
async function disconnectDuring(
  { viewer, connectionId }: Pick<Awaited<ReturnType<typeof makeAccount>>, "viewer" | "connectionId">,
  first: (tx: Transaction) => Promise<unknown>,
  then: (tx: Transaction) => Promise<unknown> = async () => {},
): Promise<void> {
  let done: Promise<void> = Promise.resolve();
  await database().transaction(async (tx) => {
    await first(tx);
    done = disconnect(viewer, connectionId);
    const [holder] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    await expect.poll(() => countWaiting(holder?.pid ?? 0), { timeout: 5000 }).toBeGreaterThan(0);
    await then(tx);
  });
  await done;
}

/** How many wait for what somebody's transaction holds. */
async function countWaiting(holder: number): Promise<number> {
  const [row] = await database().execute<{ n: number }>(
    sql`select count(*)::int as n from pg_stat_activity where ${holder}::int = any(pg_blocking_pids(pid))`,
  );
  return row?.n ?? 0;
}

async function makeAccount() {
  const { user, viewer } = await makeHost();
  return { user, viewer, ...(await makeGoogleConnection(google, user.id)) };
}

test("a channel that opens in the same moment is still stopped", async () => {
  const { user, viewer, connectionId, calendar } = await makeAccount();
  const id = randomUUID();
  await database()
    .insert(syncChannels)
    .values({ id, calendarId: calendar.id, hostId: user.id, secretHash: hashSecret("secret") });
  await disconnectDuring({ viewer, connectionId }, (tx) =>
    tx.update(syncChannels).set({ resourceId: "resource" }).where(eq(syncChannels.id, id)),
  );
  const [left] = await database()
    .select({ leftChannels: calendarConnections.leftChannels })
    .from(calendarConnections)
    .where(eq(calendarConnections.id, connectionId));
  expect(left?.leftChannels).toEqual([{ id, resourceId: "resource" }]);
});

test("a run that writes its log about a calendar and its account does not stand in the way", async () => {
  const account = await makeAccount();
  const keyShare = (table: typeof calendars | typeof calendarConnections, id: string) => (tx: Transaction) =>
    tx.select({ id: table.id }).from(table).where(eq(table.id, id)).for("key share");
  await disconnectDuring(
    account,
    keyShare(calendars, account.calendar.id),
    keyShare(calendarConnections, account.connectionId),
  );
  expect(await database().select().from(calendars).where(eq(calendars.id, account.calendar.id))).toEqual([]);
});
