import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { requireAdmin } from "./require-admin";

/**
 * Ends an active run: what is queued for it is dropped, and a step under way ends for nothing.
 * @throws AppError forbidden, or conflict when it was over already
 */
export async function cancelRun(viewer: Viewer, id: string): Promise<void> {
  requireAdmin(viewer);
  const [row] = await database().execute<{ done: boolean }>(sql`select inngest_cancel_run(${id}) as done`);
  if (!row?.done) throw new AppError("conflict", "This run is over already. Nothing was changed.");
}
