import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { appointments, projects } from "@/db/schema";
import type { Viewer } from "@/lib/auth/viewer";
import type { ProjectKind } from "@/lib/projects/schema";
import type { OccurrenceTime } from "@/lib/providers/provider";
import type { StoredRecurrence } from "@/lib/providers/recurrence";

export type AppointmentRow = typeof appointments.$inferSelect;
export type ProjectOfAppointment = { id: string; name: string; color: string; kind: ProjectKind };

/** An appointment as its viewer sees it. */
export type Appointment = {
  id: string;
  ownerId: string;
  isMine: boolean;
  /** May be changed by the viewer; a booking's is changed by changing the booking. */
  isEditable: boolean;
  bookingId: string | null;
  /** Null: personal. */
  project: ProjectOfAppointment | null;
  title: string;
  description: string | null;
  location: string | null;
  /** Of the first occurrence, if it repeats. */
  time: OccurrenceTime;
  timeZone: string;
  recurrence: StoredRecurrence | null;
  /** Goes back with a change. */
  revision: number;
  createdAt: Date;
  updatedAt: Date;
};

// As may_edit_project says, which would look the memberships up for each row.
const mayEdit = sql`not ${projects.isArchived} and exists (
  select from unnest(string_to_array(${projects.path}::text, '.')) node
  where (select my_memberships()) ->> node in ('editor', 'manager')
)`;

/** Reads appointments and what a page needs beside them; for `asViewer`. */
export function selectAppointments(tx: Transaction) {
  return tx
    .select({
      row: appointments,
      project: { id: projects.id, name: projects.name, color: projects.color, kind: projects.kind },
      isEditable: sql<boolean>`${appointments.bookingId} is null and (${appointments.projectId} is null or ${mayEdit})`,
    })
    .from(appointments)
    .leftJoin(projects, eq(projects.id, appointments.projectId));
}

export type FoundAppointment = Awaited<ReturnType<typeof selectAppointments>>[number];

export function toAppointment(
  { userId }: Viewer,
  { row, project, isEditable }: FoundAppointment,
): Appointment {
  const { id, ownerId, bookingId, title, description, location, timeZone, recurrence } = row;
  return {
    ...{ id, ownerId, isMine: ownerId === userId, isEditable, bookingId, project },
    ...{ title, description, location, time: timeOf(row), timeZone, recurrence },
    ...{ revision: row.revision, createdAt: row.createdAt, updatedAt: row.updatedAt },
  };
}

export function timeOf(
  row: Pick<AppointmentRow, "startsAt" | "endsAt" | "startDay" | "endDay">,
): OccurrenceTime {
  const { startsAt, endsAt, startDay, endDay } = row;
  return startDay && endDay ? { kind: "allDay", startDay, endDay } : { kind: "timed", startsAt, endsAt };
}
