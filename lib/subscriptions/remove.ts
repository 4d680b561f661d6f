import { eq } from "drizzle-orm";
import { calendarConnections, calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { lockCalendar } from "@/lib/sync/lock";
import { lockHost } from "@/lib/users/lock-host";
import { getRow } from "./get";

/** Unsubscribes: the events of the feed, and what was changed about them here, go at once. @throws AppError not_found */
export async function removeSubscription(viewer: Viewer, id: string): Promise<void> {
  await asViewer(viewer, async (tx) => {
    await lockHost(tx, viewer.userId);
    const { calendar, connection } = await getRow(tx, id);
    // A refresh may be writing its events.
    await lockCalendar(tx, calendar.id);
    await tx.delete(calendars).where(eq(calendars.id, calendar.id));
    await tx.delete(calendarConnections).where(eq(calendarConnections.id, connection.id));
  });
}
