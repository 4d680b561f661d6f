import { eventTypes } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { lockDefaultSchedule } from "@/lib/availability/hours";
import { parseInput } from "@/lib/parse";
import type { EventType } from "./list";
import { eventTypeForm } from "./schema";
import { refuseTakenSlug } from "./slug-taken";

/** Adds an event type on the viewer's weekly hours. @throws AppError invalid or conflict, naming the field */
export async function createEventType(viewer: Viewer, input: unknown): Promise<EventType> {
  const values = parseInput(eventTypeForm, input);
  return refuseTakenSlug(
    asViewer(viewer, async (tx) => {
      const scheduleId = await lockDefaultSchedule(tx, viewer);
      const [row] = await tx
        .insert(eventTypes)
        .values({ ...values, scheduleId, hostId: viewer.userId })
        .returning();
      if (!row) throw new Error("The insert returned no event type.");
      return row;
    }),
  );
}
