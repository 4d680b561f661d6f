import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { usesServer } from "@/inngest/client";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { requireAdmin } from "./require-admin";

/**
 * Starts a new run from the event of one that failed or was cancelled; every step runs again. Asked twice, it tells
 * the same run.
 * @returns its id
 * @throws AppError forbidden, or conflict when there is nothing to retry
 */
export async function retryRun(viewer: Viewer, id: string): Promise<string> {
  requireAdmin(viewer);
  if (usesServer())
    throw new AppError(
      "conflict",
      "The embedded engine is switched off. Use the Inngest server's dashboard.",
    );
  const [row] = await database().execute<{ id: string | null }>(sql`select inngest_retry_run(${id}) as id`);
  if (!row?.id)
    throw new AppError(
      "conflict",
      "This run cannot be retried: it has not failed, or another run of its kind is under way.",
    );
  return row.id;
}
