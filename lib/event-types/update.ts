import { eq } from "drizzle-orm";
import { eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { eventTypeForm } from "./schema";
import { refuseTakenSlug } from "./slug-taken";

/**
 * Changes an event type; bookings made before keep their length and buffers.
 * @throws AppError invalid or conflict (naming the field), or not_found
 */
export async function updateEventType(viewer: Viewer, id: string, input: unknown): Promise<void> {
  const values = parseInput(eventTypeForm, input);
  const changed = await refuseTakenSlug(
    asViewer(viewer, (tx) =>
      tx.update(eventTypes).set(values).where(eq(eventTypes.id, id)).returning({ id: eventTypes.id }),
    ),
  );
  if (changed.length === 0) throw new AppError("not_found", "This event type does not exist any more.");
}
