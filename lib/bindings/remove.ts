import { eq } from "drizzle-orm";
import { calendarBindings } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { lockCalendar } from "@/lib/sync/lock";

/**
 * The binding is gone at once; its copies go from the calendar as soon as that can be reached, and its log stays.
 * @throws AppError not_found
 */
export async function removeBinding(viewer: Viewer, id: string): Promise<void> {
  const removed = await asViewer(viewer, async (tx) => {
    const isIt = eq(calendarBindings.id, id);
    const [found] = await tx.select().from(calendarBindings).where(isIt);
    // A reading marks many copies, too, in another order.
    if (found) await lockCalendar(tx, found.calendarId);
    return tx.delete(calendarBindings).where(isIt).returning({ id: calendarBindings.id });
  });
  if (removed.length === 0) throw new AppError("not_found", "This binding does not exist.");
}
