import { randomUUID } from "node:crypto";
import { appointments } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { checkTimeZone } from "@/lib/users/time-zone";
import { asWorker } from "./as-worker";
import { checkProject, orProjectGone } from "./check-project";
import { getIn } from "./get";
import { writeOccurrences } from "./occurrences";
import { beginSeries } from "./plan";
import { rowOf } from "./row";
import { appointmentInput } from "./schema";
import type { Appointment } from "./view";

/**
 * Adds an appointment, of which the viewer is the owner.
 * @throws AppError invalid, not_found, forbidden or conflict, naming the field
 */
export async function createAppointment(viewer: Viewer, input: unknown, now: Date): Promise<Appointment> {
  const { recurrence, ...rest } = parseInput(appointmentInput, input);
  const once = { ...rest, recurrence: null };
  const series = recurrence ? beginSeries(once, recurrence.rule) : once;
  const added = asViewer(viewer, async (tx) => {
    await checkTimeZone(tx, series.timeZone);
    if (series.projectId) await checkProject(tx, series.projectId);
    const id = randomUUID();
    const [row] = await tx
      .insert(appointments)
      .values({
        ...rowOf(series),
        ...{ id, ownerId: viewer.userId, uid: uidOf(id), createdAt: now, updatedAt: now },
      })
      .returning();
    if (row?.recurrence) await asWorker(tx, (worker) => writeOccurrences(worker, row, now));
    return getIn(tx, viewer, id);
  });
  return orProjectGone(added);
}

export const uidOf = (id: string) => `${id}@calends`;
