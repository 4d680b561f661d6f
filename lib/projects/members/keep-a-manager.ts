import { and, eq, ne } from "drizzle-orm";
import type { Transaction } from "@/db/client";
import { projectMembers } from "@/db/schema";
import { AppError } from "@/lib/errors";
import type { FoundProject } from "../get";

/**
 * A project at the top has a manager besides this member. Call it under the lock of the tree.
 * @throws AppError conflict, naming the field `role`
 */
export async function keepAManager(tx: Transaction, project: FoundProject, userId: string): Promise<void> {
  if (project.parentId !== null) return;
  const others = await tx.$count(
    projectMembers,
    and(
      eq(projectMembers.projectId, project.id),
      ne(projectMembers.userId, userId),
      eq(projectMembers.role, "manager"),
    ),
  );
  if (others === 0)
    throw new AppError("conflict", "It needs a manager. Make somebody else one first.", { field: "role" });
}
