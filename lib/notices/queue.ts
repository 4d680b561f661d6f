import { and, count, eq, gt, inArray, like, or, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections, calendars, mailOutbox, users } from "@/db/schema";
import { providerName } from "@/lib/connections/provider-name";
import { env } from "@/lib/env";
import type { NoticeMailInput } from "@/lib/mail/notice-mail";
import { queueMail } from "@/lib/mailbox/queue";

// What comes and goes all day is told a few times, not a hundred.
const mostPerDay = 3;
const dayMs = 86_400_000;

type Notice = {
  key: string;
  change: NoticeMailInput["change"];
  since: Date;
  connectionId: string;
  /** Of which calendars it speaks; without, of all of the account that are used. */
  calendarIds?: string[];
  link: string;
};

/** Queues a mail to the host of an account; a second one with the same key is not written. */
export async function queueNotice(tx: Transaction, notice: Notice, now: Date): Promise<void> {
  const { key, change, since, connectionId, link } = notice;
  const [account] = await tx
    .select({
      connection: calendarConnections,
      host: { name: users.name, email: users.email, timeZone: users.timeZone },
      maxStalenessMinutes: users.maxStalenessMinutes,
    })
    .from(calendarConnections)
    .innerJoin(users, eq(users.id, calendarConnections.hostId))
    .where(eq(calendarConnections.id, connectionId));
  if (!account) return;
  const { connection, host, maxStalenessMinutes } = account;
  const concerned = await listConcerned(tx, notice, maxStalenessMinutes);
  const name = providerName(connection.provider, connection.serverUrl);
  const data: NoticeMailInput = {
    to: "holder",
    change,
    since: since.toISOString(),
    at: now.toISOString(),
    provider: { name, signsInBy: signsInBy[connection.provider] },
    // That of a feed is a hash of its address, which says nothing to anybody.
    account: connection.provider === "ics" ? name : connection.account,
    calendars: concerned.map(({ name }) => name),
    closesAt: closesAt(concerned, change, now)?.toISOString() ?? null,
    maxStalenessMinutes: Math.max(
      maxStalenessMinutes,
      ...concerned.map(({ patienceMinutes }) => patienceMinutes),
    ),
    receivesBookings: concerned.some(({ isDestination }) => isDestination),
    host,
    link: `${env().APP_URL}${link}`,
  };
  await queueMail(tx, { key, kind: change.kind, to: host, bookingId: null, data }, now);
}

const signsInBy = { google: "consent", caldav: "password", fake: "password", ics: "nothing" } as const;

type Concerned = Awaited<ReturnType<typeof listConcerned>>[number];

async function listConcerned(
  tx: Transaction,
  { connectionId, calendarIds }: Notice,
  maxStalenessMinutes: number,
) {
  const { id, name, checksConflicts, isDestination, lastSyncedAt } = calendars;
  const patienceMinutes = sql<number>`get_patience_minutes(calendars, ${maxStalenessMinutes}::integer)`;
  return tx
    .select({ name, checksConflicts, isDestination, lastSyncedAt, patienceMinutes })
    .from(calendars)
    .where(
      and(
        eq(calendars.connectionId, connectionId),
        calendarIds ? inArray(id, calendarIds) : or(checksConflicts, isDestination),
      ),
    )
    .orderBy(name);
}

/** As find_stale_calendar has it: what was never read, or is locked, keeps everything closed at once. */
function closesAt(concerned: Concerned[], change: Notice["change"], now: Date): Date | null {
  const ends = concerned
    .filter(({ checksConflicts }) => checksConflicts)
    .map(({ lastSyncedAt, patienceMinutes }) =>
      lastSyncedAt && change.kind !== "reconnect"
        ? lastSyncedAt.getTime() + patienceMinutes * 60_000
        : now.getTime(),
    );
  return ends.length > 0 ? new Date(Math.min(...ends)) : null;
}

/** Whether one of these mails was written. */
export async function isTold(tx: Transaction, keys: string[]): Promise<boolean> {
  const [row] = await tx
    .select({ id: mailOutbox.id })
    .from(mailOutbox)
    .where(inArray(mailOutbox.key, keys))
    .limit(1);
  return row !== undefined;
}

/** Whether mails whose keys begin so were written too often of late. */
export async function isToldOften(tx: Transaction, beginning: string, now: Date): Promise<boolean> {
  const [row] = await tx
    .select({ told: count() })
    .from(mailOutbox)
    .where(
      and(gt(mailOutbox.createdAt, new Date(now.getTime() - dayMs)), like(mailOutbox.key, `${beginning}%`)),
    );
  return (row?.told ?? 0) >= mostPerDay;
}
