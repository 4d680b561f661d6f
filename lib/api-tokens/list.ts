import { desc } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type ApiToken = Awaited<ReturnType<typeof listApiTokens>>[number];

/** What requests may read of a token: all but its hash. */
export const apiTokenColumns = {
  id: apiTokens.id,
  name: apiTokens.name,
  createdAt: apiTokens.createdAt,
  lastUsedAt: apiTokens.lastUsedAt,
  expiresAt: apiTokens.expiresAt,
};

/** The viewer's tokens, the newest first; expired ones too, until they are removed. */
export async function listApiTokens(viewer: Viewer) {
  return asViewer(viewer, (tx) =>
    tx.select(apiTokenColumns).from(apiTokens).orderBy(desc(apiTokens.createdAt), apiTokens.id),
  );
}
