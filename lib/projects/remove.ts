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
    if ((await getManaged(tx, id)).isUsed)
      throw new AppError("conflict", "Something has been in it, which stays on record. Archive it instead.");
    await tx.delete(projects).where(eq(projects.id, id));
  });
}
