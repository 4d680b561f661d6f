import { eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { getIn } from "./get";
import type { AppointmentRow } from "./view";

/**
 * An appointment the viewer may change, locked until the transaction ends.
 * @throws AppError not_found, or forbidden where it can only be looked at
 */
export async function getEditable(tx: Transaction, viewer: Viewer, id: string): Promise<AppointmentRow> {
  const found = await getIn(tx, viewer, id);
  if (found.bookingId)
    throw new AppError("forbidden", "This belongs to a booking. Move or cancel the booking instead.");
  // Row-level security hides from a lock what may not be changed.
  const [row] = await tx.select().from(appointments).where(eq(appointments.id, id)).for("update");
  if (row) return row;
  if (found.isEditable) throw new AppError("not_found", "Somebody has deleted this appointment meanwhile.");
  throw new AppError("forbidden", "You can look at this appointment, but not change it.");
}
