import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { checkTimeZone } from "@/lib/users/time-zone";
import { asWorker } from "./as-worker";
import { checkProject, orProjectGone } from "./check-project";
import { uidOf } from "./create";
import { getIn } from "./get";
import { getEditable } from "./locked";
import { writeOccurrences } from "./occurrences";
import { type Plan, planChange } from "./plan";
import { rowOf, seriesOf } from "./row";
import { appointmentChange, type Patch } from "./schema";
import type { Series } from "./series";
import { refuseOlder } from "./versions";
import type { Appointment, AppointmentRow } from "./view";

const mostExceptions = 1000;

/**
 * Changes what is named, of an appointment or of some occurrences of it. Of a series that is split in two, the answer is
 * the later one.
 * @throws AppError invalid, not_found, forbidden or conflict, naming the field; AppointmentConflict when somebody changed
 *   it since that revision
 */
export async function changeAppointment(
  viewer: Viewer,
  id: string,
  input: unknown,
  now: Date,
): Promise<Appointment> {
  const { revision, occurrence, ...patch } = parseInput(appointmentChange, input);
  const changed = asViewer(viewer, async (tx) => {
    const row = await getEditable(tx, viewer, id);
    const before = seriesOf(row);
    refuseOlder(row, { revision, patch, occurrence });
    await checkPlace(tx, viewer, row, patch);
    const plan = planChange(before, patch, occurrence);
    return getIn(tx, viewer, await carryOut(tx, row, plan, now));
  });
  return orProjectGone(changed);
}

async function checkPlace(
  tx: Transaction,
  viewer: Viewer,
  row: AppointmentRow,
  { projectId, timeZone }: Patch,
): Promise<void> {
  if (timeZone && timeZone !== row.timeZone) await checkTimeZone(tx, timeZone);
  if (projectId && projectId !== row.projectId) await checkProject(tx, projectId);
  if (projectId === null && row.ownerId !== viewer.userId)
    throw new AppError("forbidden", "Only who added it can make it personal.", { field: "projectId" });
}

/** @returns the id of the appointment that was changed, or of the one that begins where it ends now */
async function carryOut(
  tx: Transaction,
  row: AppointmentRow,
  { here, beyond }: Plan,
  now: Date,
): Promise<string> {
  if (here) await write(tx, row, here, now);
  if (!beyond) return row.id;
  const id = randomUUID();
  const values = {
    ...checked(beyond),
    id,
    ownerId: row.ownerId,
    uid: uidOf(id),
    createdAt: now,
    updatedAt: now,
  };
  // It stays its owner's, also where an editor splits it.
  await asWorker(tx, async (worker) => {
    const [added] = await worker.insert(appointments).values(values).returning();
    if (added?.recurrence) await writeOccurrences(worker, added, now);
  });
  return id;
}

/** Makes the row say that, with what follows from it. */
export async function write(tx: Transaction, row: AppointmentRow, series: Series, now: Date): Promise<void> {
  const [changed] = await tx
    .update(appointments)
    .set({ ...checked(series), sequence: sql`${appointments.sequence} + 1`, updatedAt: now })
    .where(eq(appointments.id, row.id))
    .returning();
  if (changed && (row.recurrence || changed.recurrence))
    await asWorker(tx, (worker) => writeOccurrences(worker, changed, now));
}

function checked(series: Series) {
  if ((series.recurrence?.exceptions.length ?? 0) > mostExceptions)
    throw new AppError("invalid", "Too many occurrences of it say something else. Begin a new series.", {
      field: "occurrence.range",
    });
  return rowOf(series);
}
