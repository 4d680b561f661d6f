import { eq } from "drizzle-orm";
import { calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { requestPull } from "@/lib/sync/request";

/** Queues a pull of one of the viewer's calendars. @throws AppError not_found */
export async function syncNow(viewer: Viewer, calendarId: string): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const [calendar] = await tx
      .select({ id: calendars.id })
      .from(calendars)
      .where(eq(calendars.id, calendarId));
    if (!calendar) throw new AppError("not_found", "This calendar does not exist.");
    await requestPull(tx, calendarId, "manual", new Date());
  });
}
