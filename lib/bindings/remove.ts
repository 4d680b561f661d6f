import { eq } from "drizzle-orm";
import { calendarBindings } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

/**
 * The binding is gone at once; its copies go from the calendar as soon as that can be reached, and its log stays.
 * @throws AppError not_found
 */
export async function removeBinding(viewer: Viewer, id: string): Promise<void> {
  const removed = await asViewer(viewer, (tx) =>
    tx.delete(calendarBindings).where(eq(calendarBindings.id, id)).returning({ id: calendarBindings.id }),
  );
  if (removed.length === 0) throw new AppError("not_found", "This binding does not exist.");
}
