import { and, asc, eq } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { schedules } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

type Schedule = typeof schedules.$inferSelect;

/** One of the viewer's schedules, locked: two saves at once would each add their hours. @throws AppError not_found */
export async function lockSchedule(tx: Transaction, viewer: Viewer, id: string): Promise<Schedule> {
  const [row] = await tx
    .select()
    .from(schedules)
    .where(and(eq(schedules.id, id), eq(schedules.hostId, viewer.userId)))
    .for("update");
  if (!row) throw gone();
  return row;
}

/** All of them, always in the same order, so that two who lock them never wait for each other. */
export async function lockSchedules(tx: Transaction, viewer: Viewer): Promise<Schedule[]> {
  return tx
    .select()
    .from(schedules)
    .where(eq(schedules.hostId, viewer.userId))
    .orderBy(asc(schedules.id))
    .for("update");
}

export const gone = () => new AppError("not_found", "This schedule does not exist any more.");
