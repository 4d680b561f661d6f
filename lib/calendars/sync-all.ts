import { calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { isRead } from "@/lib/channels/health";
import { beginAnew } from "@/lib/subscriptions/refresh";
import { requestPull } from "@/lib/sync/request";

/**
 * Queues a pull of every calendar of the viewer's that is read. Feeds that fail begin anew, as when each is refreshed by
 * hand, so that nobody who is in a hurry clicks one off; those that were given up wait for a hand of their own.
 */
export async function syncAll(viewer: Viewer, now: Date): Promise<void> {
  await asViewer(viewer, async (tx) => {
    const { id, isSubscribed } = calendars;
    const read = await tx.select({ id, isSubscribed }).from(calendars).where(isRead).orderBy(id);
    for (const calendar of read) {
      if (calendar.isSubscribed) await beginAnew(tx, calendar.id, now);
      await requestPull(tx, calendar.id, "manual", now);
    }
  });
}
