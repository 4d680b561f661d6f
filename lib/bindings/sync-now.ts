import { eq, sql } from "drizzle-orm";
import { database } from "@/db/client";
import { calendarBindings } from "@/db/schema";
import { sendEvent } from "@/inngest/client";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { lockCalendar } from "@/lib/sync/lock";
import { requestPull } from "@/lib/sync/request";

/**
 * Asks for the calendar of a binding to be written and read, also what failed and would wait longer.
 * @throws AppError not_found
 */
export async function syncNow(viewer: Viewer, id: string, now: Date): Promise<void> {
  const calendarId = await asViewer(viewer, async (tx) => {
    const [found] = await tx
      .select({ calendarId: calendarBindings.calendarId })
      .from(calendarBindings)
      .where(eq(calendarBindings.id, id));
    return found?.calendarId;
  });
  if (!calendarId) throw new AppError("not_found", "This binding does not exist.");
  // As the owner: requests do not write what is known of copies.
  await database().transaction(async (tx) => {
    // A reading and a push mark many copies, too, in another order.
    await lockCalendar(tx, calendarId);
    await tx.execute(sql`
      update appointment_targets set push_due_at = 'epoch'
      where calendar_id = ${calendarId} and push_due_at > ${now.toISOString()}::timestamptz`);
    await sendEvent(tx, { name: "calendar/push.requested", data: { calendarId } });
    await requestPull(tx, calendarId, "manual", now);
  });
}
