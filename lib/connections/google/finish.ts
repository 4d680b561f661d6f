import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { noteConnectionStatus } from "@/lib/notices/connection";
import { openProvider } from "@/lib/providers";
import type { RemoteCalendar } from "@/lib/providers/provider";
import { lockHost } from "@/lib/users/lock-host";
import { saveConnection } from "../save";
import { giveBack, lockAccount } from "./account";
import type { Attempt } from "./attempt";
import { checkAccount, checkAttempt, checkGrant } from "./checks";
import { type GoogleTokens, sealTokens } from "./credentials";
import { redeemCode } from "./oauth";

type Connection = typeof calendarConnections.$inferSelect;
type Account = { subject: string; email: string; tokens: GoogleTokens; calendars: RemoteCalendar[] };

/**
 * Connects the account somebody chose at Google: redeems the code, lists the calendars, then stores both in one
 * transaction; when anything fails nothing is stored, and the grant is given back.
 * @param answer what Google added to the address it sent the browser back to
 * @throws AppError invalid, forbidden, conflict, not_found, unavailable, rate_limited
 */
export async function finishGoogle(
  viewer: Viewer,
  given: { attempt: Attempt | null; answer: URLSearchParams },
  now: Date,
): Promise<{ connectionId: string }> {
  const saved = await connect(viewer, given, now);
  await noteConnectionStatus(saved.connectionId, "connected", null, now);
  return saved;
}

async function connect(
  viewer: Viewer,
  { attempt, answer }: { attempt: Attempt | null; answer: URLSearchParams },
  now: Date,
): Promise<{ connectionId: string }> {
  const secrets = checkAttempt(viewer, attempt, answer);
  const before = await asViewer(viewer, listOwn);
  const grant = await redeemCode(answer, secrets, now);
  try {
    checkAccount(before, secrets.reconnectId, grant);
    const tokens = checkGrant(grant);
    const calendars = await listCalendars(grant.subject, tokens.accessToken);
    const account = { subject: grant.subject, email: grant.email, tokens, calendars };
    return await asViewer(viewer, (tx) => save(tx, viewer, { account, before }, now));
  } catch (error) {
    await giveBack(grant.subject, grant.tokens.refreshToken ?? grant.tokens.accessToken).catch(() =>
      log().warn("a grant of Google that came to nothing could not be given back"),
    );
    throw error;
  }
}

/** Requests of one account wait for each other, and for nobody else's. */
function listCalendars(subject: string, accessToken: string): Promise<RemoteCalendar[]> {
  const access = { baseUrl: env().GOOGLE_API_BASE_URL, accessToken: async () => accessToken };
  const options = { connectionId: `new ${subject}`, allowPrivate: env().ALLOW_PRIVATE_ADDRESSES };
  return openProvider({ kind: "google", access }, options).listCalendars();
}

type Found = { account: Account; before: Connection[] };

async function save(tx: Transaction, viewer: Viewer, { account, before }: Found, now: Date) {
  const { subject, email, tokens, calendars } = account;
  await lockHost(tx, viewer.userId);
  await lockAccount(tx, subject);
  const own = await listOwn(tx);
  const known = own.find((one) => one.subject === subject);
  checkNotLetGo(before, { known, subject });
  // A deleted address that Google gave to somebody else is another account.
  if (own.some((one) => one !== known && one.account === email)) {
    throw new AppError(
      "conflict",
      `Another account called ${email} is connected. Disconnect that one first.`,
    );
  }
  const id = known?.id ?? randomUUID();
  const connection = {
    id,
    provider: "google" as const,
    serverUrl: env().GOOGLE_ISSUER,
    account: email,
    subject,
    credentials: sealTokens(id, tokens),
  };
  await saveConnection(tx, viewer, { connection, calendars }, now);
  return { connectionId: id };
}

/** Letting go of the account may have ended the grant we were just given. */
function checkNotLetGo(before: Connection[], now: { known: Connection | undefined; subject: string }): void {
  if (now.known || !before.some(({ subject }) => subject === now.subject)) return;
  throw new AppError("conflict", "This account was being disconnected at the same moment. Start again.");
}

/** The viewer's accounts at this Google, those being disconnected too. */
function listOwn(tx: Transaction): Promise<Connection[]> {
  const { provider, serverUrl } = calendarConnections;
  return tx
    .select()
    .from(calendarConnections)
    .where(and(eq(provider, "google"), eq(serverUrl, env().GOOGLE_ISSUER)));
}
