import { eq, sql } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { projects } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { deepest, isAtLeast, type ProjectRole } from "./schema";

export type FoundProject = Awaited<ReturnType<typeof getProject>>;

/** A project the viewer of this transaction sees, and what they are there. @throws AppError not_found */
export async function getProject(tx: Transaction, id: string) {
  const [found] = await tx
    .select({
      id: projects.id,
      parentId: projects.parentId,
      kind: projects.kind,
      kindPath: projects.kindPath,
      path: projects.path,
      depth: sql<number>`nlevel(${projects.path})`,
      isArchived: projects.isArchived,
      isUsed: sql<boolean>`${projects.usedAt} is not null`,
      role: sql<ProjectRole>`project_role(${projects.path})`,
    })
    .from(projects)
    .where(eq(projects.id, id));
  if (!found) throw new AppError("not_found", "This project does not exist, or is not shared with you.");
  return found;
}

/** @throws AppError not_found, or forbidden to all but managers */
export async function getManaged(tx: Transaction, id: string): Promise<FoundProject> {
  const found = await getProject(tx, id);
  if (found.role !== "manager") throw new AppError("forbidden", "Only its managers can do this.");
  return found;
}

/**
 * The node something is to lie below, `levels` deep.
 * @throws AppError naming the field `parentId`: not_found, forbidden to viewers, conflict when archived, invalid when too deep
 */
export async function getParent(tx: Transaction, id: string, levels = 1): Promise<FoundProject> {
  const refuse = (code: AppError["code"], sentence: string) =>
    new AppError(code, sentence, { field: "parentId" });
  const parent = await getProject(tx, id).catch((error) => {
    throw error instanceof AppError ? refuse(error.code, error.message) : error;
  });
  if (!isAtLeast(parent.role, "editor"))
    throw refuse("forbidden", "You can look at this project, but add nothing to it.");
  if (parent.isArchived) throw refuse("conflict", "This project is archived. Restore it first.");
  if (parent.depth + levels > deepest)
    throw refuse("invalid", `Projects can lie ${deepest} levels deep at most.`);
  return parent;
}
