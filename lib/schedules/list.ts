import { asc, desc, eq } from "drizzle-orm";
import { eventTypes, schedules } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

export type Schedule = typeof schedules.$inferSelect & {
  /** Who keeps these hours. */
  eventTypes: { id: string; title: string; durationMinutes: number }[];
};

/** The viewer's schedules, the default first. */
export async function listSchedules(viewer: Viewer): Promise<Schedule[]> {
  return asViewer(viewer, async (tx) => {
    const rows = await tx
      .select()
      .from(schedules)
      .where(eq(schedules.hostId, viewer.userId))
      .orderBy(desc(schedules.isDefault), asc(schedules.name), asc(schedules.id));
    const users = await tx
      .select({
        id: eventTypes.id,
        title: eventTypes.title,
        durationMinutes: eventTypes.durationMinutes,
        scheduleId: eventTypes.scheduleId,
      })
      .from(eventTypes)
      .where(eq(eventTypes.hostId, viewer.userId))
      .orderBy(asc(eventTypes.title));
    return rows.map((row) => ({
      ...row,
      eventTypes: users
        .filter(({ scheduleId }) => scheduleId === row.id)
        .map(({ id, title, durationMinutes }) => ({ id, title, durationMinutes })),
    }));
  });
}
