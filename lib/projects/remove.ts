import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { getManaged } from "./get";
import { lockProjects } from "./lock";

/** Deletes a project that never held anything. @throws AppError not_found, forbidden or conflict */
export async function removeProject(viewer: Viewer, id: string): Promise<void> {
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    const { isUsed } = await getManaged(tx, id);
    // Something may be put into it just now; the policy lets nothing go that was used.
    const removed = isUsed
      ? []
      : await tx.delete(projects).where(eq(projects.id, id)).returning({ id: projects.id });
    if (removed.length === 0)
      throw new AppError("conflict", "Something has been in it, which stays on record. Archive it instead.");
  });
}
