import { createHash } from "node:crypto";
import {
  type RateLimiterAbstract,
  RateLimiterDrizzle,
  RateLimiterMemory,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { type Database, database } from "@/db/client";
import { rateLimits } from "@/db/schema";
import { AppError } from "@/lib/errors";

/**
 * So many tries in so many seconds. Counted in the database for all processes together, or in the memory of each,
 * for what is read so often that counting would cost as much as answering.
 */
export type Limit = { name: string; points: number; seconds: number; store?: "database" | "memory" };

/**
 * Counts one try.
 * @throws AppError rate_limited once the limit is used up, saying how long to wait
 */
export async function consume(limit: Limit, key: string): Promise<void> {
  try {
    await limiterOf(limit).consume(digest(key));
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterSeconds = Math.ceil(refusal.msBeforeNext / 1000);
    throw new AppError("rate_limited", `Too many attempts. Try again in ${wait(retryAfterSeconds)}.`, {
      retryAfterSeconds,
    });
  }
}

/** Takes one counted try back, when it turned out to be a good one. */
export async function giveBack(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).reward(digest(key));
}

/** Starts counting from zero. */
export async function forget(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).delete(digest(key));
}

const limiters = new Map<string, { limiter: RateLimiterAbstract; database: Database }>();

function limiterOf(limit: Limit): RateLimiterAbstract {
  const known = limiters.get(limit.name);
  if (known && (limit.store === "memory" || known.database === database())) return known.limiter;
  const limiter = makeLimiter(limit);
  limiters.set(limit.name, { limiter, database: database() });
  return limiter;
}

function makeLimiter({ name, points, seconds, store }: Limit): RateLimiterAbstract {
  const options = { keyPrefix: name, points, duration: seconds };
  if (store === "memory") return new RateLimiterMemory(options);
  return new RateLimiterDrizzle({ ...options, storeClient: database(), schema: rateLimits });
}

/** Keys are what people typed: addresses, mail addresses. The table keeps neither. */
function digest(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}

function wait(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}
