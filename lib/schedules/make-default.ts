import { and, eq } from "drizzle-orm";
import { schedules } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { gone, lockSchedules } from "./lock";

/** New event types use the default one. @throws AppError not_found */
export async function makeDefaultSchedule(viewer: Viewer, id: string): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const own = await lockSchedules(tx, viewer);
    if (!own.some((schedule) => schedule.id === id)) throw gone();
    // The table allows one at a time.
    await tx
      .update(schedules)
      .set({ isDefault: false })
      .where(and(eq(schedules.hostId, viewer.userId), eq(schedules.isDefault, true)));
    await tx.update(schedules).set({ isDefault: true }).where(eq(schedules.id, id));
  });
}
