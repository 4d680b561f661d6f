import { eq } from "drizzle-orm";
import { sqlStateOf } from "@/db/errors";
import { eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

const foreignKeyViolation = "23503";

/** @throws AppError not_found, or conflict while there are bookings of it */
export async function deleteEventType(viewer: Viewer, id: string): Promise<void> {
  try {
    const gone = await asViewer(viewer, (tx) =>
      tx.delete(eventTypes).where(eq(eventTypes.id, id)).returning({ id: eventTypes.id }),
    );
    if (gone.length === 0) throw new AppError("not_found", "This event type does not exist any more.");
  } catch (error) {
    if (sqlStateOf(error) !== foreignKeyViolation) throw error;
    throw new AppError(
      "conflict",
      "It has bookings, which need it. Hide it instead: nobody is offered it then.",
    );
  }
}
