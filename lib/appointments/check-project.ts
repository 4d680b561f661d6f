import type { Transaction } from "@/db/client";
import { sqlState, sqlStateOf } from "@/db/errors";
import { AppError } from "@/lib/errors";
import { getProject } from "@/lib/projects/get";
import { isAtLeast } from "@/lib/projects/schema";

/**
 * That the viewer may put appointments there.
 * @throws AppError naming the field: not_found, forbidden to viewers, conflict when archived
 */
export async function checkProject(tx: Transaction, projectId: string): Promise<void> {
  const field = { field: "projectId" };
  const project = await getProject(tx, projectId).catch((error) => {
    throw error instanceof AppError ? new AppError(error.code, error.message, field) : error;
  });
  if (!isAtLeast(project.role, "editor"))
    throw new AppError("forbidden", "You can look at this project, but add nothing to it.", field);
  if (project.isArchived)
    throw new AppError("conflict", "This project is archived. Restore it first.", field);
}

/** Says in words that the project was deleted after it was looked at. */
export async function orProjectGone<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (sqlStateOf(error) !== sqlState.foreignKeyViolation) throw error;
    throw new AppError("conflict", "This project has just been deleted. Choose another one.", {
      ...{ field: "projectId", cause: error },
    });
  }
}
