import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { asViewer, type Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/parse";
import { getParent } from "./get";
import { lockProjects } from "./lock";
import { isKindPath, kindPathBelow, newProjectForm } from "./schema";

/**
 * Adds a project, below another or at the top; there whoever makes it becomes its manager.
 * @throws AppError invalid, not_found, forbidden or conflict, naming the field
 */
export async function createProject(viewer: Viewer, input: unknown): Promise<string> {
  const values = parseInput(newProjectForm, input);
  const id = randomUUID();
  await asViewer(viewer, async (tx) => {
    await lockProjects(tx);
    const above = values.parentId ? (await getParent(tx, values.parentId)).kindPath : "";
    if (!isKindPath(kindPathBelow(above, values.kind)))
      throw new AppError("invalid", `A ${values.kind} cannot lie here.`, { field: "kind" });
    // Said by hand: Drizzle names every column, and a request may write these alone. Nothing is returned, because the
    // row of a root is visible only once its trigger has made the creator a member.
    const { parentId, kind, name, color } = values;
    await tx.execute(sql`
      insert into projects (id, parent_id, kind, name, color)
      values (${id}, ${parentId}, ${kind}, ${name}, ${color})`);
  });
  return id;
}
