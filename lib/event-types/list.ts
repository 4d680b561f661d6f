import { asc, eq } from "drizzle-orm";
import { eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type EventType = typeof eventTypes.$inferSelect;

/** The viewer's event types, as the booking page orders them. */
export async function listEventTypes(viewer: Viewer): Promise<EventType[]> {
  return asViewer(viewer, (tx) =>
    tx
      .select()
      .from(eventTypes)
      .where(eq(eventTypes.hostId, viewer.userId))
      .orderBy(asc(eventTypes.durationMinutes), asc(eventTypes.title)),
  );
}
