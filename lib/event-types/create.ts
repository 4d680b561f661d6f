import { eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { lockDefaultSchedule } from "@/lib/availability/hours";
import type { EventType } from "./list";
import { readEventType } from "./read";
import { refuseTakenSlug } from "./slug-taken";

/** Adds an event type. @throws AppError invalid or conflict, naming the field */
export async function createEventType(viewer: Viewer, input: unknown, now: Date): Promise<EventType> {
  return refuseTakenSlug(
    asViewer(viewer, async (tx) => {
      // A host without any schedule gets one; an event type needs it.
      await lockDefaultSchedule(tx, viewer);
      const values = await readEventType(tx, viewer, { input, now });
      const [row] = await tx
        .insert(eventTypes)
        .values({ ...values, hostId: viewer.userId })
        .returning();
      if (!row) throw new Error("The insert returned no event type.");
      return row;
    }),
  );
}
