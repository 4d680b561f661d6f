import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { findShown, isRepeating } from "./series";
import { type Appointment, selectAppointments, toAppointment } from "./view";

/**
 * An appointment; with a key, as one occurrence of it says (`time` is the time of that one).
 * @throws AppError not_found, also for what the viewer does not see
 */
export async function getAppointment(viewer: Viewer, id: string, occurrenceKey = ""): Promise<Appointment> {
  const found = await asViewer(viewer, (tx) => getIn(tx, viewer, id));
  if (occurrenceKey === "") return found;
  const series = { ...found, projectId: found.project?.id ?? null };
  const shown = isRepeating(series) ? findShown(series, occurrenceKey) : null;
  if (!shown) throw new AppError("not_found", "This occurrence does not exist any more.");
  const { key, ...content } = shown;
  return { ...found, ...content };
}

/** The same in a transaction of the viewer's. @throws AppError not_found */
export async function getIn(tx: Transaction, viewer: Viewer, id: string): Promise<Appointment> {
  const [found] = await selectAppointments(tx).where(and(eq(appointments.id, id), isThere));
  if (!found) throw new AppError("not_found", "This appointment does not exist, or is not shared with you.");
  return toAppointment(viewer, found);
}

/** That of a booking which was called off stays until its copies are gone. */
export const isThere = or(
  isNull(appointments.bookingId),
  sql`exists (select from bookings where bookings.id = ${appointments.bookingId} and bookings.status = 'confirmed')`,
);
