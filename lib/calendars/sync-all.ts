import { calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { isRead } from "@/lib/channels/health";
import { requestPull } from "@/lib/sync/request";

/** Queues a pull of every calendar of the viewer's that is read. */
export async function syncAll(viewer: Viewer, now: Date): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const read = await tx.select({ id: calendars.id }).from(calendars).where(isRead).orderBy(calendars.id);
    for (const { id } of read) await requestPull(tx, id, "manual", now);
  });
}
