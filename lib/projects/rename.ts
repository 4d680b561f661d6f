import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { parseInput } from "@/lib/parse";
import { getManaged } from "./get";
import { lockProjects } from "./lock";
import { projectForm } from "./schema";

/** Its name and colour. @throws AppError not_found, forbidden, or invalid, naming the field */
export async function renameProject(viewer: Viewer, id: string, input: unknown): Promise<void> {
  const values = parseInput(projectForm, input);
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    await getManaged(tx, id);
    await tx.update(projects).set(values).where(eq(projects.id, id));
  });
}
