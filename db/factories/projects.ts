import { randomUUID } from "node:crypto";
import { database } from "@/db/client";
import { projectMembers, projects } from "@/db/schema";

/** A project as the database makes it, with these members; a plain root unless said otherwise. */
export async function makeProject(
  values: Partial<typeof projects.$inferInsert> = {},
  members: Record<string, "viewer" | "editor" | "manager"> = {},
): Promise<string> {
  const id = values.id ?? randomUUID();
  await database()
    .insert(projects)
    .values({ kind: "project", name: "Project", color: "#0e8a8c", ...values, id });
  const rows = Object.entries(members).map(([userId, role]) => ({ projectId: id, userId, role }));
  if (rows.length > 0) await database().insert(projectMembers).values(rows);
  return id;
}
