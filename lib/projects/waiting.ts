import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { getProject } from "./get";
import { isWaiting } from "./reach";

/** A copy that has not reached its calendar yet. */
export type WaitingCopy = {
  id: string;
  title: string;
  startsAt: Date;
  /** The date, for one of whole days. */
  startDay: string | null;
  /** Whose calendar it is for; its name is said to its owner alone. */
  owner: string;
  calendar: string | null;
  isFailing: boolean;
  /** Said to its owner alone, too: it may name their server. */
  error: string | null;
  /** When it is tried next; null while it is to be settled what a change there means. */
  dueAt: Date | null;
};

// As many as somebody reads; the number of all stands beside the project.
const most = 50;

/**
 * What of a project, and of everything below it, has not reached its calendars, the refused ones first.
 * @throws AppError not_found
 */
export async function listWaiting(viewer: Viewer, projectId: string): Promise<WaitingCopy[]> {
  const { path } = await asViewer(viewer, (tx) => getProject(tx, projectId));
  // As the owner: calendars of other members belong to the answer.
  const rows = await database().execute<Row>(sql`
    select t.id, a.title, a.starts_at as "startsAt", a.start_day::text as "startDay", u.name as owner,
      case when t.owner_id = ${viewer.userId} then c.name end as calendar,
      t.last_error is not null as "isFailing",
      case when t.owner_id = ${viewer.userId} then t.last_error end as error,
      t.push_due_at as "dueAt"
    from projects p
    join appointments a on a.project_id = p.id
    join appointment_targets t on t.appointment_id = a.id and t.removed_at is null
    join calendars c on c.id = t.calendar_id
    join users u on u.id = t.owner_id
    where p.path <@ ${path}::ltree and ${isWaiting}
    order by t.last_error is null, a.starts_at, t.id limit ${most}`);
  return rows.map(({ startsAt, dueAt, ...row }) => ({
    ...row,
    startsAt: new Date(startsAt),
    dueAt: dueAt === null ? null : new Date(dueAt),
  }));
}

type Row = Omit<WaitingCopy, "startsAt" | "dueAt"> & { startsAt: string; dueAt: string | null };
