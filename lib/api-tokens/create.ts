import { eq, sql } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { type ApiToken, apiTokenColumns } from "./list";
import { newApiToken } from "./schema";
import { hashOf, makeSecret } from "./secret";

const dayMs = 86_400_000;

/**
 * A token for a program of the viewer's. This answer is the only place where it can be read.
 * @throws AppError invalid, naming the field
 */
export async function createApiToken(
  viewer: Viewer,
  input: unknown,
  now: Date,
): Promise<{ secret: string; token: ApiToken }> {
  const { name, expiresInDays } = parseInput(newApiToken, input);
  const secret = makeSecret();
  const expiresAt = expiresInDays ? new Date(now.getTime() + expiresInDays * dayMs) : null;
  const [token] = await asViewer(viewer, async (tx) => {
    // By hand: Drizzle would name the columns, too, that a request may not write.
    const [made] = await tx.execute<{ id: string }>(sql`
      insert into api_tokens (user_id, name, hash, expires_at)
      values (${viewer.userId}, ${name}, ${hashOf(secret)}, ${expiresAt?.toISOString() ?? null}) returning id`);
    return tx
      .select(apiTokenColumns)
      .from(apiTokens)
      .where(eq(apiTokens.id, made?.id ?? ""));
  });
  if (!token) throw new Error("The insert returned no token.");
  return { secret, token };
}
