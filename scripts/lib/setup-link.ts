import { createHash, randomBytes } from "node:crypto";
import type { Database } from "@/db/client";
import { setupLinks, users } from "@/db/schema";

/**
 * A new one-time link to the set-up page; links made before stop working.
 * @returns null once there is a user
 */
export async function createSetupLink(database: Database, appUrl: string): Promise<string | null> {
  const token = randomBytes(32).toString("base64url");
  const tokenHash = createHash("sha256").update(token).digest("hex");
  return database.transaction(async (tx) => {
    const someone = await tx.select({ id: users.id }).from(users).limit(1);
    if (someone.length > 0) return null;
    await tx.delete(setupLinks);
    await tx.insert(setupLinks).values({ tokenHash });
    return `${appUrl}/setup?token=${token}`;
  });
}
