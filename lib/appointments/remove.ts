import { eq } from "drizzle-orm";
import { appointments } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { write } from "./change";
import { getEditable } from "./locked";
import { planRemoval } from "./plan";
import { seriesOf } from "./row";
import { appointmentRemoval } from "./schema";
import { refuseOlder } from "./versions";

/**
 * Deletes an appointment, or some occurrences of it; its copies follow.
 * @throws AppError invalid, not_found or forbidden; AppointmentConflict when somebody changed it since that revision
 */
export async function removeAppointment(
  viewer: Viewer,
  id: string,
  input: unknown,
  now: Date,
): Promise<void> {
  const { revision, occurrence } = parseInput(appointmentRemoval, input);
  await asViewer(viewer, async (tx) => {
    const row = await getEditable(tx, viewer, id);
    refuseOlder(row, { revision, patch: {}, occurrence });
    const left = planRemoval(seriesOf(row), occurrence);
    if (left) await write(tx, row, left, now);
    else await tx.delete(appointments).where(eq(appointments.id, id));
  });
}
