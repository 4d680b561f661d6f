import { and, eq, isNull } from "drizzle-orm";
import { appointmentTargets, calendars } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";

/** The copy of an appointment in one of the viewer's own calendars. */
export type Copy = {
  calendarId: string;
  calendarName: string;
  state: "there" | "onItsWay" | "failing";
  /** Why it is not there yet. */
  error: string | null;
};

/** Which of the viewer's calendars an appointment has reached. Those of others are theirs to know. */
export async function listCopies(viewer: Viewer, appointmentId: string): Promise<Copy[]> {
  const rows = await asViewer(viewer, (tx) =>
    tx
      .select({
        calendarId: appointmentTargets.calendarId,
        calendarName: calendars.name,
        pushedAt: appointmentTargets.pushedAt,
        pushDueAt: appointmentTargets.pushDueAt,
        error: appointmentTargets.lastError,
      })
      .from(appointmentTargets)
      .innerJoin(calendars, eq(calendars.id, appointmentTargets.calendarId))
      .where(and(eq(appointmentTargets.appointmentId, appointmentId), isNull(appointmentTargets.removedAt)))
      .orderBy(calendars.name),
  );
  return rows.map(({ pushedAt, pushDueAt, error, ...copy }) => ({
    ...copy,
    error,
    state: error ? "failing" : pushedAt && !pushDueAt ? "there" : "onItsWay",
  }));
}
