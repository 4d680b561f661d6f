import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** What a provider is to send along with every notification of one channel. */
export const makeSecret = () => randomBytes(32).toString("base64url");

/** How a channel's secret is kept. It is random enough that nothing slower is needed. */
export const hashSecret = (secret: string) => createHash("sha256").update(secret).digest("base64url");

/** How long it takes does not tell how much of it is right. */
export function isSecretOf(secretHash: string, given: string): boolean {
  const [kept, hashed] = [Buffer.from(secretHash), Buffer.from(hashSecret(given))];
  return kept.length === hashed.length && timingSafeEqual(kept, hashed);
}
