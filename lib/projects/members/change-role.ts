import { and, eq } from "drizzle-orm";
import { projectMembers } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { getManaged } from "../get";
import { lockProjects } from "../lock";
import { roleForm } from "../schema";
import { keepAManager } from "./keep-a-manager";

export type MemberOf = { projectId: string; userId: string };

/** @throws AppError not_found, forbidden, or invalid or conflict, naming the field */
export async function changeRole(viewer: Viewer, member: MemberOf, input: unknown): Promise<void> {
  const { projectId, userId } = member;
  const { role } = parseInput(roleForm, input);
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    const project = await getManaged(tx, projectId);
    if (role !== "manager") await keepAManager(tx, project, userId);
    const changed = await tx
      .update(projectMembers)
      .set({ role })
      .where(and(eq(projectMembers.projectId, projectId), eq(projectMembers.userId, userId)))
      .returning({ userId: projectMembers.userId });
    if (changed.length === 0) throw new AppError("not_found", "They are no member any more.");
  });
}
