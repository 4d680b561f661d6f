import { asc, eq } from "drizzle-orm";
import { eventTypes, schedules } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { lockSchedule } from "./lock";

/** @throws AppError not_found, or conflict for the default one and one that event types use */
export async function deleteSchedule(viewer: Viewer, id: string): Promise<void> {
  await asViewer(viewer, async (tx) => {
    // An event type that turns to it meanwhile waits for this lock, and then does not find it.
    const { isDefault } = await lockSchedule(tx, viewer, id);
    if (isDefault)
      throw new AppError("conflict", "This is the default schedule. Make another one the default first.");
    const users = await tx
      .select({ title: eventTypes.title })
      .from(eventTypes)
      .where(eq(eventTypes.scheduleId, id))
      .orderBy(asc(eventTypes.title));
    if (users.length > 0)
      throw new AppError(
        "conflict",
        `It sets the hours of ${users.map(({ title }) => `“${title}”`).join(", ")}. Give ${users.length === 1 ? "it" : "them"} another schedule first.`,
      );
    await tx.delete(schedules).where(eq(schedules.id, id));
  });
}
