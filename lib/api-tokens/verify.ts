import { and, eq, gt, isNull, lt, or } from "drizzle-orm";
import { database } from "@/db/client";
import { apiTokens, users } from "@/db/schema";
import { type Viewer, viewerOf } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { consume, type Limit } from "@/lib/rate-limit/limit";
import { hashOf, isSecret } from "./secret";

// Counts what is wrong alone: a program left with an old token must not lock out others behind its address, and nobody
// guesses 256 bits.
const perAddress: Limit = { name: "api-token-address", points: 30, seconds: 900, store: "memory" };
const hourMs = 3_600_000;

/**
 * Whose token this is.
 * @throws AppError signed_out for one that is unknown, removed or expired; rate_limited after many of those
 */
export async function verifyApiToken(secret: string, clientAddress: string, now: Date): Promise<Viewer> {
  const found = isSecret(secret) ? await findUser(secret, now) : undefined;
  if (!found) {
    await consume(perAddress, clientAddress);
    throw new AppError("signed_out", "This API token is unknown, was removed or has expired.");
  }
  if (!found.lastUsedAt || found.lastUsedAt < anHourBefore(now)) await noteUse(found.tokenId, now);
  return viewerOf(found);
}

async function findUser(secret: string, now: Date) {
  const [found] = await database()
    .select({
      id: users.id,
      role: users.role,
      tokenId: apiTokens.id,
      lastUsedAt: apiTokens.lastUsedAt,
    })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.userId))
    .where(
      and(eq(apiTokens.hash, hashOf(secret)), or(isNull(apiTokens.expiresAt), gt(apiTokens.expiresAt, now))),
    );
  return found;
}

/** To the hour, so that reading does not write. */
async function noteUse(id: string, now: Date): Promise<void> {
  const isOld = or(isNull(apiTokens.lastUsedAt), lt(apiTokens.lastUsedAt, anHourBefore(now)));
  await database()
    .update(apiTokens)
    .set({ lastUsedAt: now })
    .where(and(eq(apiTokens.id, id), isOld));
}

const anHourBefore = (now: Date) => new Date(now.getTime() - hourMs);
