import { and, eq, sql } from "drizzle-orm";
import { database, type Transaction } from "@/db/client";
import { calendarConnections } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { createGate } from "./gate";
import { checkIssuer, type GoogleTokens, openTokens, sealTokens } from "./google/credentials";
import { refreshTokens } from "./google/oauth";

const aheadMs = 5 * 60_000;

// Each keeps a database connection while Google answers; a Google that hangs must not get hold of all of them.
const atOnce = createGate(4);
const underWay = new Map<string, Promise<string>>();

/**
 * How to ask for a token of this connection's account that works (GoogleAccess). Renewed five minutes before it ends,
 * once for everybody who asks, in this process and in others; one that Google did not take (`refused`) at once.
 * @param known the connection as it was just read, which serves as long as its token does
 * @throws AppError reconnect when access was withdrawn, not_found when the connection is gone, unavailable, rate_limited
 */
export function accessTokenOf(
  connectionId: string,
  known?: Pick<Connection, "credentials" | "serverUrl">,
): (refused?: string) => Promise<string> {
  let first = known;
  return async (refused) => {
    if (first) {
      const { tokens } = open(connectionId, first);
      if (isGood(tokens, refused)) return tokens.accessToken;
      first = undefined;
    }
    const stored = await read(database(), connectionId);
    if (isGood(stored.tokens, refused)) return stored.tokens.accessToken;
    return together(`${connectionId} ${refused ?? ""}`, () =>
      atOnce(() => database().transaction((tx) => renew(tx, connectionId, refused))),
    );
  };
}

/** Whoever waited for the lock finds what another process got. */
async function renew(tx: Transaction, connectionId: string, refused: string | undefined): Promise<string> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`calends:tokens:${connectionId}`}, 0))`,
  );
  const before = await read(tx, connectionId);
  if (isGood(before.tokens, refused)) return before.tokens.accessToken;
  let tokens: GoogleTokens;
  try {
    tokens = await refreshTokens(before.tokens, new Date());
  } catch (error) {
    // Somebody may have connected the account anew while the old access was being refused.
    const after = await read(tx, connectionId);
    if (after.sealed !== before.sealed) return after.tokens.accessToken;
    throw error;
  }
  return store(tx, connectionId, before, tokens);
}

type Connection = typeof calendarConnections.$inferSelect;
type Stored = { sealed: string; tokens: GoogleTokens };

/** Never over what was stored meanwhile: an account connected anew has tokens of its own. */
async function store(tx: Transaction, id: string, before: Stored, tokens: GoogleTokens): Promise<string> {
  const [stored] = await tx
    .update(calendarConnections)
    .set({ credentials: sealTokens(id, tokens) })
    .where(and(eq(calendarConnections.id, id), eq(calendarConnections.credentials, before.sealed)))
    .returning({ id: calendarConnections.id });
  return stored ? tokens.accessToken : (await read(tx, id)).tokens.accessToken;
}

async function read(db: Pick<Transaction, "select">, connectionId: string): Promise<Stored> {
  const [row] = await db
    .select({ credentials: calendarConnections.credentials, serverUrl: calendarConnections.serverUrl })
    .from(calendarConnections)
    .where(and(eq(calendarConnections.id, connectionId), eq(calendarConnections.provider, "google")));
  if (!row) throw new AppError("not_found", "This account is not connected any more.");
  return open(connectionId, row);
}

function open(id: string, { credentials, serverUrl }: Pick<Connection, "credentials" | "serverUrl">): Stored {
  checkIssuer(serverUrl);
  return { sealed: credentials, tokens: openTokens(id, credentials) };
}

function isGood({ accessToken, expiresAt }: GoogleTokens, refused: string | undefined): boolean {
  return accessToken !== refused && Date.parse(expiresAt) - aheadMs > Date.now();
}

/** Who asks while the same is under way gets that answer. */
function together(key: string, work: () => Promise<string>): Promise<string> {
  const running = underWay.get(key);
  if (running) return running;
  const started = work().finally(() => underWay.delete(key));
  underWay.set(key, started);
  return started;
}
