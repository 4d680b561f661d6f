import { and, eq } from "drizzle-orm";
import { projectMembers } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { getManaged, getProject } from "../get";
import { lockProjects } from "../lock";
import type { MemberOf } from "./change-role";
import { keepAManager } from "./keep-a-manager";

/**
 * Takes a project from somebody again, or leaves it, which everybody may. Who is gone already is fine.
 * @throws AppError not_found, forbidden, or conflict for the last manager of a project at the top
 */
export async function removeMember(viewer: Viewer, { projectId, userId }: MemberOf): Promise<void> {
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    const find = userId === viewer.userId ? getProject : getManaged;
    await keepAManager(tx, await find(tx, projectId), userId);
    await tx
      .delete(projectMembers)
      .where(and(eq(projectMembers.projectId, projectId), eq(projectMembers.userId, userId)));
  });
}
