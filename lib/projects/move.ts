import { sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { projects } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { type FoundProject, getManaged, getParent } from "./get";
import { lockProjects } from "./lock";
import { fitsBelow, kindPathAbove, moveForm } from "./schema";

/**
 * Hangs a project with all that is below it somewhere else; at the top whoever moved it is its manager.
 * @throws AppError invalid, not_found, forbidden or conflict, naming the field
 */
export async function moveProject(viewer: Viewer, id: string, input: unknown): Promise<void> {
  const { parentId } = parseInput(moveForm, input);
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    const project = await getManaged(tx, id);
    if (project.parentId === parentId) return;
    const { levels, kindPaths } = await measureSubtree(tx, project);
    const parent = parentId ? await getParent(tx, parentId, levels) : null;
    if (parent && `${parent.path}.`.startsWith(`${project.path}.`))
      throw new AppError("invalid", "A project cannot lie below itself.", { field: "parentId" });
    if (!fitsBelow(kindPaths, kindPathAbove(project.kindPath, project.kind), parent?.kindPath ?? ""))
      throw new AppError("invalid", "What it is, or holds, cannot lie there.", { field: "parentId" });
    await tx.execute(sql`select move_project(${id}::uuid, ${parentId}::uuid)`);
  });
}

async function measureSubtree(tx: Transaction, { path, depth }: FoundProject) {
  const [found] = await tx
    .select({
      levels: sql<number>`max(nlevel(${projects.path})) - ${depth} + 1`,
      kindPaths: sql<string[]>`array_agg(distinct ${projects.kindPath})`,
    })
    .from(projects)
    .where(sql`${projects.path} <@ ${path}::ltree`);
  if (!found) throw new Error("The subtree is empty.");
  return found;
}
