import { eq } from "drizzle-orm";
import { calendarConnections } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

/**
 * Forgets a connection: its credentials, calendars and our copies of their events. Nothing changes at the
 * provider. @throws AppError not_found
 */
export async function disconnect(viewer: Viewer, connectionId: string): Promise<void> {
  const gone = await asViewer(viewer, (tx) =>
    tx
      .delete(calendarConnections)
      .where(eq(calendarConnections.id, connectionId))
      .returning({ id: calendarConnections.id }),
  );
  if (gone.length === 0) throw new AppError("not_found", "This connection does not exist.");
}
