import { and, eq, isNull } from "drizzle-orm";
import { projects } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { getManaged } from "./get";
import { lockProjects } from "./lock";

/** Puts a project away, with everything below it. @throws AppError not_found or forbidden */
export async function archiveProject(viewer: Viewer, id: string, now: Date): Promise<void> {
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    await getManaged(tx, id);
    await tx
      .update(projects)
      .set({ archivedAt: now })
      .where(and(eq(projects.id, id), isNull(projects.archivedAt)));
  });
}
