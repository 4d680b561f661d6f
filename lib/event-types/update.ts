import { eq } from "drizzle-orm";
import { eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { readEventType } from "./read";
import { refuseTakenSlug } from "./slug-taken";

/**
 * Changes an event type; bookings made before keep their length and buffers.
 * @throws AppError invalid or conflict (naming the field), or not_found
 */
export async function updateEventType(viewer: Viewer, id: string, input: unknown, now: Date): Promise<void> {
  const changed = await refuseTakenSlug(
    asViewer(viewer, async (tx) => {
      const values = await readEventType(tx, viewer, { input, now, id });
      return tx.update(eventTypes).set(values).where(eq(eventTypes.id, id)).returning({ id: eventTypes.id });
    }),
  );
  if (changed.length === 0) throw new AppError("not_found", "This event type does not exist any more.");
}
