import { and, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { type appointments, appointmentTargets, calendars } from "@/db/schema";

type Appointment = Pick<typeof appointments.$inferSelect, "id" | "ownerId" | "uid">;

/** Aims an appointment at its owner's destination calendar. Without one there is nothing to aim at yet. */
export async function addTarget(tx: Pick<Transaction, "select" | "insert">, appointment: Appointment) {
  const { id, ownerId, uid } = appointment;
  const [destination] = await tx
    .select({ id: calendars.id })
    .from(calendars)
    .where(and(eq(calendars.hostId, ownerId), eq(calendars.isDestination, true)));
  if (!destination) return;
  await tx
    .insert(appointmentTargets)
    .values({ appointmentId: id, calendarId: destination.id, ownerId, uid })
    .onConflictDoNothing();
}
