import { eq, sql } from "drizzle-orm";
import { projectMembers, projects } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { isAtLeast, type ProjectKind, type ProjectRole } from "./schema";

/** A project as its viewer sees it. */
export type ProjectNode = {
  id: string;
  /** Null where the tree begins for this viewer: what lies above, they are no member of. */
  parentId: string | null;
  /** Whether it is a root for everybody. */
  isRoot: boolean;
  kind: ProjectKind;
  kindPath: string;
  /** 1 at the top of the whole tree. */
  depth: number;
  name: string;
  color: string;
  /** The viewer's. */
  role: ProjectRole;
  isArchived: boolean;
  /** By itself, not only through what it lies in. */
  isArchivedHere: boolean;
  /** Something has been in it. */
  isUsed: boolean;
};

/** The tree as the viewer sees it: what lies in a project follows it, neighbours by their names. */
export async function listProjects(viewer: Viewer): Promise<ProjectNode[]> {
  const { rows, own } = await asViewer(viewer, async (tx) => ({
    rows: await tx
      .select({
        id: projects.id,
        parentId: projects.parentId,
        kind: projects.kind,
        kindPath: projects.kindPath,
        depth: sql<number>`nlevel(${projects.path})`,
        name: projects.name,
        color: projects.color,
        isArchived: projects.isArchived,
        isArchivedHere: sql<boolean>`${projects.archivedAt} is not null`,
        isUsed: sql<boolean>`${projects.usedAt} is not null`,
      })
      .from(projects),
    own: await tx
      .select({ projectId: projectMembers.projectId, role: projectMembers.role })
      .from(projectMembers)
      .where(eq(projectMembers.userId, viewer.userId)),
  }));
  return inOrder(rows, new Map(own.map(({ projectId, role }) => [projectId, role])));
}

type Row = Omit<ProjectNode, "role" | "isRoot">;

function inOrder(rows: Row[], own: Map<string, ProjectRole>): ProjectNode[] {
  const known = new Set(rows.map(({ id }) => id));
  const below = new Map<string | null, Row[]>();
  for (const row of rows) {
    const above = row.parentId && known.has(row.parentId) ? row.parentId : null;
    const siblings = below.get(above);
    if (siblings) siblings.push(row);
    else below.set(above, [row]);
  }
  const nodes: ProjectNode[] = [];
  const add = (above: string | null, inherited: ProjectRole | undefined) => {
    for (const row of (below.get(above) ?? []).sort(byName)) {
      const role = strongest(inherited, own.get(row.id));
      // Somebody made it theirs, or took it from them, between the two readings.
      if (!role) continue;
      nodes.push({ ...row, parentId: above, isRoot: row.parentId === null, role });
      add(row.id, role);
    }
  };
  add(null, undefined);
  return nodes;
}

function strongest(one: ProjectRole | undefined, other: ProjectRole | undefined): ProjectRole | undefined {
  if (!one || !other) return one ?? other;
  return isAtLeast(one, other) ? one : other;
}

// One collator for all comparisons: making one costs more than the comparison.
const { compare } = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function byName(one: Row, other: Row): number {
  return compare(one.name, other.name) || (one.id < other.id ? -1 : 1);
}
