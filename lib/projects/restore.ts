import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { getManaged, getProject } from "./get";
import { lockProjects } from "./lock";

/**
 * Takes a project out of the archive; what below it was archived by itself stays there.
 * @throws AppError not_found, forbidden, or conflict while what it lies in is archived
 */
export async function restoreProject(viewer: Viewer, id: string): Promise<void> {
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    await getManaged(tx, id);
    await tx.update(projects).set({ archivedAt: null }).where(eq(projects.id, id));
    if ((await getProject(tx, id)).isArchived)
      throw new AppError("conflict", "What it lies in is archived. Restore that first, or move this out.");
  });
}
