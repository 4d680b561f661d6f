import type { Viewer } from "@/lib/auth/viewer";
import { AppError } from "@/lib/errors";

/** Runs belong to the product, not to a host. @throws AppError forbidden */
export function requireAdmin(viewer: Viewer): void {
  if (viewer.role !== "admin") throw new AppError("forbidden", "Only an administrator may do this.");
}
