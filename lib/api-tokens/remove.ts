import { eq } from "drizzle-orm";
import { apiTokens } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

/**
 * Whatever uses it is signed out with its next request.
 * @throws AppError not_found
 */
export async function removeApiToken(viewer: Viewer, id: string): Promise<void> {
  const removed = await asViewer(viewer, (tx) =>
    tx.delete(apiTokens).where(eq(apiTokens.id, id)).returning({ id: apiTokens.id }),
  );
  if (removed.length === 0) throw new AppError("not_found", "This token does not exist.");
}
