import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import type { Viewer } from "@/lib/auth/viewer";

/** How far the appointments of a project, and of everything below, have come into the calendars they belong in. */
export type Reach = {
  /** When the last of them got there; null while one has not. */
  calendarLastSyncedAt: Date | null;
  /** Copies there should be, in calendars of whoever sees the project. */
  copies: number;
  /** Of these, not there yet, or not as the appointment is now. */
  waiting: number;
  /** Of these, refused when last tried. */
  failing: number;
};

type Node = { id: string; parentId: string | null };

/** Of the viewer's projects, those with an appointment that belongs in some calendar; `nodes` in the order of the tree. */
export async function listReach(viewer: Viewer, nodes: Node[]): Promise<Record<string, Reach>> {
  // As the owner: whether appointments reached the calendars of other members belongs to the answer.
  const rows = await database().execute<Row>(sql`
    select a.project_id as id, count(*)::int as copies, max(t.pushed_at) as "pushedAt",
      count(*) filter (where ${isWaiting})::int as waiting,
      count(*) filter (where ${isWaiting} and t.last_error is not null)::int as failing
    from appointments a
    join projects p on p.id = a.project_id
    join appointment_targets t on t.appointment_id = a.id and t.removed_at is null
    where p.path <@ array(
      select seen.path from project_members m join projects seen on seen.id = m.project_id where m.user_id = ${viewer.userId})
    group by a.project_id`);
  return sumUp(
    nodes,
    new Map(
      rows.map(({ id, pushedAt, ...row }) => [
        id,
        { ...row, pushedAt: pushedAt ? new Date(pushedAt) : null },
      ]),
    ),
  );
}

/** For `appointment_targets t`: something is to be done, or to be settled, before it is what it should be. */
export const isWaiting = sql`(t.push_due_at is not null or t.diverged_at is not null)`;

type Own = { copies: number; waiting: number; failing: number; pushedAt: Date | null };
type Row = Omit<Own, "pushedAt"> & { id: string; pushedAt: string | null };

/** What each node has itself, with all that lies below it. */
export function sumUp(nodes: Node[], own: Map<string, Own>): Record<string, Reach> {
  const sums = new Map(own);
  // From below: what lies in a node follows it.
  for (const { id, parentId } of nodes.toReversed()) {
    const sum = sums.get(id);
    if (!sum || parentId === null) continue;
    const above = sums.get(parentId);
    sums.set(parentId, above ? add(above, sum) : sum);
  }
  const known = nodes.flatMap(({ id }) => {
    const sum = sums.get(id);
    return sum ? [[id, reachOf(sum)] as const] : [];
  });
  return Object.fromEntries(known);
}

const add = (one: Own, other: Own): Own => ({
  copies: one.copies + other.copies,
  waiting: one.waiting + other.waiting,
  failing: one.failing + other.failing,
  pushedAt: later(one.pushedAt, other.pushedAt),
});

const later = (one: Date | null, other: Date | null) =>
  one && other ? (one > other ? one : other) : (one ?? other);

const reachOf = ({ pushedAt, ...counts }: Own): Reach => ({
  ...counts,
  calendarLastSyncedAt: counts.waiting > 0 ? null : pushedAt,
});
